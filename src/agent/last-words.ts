import { mkdir, readdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createMask } from "../model/masking.ts";
import { lastLines } from "./instances/log-file.ts";

/** Of each instance. */
export const KEPT_LINES = 500;
/** Those that are forgotten, newest first. */
export const KEPT_RELEASES = 5;
/** What is supplied has no release. */
const SERVICES = "services";

interface Forgotten {
  readonly stateDirectory: string;
  readonly release: string;
  /** Undefined: nobody knows any more what is to be masked. */
  readonly variables: Readonly<Record<string, string>> | undefined;
  /** Releases that keep their logs as they are. */
  isKnown(release: string): boolean;
}

/**
 * What a release said before it was given up is all that tells why. Its variables are forgotten with it, so what is
 * kept is masked now, in the place of its logs.
 */
export async function keepLastWords(forgotten: Forgotten): Promise<void> {
  const { stateDirectory, release, variables } = forgotten;
  const logs = join(stateDirectory, "logs");
  const folder = join(logs, release);
  const words = variables === undefined ? [] : await wordsIn(folder, createMask(variables));
  await rm(folder, { recursive: true, force: true });
  if (words.length === 0) return;
  await forgetOldest(logs, forgotten);
  await mkdir(folder, { mode: 0o700 });
  for (const { name, text } of words) await writeFile(join(folder, name), text, { mode: 0o600 });
}

async function wordsIn(
  folder: string,
  mask: (text: string) => string,
): Promise<{ name: string; text: string }[]> {
  const names = (await readdir(folder).catch(() => [] as string[])).filter((name) => name.endsWith(".log"));
  const all = await Promise.all(
    names.map(async (name) => {
      const lines = await lastLines(join(folder, name), KEPT_LINES);
      return { name, text: lines.map((line) => `${mask(line)}\n`).join("") };
    }),
  );
  return all.filter(({ text }) => text !== "");
}

/** Leaves room for one more. */
async function forgetOldest(logs: string, { isKnown, release }: Forgotten): Promise<void> {
  const names = (await readdir(logs).catch(() => [] as string[])).filter(
    (name) => name !== SERVICES && name !== release && !isKnown(name),
  );
  const aged = await Promise.all(
    names.map(async (name) => ({ name, at: (await stat(join(logs, name))).mtimeMs })),
  );
  const oldest = aged.toSorted((a, b) => b.at - a.at).slice(KEPT_RELEASES - 1);
  for (const { name } of oldest) await rm(join(logs, name), { recursive: true, force: true });
}
