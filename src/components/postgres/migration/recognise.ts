import { join } from "node:path";
import type { Files } from "../../../model/doors.ts";

/** A migration runner that a project uses, told by the files it cannot do without. */
export interface Recognised {
  /** "Prisma" */
  readonly runner: string;
  /** Relative to the project; the first that holds a migration counts. */
  readonly folders: readonly string[];
  /** How its migrations follow each other, where not by the names of their files. */
  readonly order?: "alembic" | "django";
}

interface Mark extends Recognised {
  /** One of these files is there. */
  readonly files: readonly string[];
  /** And this stands in it. */
  readonly text?: RegExp;
  /** Where the file itself names another folder. */
  readonly folderIn?: RegExp;
}

const EXTENSIONS = ["ts", "js", "mjs", "cjs", "json"];
const each = (name: string) => EXTENSIONS.map((extension) => `${name}.${extension}`);

const MARKS: readonly Mark[] = [
  {
    runner: "Prisma",
    files: ["prisma/schema.prisma", "prisma/schema/schema.prisma", "prisma.config.ts"],
    folders: ["prisma/migrations", "prisma/schema/migrations"],
  },
  { runner: "Supabase", files: ["supabase/config.toml"], folders: ["supabase/migrations"] },
  {
    runner: "Drizzle",
    files: each("drizzle.config"),
    folders: ["drizzle", "drizzle/migrations", "src/db/migrations", "migrations"],
    folderIn: /\bout\s*:\s*["'`](?:\.\/)?([^"'`]+)["'`]/,
  },
  {
    runner: "Knex",
    files: each("knexfile"),
    folders: ["migrations", "db/migrations", "src/migrations", "src/db/migrations"],
    folderIn: /\bdirectory\s*:\s*["'`](?:\.\/)?([^"'`]*migrations[^"'`]*)["'`]/,
  },
  {
    runner: "node-pg-migrate",
    files: ["package.json"],
    text: /"node-pg-migrate"\s*:/,
    folders: ["migrations", "db/migrations"],
  },
  { runner: "Rails", files: ["config/application.rb"], folders: ["db/migrate"] },
  { runner: "Django", files: ["manage.py"], folders: ["."], order: "django" },
  {
    runner: "Alembic",
    files: ["alembic.ini", "migrations/alembic.ini"],
    folders: ["alembic/versions", "migrations/versions"],
    folderIn: /^\s*script_location\s*=\s*(?:%\(here\)s\/)?(?:\.\/)?(\S+?)\/?\s*$/m,
    order: "alembic",
  },
  {
    runner: "Flyway",
    files: ["flyway.conf", "flyway.toml", "conf/flyway.conf", "src/main/resources/db/migration"],
    folders: ["src/main/resources/db/migration", "sql", "db/migration", "migrations"],
    folderIn: /locations\s*=\s*\[?\s*["']?filesystem:(?:\.\/)?([^"',\s\]]+)/,
  },
];

/** Every runner whose files are there, most telling first. */
export async function recogniseRunners(files: Files, directory: string): Promise<Recognised[]> {
  const found = await Promise.all(MARKS.map((mark) => markAt(mark, files, directory)));
  return found.filter((each) => each !== undefined);
}

async function markAt(mark: Mark, files: Files, directory: string): Promise<Recognised | undefined> {
  const { runner, folders, order } = mark;
  for (const name of mark.files) {
    const stat = await files.stat(join(directory, name));
    if (!stat) continue;
    const text = stat.isDirectory ? "" : ((await files.read(join(directory, name))) ?? "");
    if (mark.text && !mark.text.test(text)) continue;
    const named = mark.folderIn?.exec(text)?.[1];
    const first = named === undefined ? [] : [order === "alembic" ? `${named}/versions` : named];
    return { runner, folders: [...first, ...folders], ...(order && { order }) };
  }
  return undefined;
}
