import { join } from "node:path";
import type { OpenPostgresPart } from "../../model/backup.ts";
import type { Doors } from "../../model/doors.ts";
import type { Tools } from "./programs.ts";
import { planRestore, type RestorePlan } from "./restore-plan.ts";
import { readToc } from "./toc.ts";

const SCRIPT_COMMENTS =
  '"$0" --verbose --file=- "$1" 2>/dev/null | grep -E "^-- (TOC entry|Dependencies:|Name:) " || true';

/** Reads an archive of the structure, and plans what of it can be made when. */
export async function readPlan(
  archive: string,
  at: {
    readonly part: OpenPostgresPart;
    readonly tools: Tools;
    readonly doors: Doors;
    readonly signal: AbortSignal;
  },
): Promise<RestorePlan> {
  const { part, tools, doors, signal } = at;
  const said = async (file: string, ...args: readonly string[]): Promise<string> => {
    const env = { LC_ALL: "C" };
    return (await doors.shell.run({ file, args, env, maxOutputBytes: 268_435_456, signal })).stdout;
  };
  const [list, after, comments] = await Promise.all([
    said(tools.restore, "--list", archive),
    said(tools.restore, "--list", "--section=post-data", archive),
    said("/bin/sh", "-c", SCRIPT_COMMENTS, tools.restore, archive),
  ]);
  return planRestore(readToc(list, after, comments), part);
}

/** A file that names entries, as `pg_restore --use-list` reads it. */
export async function writeList(
  entries: readonly number[],
  at: { readonly home: string; readonly name: string; readonly doors: Doors },
): Promise<string> {
  const file = join(at.home, `${at.name.replaceAll(" ", "-")}.list`);
  await at.doors.files.write(file, entries.map((id) => `${id};\n`).join(""), { mode: 0o600 });
  return file;
}
