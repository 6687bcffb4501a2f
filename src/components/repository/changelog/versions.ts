import { objectIn } from "../../../model/json.ts";
/** Where a project says which version it is, the more usual first. */
export const VERSION_FILES = [
  "package.json",
  "pyproject.toml",
  "Cargo.toml",
  "composer.json",
  "VERSION",
] as const;

/** The version a manifest names; undefined when it names none. */
export function versionIn(file: string, text: string): string | undefined {
  if (file === "VERSION") return /^v?(\d[\w.+-]*)\s*$/.exec(text.trim())?.[1];
  if (file.endsWith(".toml")) {
    const table = /^\[(?:project|package|tool\.poetry)\]\s*\n([\s\S]*?)(?=^\[|$(?![\s\S]))/m.exec(text)?.[1];
    return /^version\s*=\s*"([^"]+)"/m.exec(table ?? "")?.[1];
  }
  const version = objectIn(text)?.version;
  return typeof version === "string" && version !== "" ? version : undefined;
}

export interface ChangelogEntry {
  readonly heading: string;
  /** Words below it that stand outside of headings and comments. */
  readonly words: number;
}

const HEADING = /^(#{1,4})\s+(.*)$/;

/** The part of a changelog about one version ("## [1.4.0] - 2026-11-21"), as keepachangelog.com has it. */
export function entryOf(changelog: string, version: string): ChangelogEntry | undefined {
  const escaped = version.replace(/[.+]/g, "\\$&");
  const names = new RegExp(`^(?:\\[?(?:version |release )?v?|.*@)${escaped}(?![\\w.+-]*\\w)`, "i");
  const lines = changelog.replace(/<!--[\s\S]*?(?:-->|$)/g, "").split(/\r?\n/);
  const start = lines.findIndex((line) => names.test(HEADING.exec(line)?.[2] ?? ""));
  if (start < 0) return undefined;
  const [, marks = "", heading = ""] = HEADING.exec(lines[start] ?? "") ?? [];
  let words = 0;
  for (const line of lines.slice(start + 1)) {
    const next = HEADING.exec(line)?.[1];
    if (next !== undefined && next.length <= marks.length) break;
    if (next === undefined) words += line.match(/\p{L}{2,}/gu)?.length ?? 0;
  }
  return { heading: heading.trim(), words };
}

/** Headings that name versions, the newest first, as far as they tell which one is missing. */
export function newestHeading(changelog: string): string | undefined {
  return changelog
    .split(/\r?\n/)
    .map((line) => HEADING.exec(line)?.[2]?.trim())
    .find((heading) => heading !== undefined && /\d+\.\d+|unreleased/i.test(heading));
}
