import { join } from "node:path";
import type { Files } from "../../../model/doors.ts";
import type { MigrationFile } from "./migration-file.ts";

interface Revision {
  readonly name: string;
  readonly id: string;
  /** None for the first; two for a merge. */
  readonly down: readonly string[];
}

/**
 * Alembic names no order in its files: each says which revisions it follows, and the database keeps only the newest
 * ("head"). Each file's keys are therefore those of everything that stands on it.
 */
export async function alembicRevisions(files: Files, folder: string): Promise<MigrationFile[]> {
  const names = (await files.list(folder)).filter((name) => name.endsWith(".py"));
  const read = await Promise.all(
    names.map(async (name) => revisionIn(name, await files.read(join(folder, name)))),
  );
  const revisions = read.filter((each) => each !== undefined);
  return inOrder(revisions).map(({ name, id }) => ({
    name,
    keys: [id, ...above(id, revisions)],
    sql: undefined,
  }));
}

function revisionIn(name: string, text = ""): Revision | undefined {
  const id = /^revision(?:\s*:\s*[^=]+)?\s*=\s*["']([^"']+)["']/m.exec(text)?.[1];
  if (id === undefined) return undefined;
  const down = /^down_revision(?:\s*:\s*[^=]+)?\s*=\s*(.*)$/m.exec(text)?.[1] ?? "";
  return { name, id, down: [...down.matchAll(/["']([^"']+)["']/g)].map(([, each = ""]) => each) };
}

/** A revision comes after everything it follows; a circle, which Alembic refuses, ends where it began. */
function inOrder(revisions: readonly Revision[]): Revision[] {
  const done = new Set<Revision>();
  const visit = (revision: Revision, path: ReadonlySet<Revision>): void => {
    if (done.has(revision) || path.has(revision)) return;
    for (const each of revisions)
      if (revision.down.includes(each.id)) visit(each, new Set([...path, revision]));
    done.add(revision);
  };
  for (const revision of revisions.toSorted((a, b) => (a.name < b.name ? -1 : 1))) visit(revision, new Set());
  return [...done];
}

/** Ids of all revisions that stand, directly or not, on one. */
function above(id: string, revisions: readonly Revision[], seen = new Set<string>()): string[] {
  for (const each of revisions) {
    if (!each.down.includes(id) || seen.has(each.id)) continue;
    seen.add(each.id);
    above(each.id, revisions, seen);
  }
  return [...seen];
}
