import { join } from "node:path";
import type { Files } from "../../../model/doors.ts";
import type { MigrationFile } from "./migration-file.ts";

/** Folders that hold other people's code, or none. */
const NOT_APPS = /^(?:\.|node_modules$|venv$|env$|static$|media$|templates$|__pycache__$|site-packages$)/;
/** "shop", or "apps/shop", or "src/apps/shop". */
const DEPTH = 3;

/** Migrations of every app of a Django project, by app and number; kept as "shop.0001_initial". */
export async function djangoMigrations(files: Files, directory: string): Promise<MigrationFile[]> {
  const apps = await appsBelow(files, directory, DEPTH);
  const found = await Promise.all(apps.map((app) => migrationsOf(files, app)));
  return found.flat();
}

async function appsBelow(files: Files, directory: string, depth: number): Promise<string[]> {
  const names = (await files.list(directory).catch(() => [])).filter(
    (name) => !NOT_APPS.test(name) && !name.includes("."),
  );
  const found = await Promise.all(
    names.map(async (name) => {
      const path = join(directory, name);
      if (await files.stat(join(path, "migrations", "__init__.py"))) return [path];
      return depth > 1 ? await appsBelow(files, path, depth - 1) : [];
    }),
  );
  return found.flat();
}

async function migrationsOf(files: Files, app: string): Promise<MigrationFile[]> {
  const label = await labelOf(files, app);
  const names = (await files.list(join(app, "migrations"))).filter((name) => /^\d{4}_\w+\.py$/.test(name));
  return names.toSorted().map((name) => {
    const key = `${label}.${name.replace(/\.py$/, "")}`;
    return { name: key, keys: [key], sql: undefined };
  });
}

/** An app may be called otherwise than its folder: `label = "..."` in apps.py. */
async function labelOf(files: Files, app: string): Promise<string> {
  const text = (await files.read(join(app, "apps.py"))) ?? "";
  return /^\s*label\s*=\s*["'](\w+)["']/m.exec(text)?.[1] ?? app.split("/").at(-1) ?? "";
}
