import { join } from "node:path";
import type { OpenPostgresPart } from "../../model/backup.ts";
import type { Doors } from "../../model/doors.ts";
import { ownRules, readToc } from "./own-rules.ts";
import type { Tools } from "./programs.ts";

/** Files that list what is made of the structure when: after the rows of one object, and after all. */
export interface RuleLists {
  of(object: string): string | undefined;
  readonly rest: string;
}

const SCRIPT_COMMENTS =
  '"$0" --verbose --file=- "$1" 2>/dev/null | grep -E "^-- (TOC entry|Dependencies:|Name:) " || true';

/** Reads an archive of the structure, and writes what can be made when. */
export async function listRules(
  archive: string,
  at: {
    /** Where the lists are written. */
    readonly home: string;
    readonly part: OpenPostgresPart;
    readonly tools: Tools;
    readonly doors: Doors;
    readonly signal: AbortSignal;
  },
): Promise<RuleLists> {
  const { home, part, tools, doors, signal } = at;
  const said = async (file: string, ...args: readonly string[]): Promise<string> => {
    const env = { LC_ALL: "C" };
    return (await doors.shell.run({ file, args, env, maxOutputBytes: 268_435_456, signal })).stdout;
  };
  const [list, after, comments] = await Promise.all([
    said(tools.restore, "--list", archive),
    said(tools.restore, "--list", "--section=post-data", archive),
    said("/bin/sh", "-c", SCRIPT_COMMENTS, tools.restore, archive),
  ]);
  const toc = readToc(list, after, comments);
  const files = new Map<string, string>();
  const taken = new Set<number>();
  const write = async (name: string, ids: readonly number[]): Promise<string> => {
    const file = join(home, `${name}.list`);
    await doors.files.write(file, ids.map((id) => `${id};\n`).join(""), { mode: 0o600 });
    return file;
  };
  for (const { oid, object } of part.contents.tables) {
    const own = object === undefined ? [] : ownRules(toc, oid);
    if (object === undefined || own.length === 0) continue;
    for (const id of own) taken.add(id);
    files.set(object, await write(object, own));
  }
  const rest = toc.filter(({ id, isAfter }) => isAfter && !taken.has(id)).map(({ id }) => id);
  const restFile = await write("rest", rest);
  return { of: (object) => files.get(object), rest: restFile };
}
