import { readdirSync, readFileSync, readlinkSync } from "node:fs";

// Processes come and go while they are looked at: what cannot be read is not there.

export function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

export function readNames(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

export function readLink(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

export function allPids(): number[] {
  return readNames("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}
