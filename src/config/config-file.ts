import { basename, join, resolve } from "node:path";
import type { Doors } from "../model/doors.ts";
import { UserError } from "../model/errors.ts";
import { formatSize } from "../model/size.ts";
import { CONFIG_NAMES } from "./config-names.ts";

const MAX_BYTES = 1_048_576;

/** Absolute path of the configuration: the one named, or the one in the directory. Throws UserError. */
export async function findConfigFile(
  request: { directory: string; file?: string | undefined },
  { files }: Pick<Doors, "files">,
): Promise<string> {
  const { directory, file } = request;
  if (file !== undefined) return readable(resolve(directory, file), { files });
  const present: string[] = [];
  for (const name of CONFIG_NAMES) {
    if (await files.stat(join(directory, name))) present.push(join(directory, name));
  }
  const [first, second] = present;
  if (first === undefined) {
    const near = (await files.list(directory)).find((name) => /^gonogo\b.*\.\w+$/i.test(name));
    const fix =
      near === undefined ? "run: gonogo init" : `run: gonogo init, or name ${near} gonogo.config.ts`;
    throw new UserError("there is no gonogo.config.ts here", { where: directory, fix });
  }
  if (second !== undefined) {
    throw new UserError("there is more than one configuration", {
      where: present.map((each) => basename(each)).join(", "),
      fix: "keep one, or say which with --config",
    });
  }
  return readable(first, { files });
}

async function readable(path: string, { files }: Pick<Doors, "files">): Promise<string> {
  const name = basename(path);
  const found = await files.stat(path);
  const refuse = (what: string, fix?: string): UserError =>
    new UserError(`${name} ${what}`, { where: path, ...(fix !== undefined && { fix }) });
  if (!found) throw refuse("does not exist", "check --config, or run: gonogo init");
  if (found.isDirectory) throw refuse("is a directory, not a file");
  if (!/\.m?[jt]s$/.test(name))
    throw refuse("is no TypeScript or JavaScript module", "name it gonogo.config.ts");
  if (found.sizeBytes > MAX_BYTES) {
    throw refuse(`has ${formatSize(found.sizeBytes)}; a declaration has at most ${formatSize(MAX_BYTES)}`);
  }
  const bytes = (await files.readBytes(path)) ?? new Uint8Array();
  const text = decoded(bytes);
  if (text === undefined) throw refuse("is not text: it holds bytes that are not UTF-8");
  if (text.trim() === "") throw refuse("is empty", "run: gonogo init --force");
  return path;
}

function decoded(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
