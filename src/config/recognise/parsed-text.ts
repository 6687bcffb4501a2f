import { parse } from "yaml";
import type { ProjectListing } from "./project-listing.ts";

export type Fields = Readonly<Record<string, unknown>>;

/** The object in a JSON file; undefined when the file is missing, broken or holds something else. */
export function jsonObject(project: ProjectListing, path: string): Fields | undefined {
  return objectIn(project.text(path), JSON.parse);
}

/** Where a JSON file stops being one, as ":2:14", or "" where that is not told; undefined when it is one, or missing. */
export function brokenJson(project: ProjectListing, path: string): string | undefined {
  const text = project.text(path);
  if (text === undefined) return undefined;
  try {
    JSON.parse(text);
    return undefined;
  } catch (thrown) {
    const [, line, column] = /\(line (\d+) column (\d+)\)/.exec(String(thrown)) ?? [];
    return line === undefined ? "" : `:${line}:${column}`;
  }
}

/** The same for YAML. */
export function yamlObject(project: ProjectListing, path: string): Fields | undefined {
  return objectIn(project.text(path), parse);
}

/** Texts of a TOML file as "table.key"; enough for configuration whose values are single-line texts. */
export function tomlTexts(project: ProjectListing, path: string): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  let table = "";
  for (const line of project.text(path)?.split(/\r?\n/) ?? []) {
    const header = /^\s*\[([^\]]+)\]\s*(?:#.*)?$/.exec(line);
    if (header) table = `${header[1]?.trim()}.`;
    const entry = /^\s*([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)')/.exec(line);
    if (entry) texts.set(table + entry[1], entry[3] ?? (entry[2] ?? "").replace(/\\(["\\])/g, "$1"));
  }
  return texts;
}

function objectIn(text: string | undefined, read: (text: string) => unknown): Fields | undefined {
  if (text === undefined) return undefined;
  try {
    return fieldsOf(read(text));
  } catch {
    return undefined;
  }
}

/** The value as an object; undefined when it is something else. */
export function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The value as a text that is not blank; undefined when it is something else. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}
