import { MIGRATION_SCRIPTS } from "./node-package.ts";
import { fieldsOf, jsonObject, textOf } from "./parsed-text.ts";
import type { ProjectListing } from "./project-listing.ts";
import { guess, type Recogniser } from "./recognition.ts";

interface Tool {
  readonly name: string;
  /** A file that shows the tool; its first group is the folder. */
  readonly shows: RegExp;
  readonly migrate?: string;
}

const TOOLS: readonly Tool[] = [
  {
    name: "Prisma",
    shows: /^(prisma\/migrations)\/.+\/migration\.sql$/,
    migrate: "npx prisma migrate deploy",
  },
  {
    name: "Drizzle",
    shows: /^(drizzle|src\/db\/migrations|migrations)\/meta\/_journal\.json$/,
    migrate: "npx drizzle-kit migrate",
  },
  { name: "Supabase", shows: /^(supabase\/migrations)\/.+\.sql$/ },
  { name: "Rails", shows: /^(db\/migrate)\/\d+_\w+\.rb$/, migrate: "bin/rails db:migrate" },
  { name: "Alembic", shows: /^(alembic)\/(env\.py|versions\/.+\.py)$/, migrate: "alembic upgrade head" },
  {
    name: "Django",
    shows: /^((?:[\w-]+\/)?[\w-]+\/migrations)\/\d{4}_\w+\.py$/,
    migrate: "python manage.py migrate --no-input",
  },
  { name: "plain SQL", shows: /^((?:db\/|database\/|sql\/|src\/)?migrations?)\/[^/]+\.sql$/ },
];

/** A folder of migrations tells that there is a Postgres, and often what brings its schema up to date. */
export const recogniseMigrations: Recogniser = (project) => {
  const { files } = project;
  for (const { name, shows, migrate } of TOOLS) {
    const folder = files.map((file) => shows.exec(file)?.[1]).find((each) => each !== undefined);
    if (folder === undefined) continue;
    const usesKnex = name === "plain SQL" && files.some((file) => /^knexfile\.[cm]?[jt]s$/.test(file));
    const command = usesKnex ? "npx knex migrate:latest" : migrate;
    const options = { migrate: command, migrations: name === "Django" ? undefined : folder };
    const note = `${folder}/ is applied by a command that no file names: say postgres({ migrate: "..." })`;
    const database = guess("postgres", `${folder}/ (${name})`, options);
    const isOpen = command === undefined && !hasScript(project);
    return {
      components: [database],
      openOptions: isOpen ? [{ component: database.name, option: "migrate", note }] : [],
    };
  }
  if (files.some((file) => /^knexfile\.[cm]?[jt]s$/.test(file))) {
    return { components: [guess("postgres", "knexfile", { migrate: "npx knex migrate:latest" })] };
  }
  return {};
};

function hasScript(project: ProjectListing): boolean {
  return MIGRATION_SCRIPTS.some(
    (name) => textOf(fieldsOf(jsonObject(project, "package.json")?.scripts)?.[name]) !== undefined,
  );
}
