import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { LogLine } from "../../model/runtime.ts";
import { lastLines } from "./log-file.ts";

interface LogRequest {
  readonly stateDirectory: string;
  /** "" for supplied services. */
  readonly release: string;
  readonly process: string | undefined;
  /** Of each instance. */
  readonly lines: number;
  mask(text: string): string;
}

/** The last lines of every instance of a release, by name and number. */
export async function readLogs({
  stateDirectory,
  release,
  process,
  lines,
  mask,
}: LogRequest): Promise<LogLine[]> {
  const folder = join(stateDirectory, "logs", release === "" ? "services" : release);
  const names = (await readdir(folder).catch(() => [] as string[])).sort();
  const found: LogLine[] = [];
  for (const name of names) {
    const [, of, index] = /^(.+)\.(\d+)\.log$/.exec(name) ?? [];
    if (of === undefined || (process !== undefined && process !== of)) continue;
    const texts = await lastLines(join(folder, name), lines, Math.max(262_144, lines * 512));
    found.push(...texts.map((text) => ({ process: of, index: Number(index), release, text: mask(text) })));
  }
  return found;
}
