import { readdir, readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";

export interface SshdSettings {
  /** Undefined: a file that may say it cannot be read. */
  readonly passwords: boolean | undefined;
  readonly rootLogin: string | undefined;
  readonly ports: readonly number[];
  readonly unreadable: readonly string[];
}

interface Line {
  readonly word: string;
  readonly value: string;
}

const MAX_DEPTH = 8;
const UNREADABLE = "unreadable";

/**
 * What sshd does by its configuration file, where the first line that says something counts (sshd_config(5)). Blocks
 * for some users (Match) are left out: they narrow or widen it for them only.
 */
export async function readSshdSettings(file: string): Promise<SshdSettings> {
  const unreadable: string[] = [];
  const lines = await linesOf(file, { unreadable, depth: 0 });
  const first = (word: string, otherwise: string): string | undefined => {
    const found = lines.find((line) => line.word === word || line.word === UNREADABLE);
    return found?.word === UNREADABLE ? undefined : (found?.value ?? otherwise);
  };
  const password = first("passwordauthentication", "yes");
  const keyboard = first(
    "kbdinteractiveauthentication",
    first("challengeresponseauthentication", "yes") ?? "yes",
  );
  const usesPam = first("usepam", "no");
  const isKnown = password !== undefined && keyboard !== undefined && usesPam !== undefined;
  const ports = lines.flatMap(({ word, value }) => (word === "port" ? [Number(value)] : []));
  return {
    // By keyboard it asks PAM, which asks for the very password.
    passwords: password === "yes" || (isKnown ? keyboard === "yes" && usesPam === "yes" : undefined),
    rootLogin: first("permitrootlogin", "prohibit-password"),
    ports: ports.length === 0 ? [22] : ports,
    unreadable,
  };
}

async function linesOf(
  file: string,
  { unreadable, depth }: { unreadable: string[]; depth: number },
): Promise<Line[]> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined) {
    unreadable.push(file);
    return [{ word: UNREADABLE, value: file }];
  }
  const lines: Line[] = [];
  for (const raw of text.split("\n")) {
    const [, word = "", value = ""] = /^\s*([A-Za-z]+)[\s=]+"?([^"#]*?)"?\s*(?:#.*)?$/.exec(raw) ?? [];
    const name = word.toLowerCase();
    if (name === "match") break;
    if (name !== "include") {
      if (name !== "") lines.push({ word: name, value: value.toLowerCase() });
      continue;
    }
    if (depth === MAX_DEPTH) continue;
    for (const included of await matching(value, dirname(file))) {
      lines.push(...(await linesOf(included, { unreadable, depth: depth + 1 })));
    }
  }
  return lines;
}

/** Include takes patterns in the last part, relative to the directory of the configuration. */
async function matching(pattern: string, directory: string): Promise<string[]> {
  const found: string[] = [];
  for (const each of pattern.split(/\s+/).filter(Boolean)) {
    const whole = resolve(directory, each);
    const folder = dirname(whole);
    const parts = whole
      .slice(folder.length + 1)
      .split("*")
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
    const names = await readdir(folder).catch(() => []);
    const wanted = new RegExp(`^${parts.join(".*")}$`);
    found.push(
      ...names
        .filter((name) => wanted.test(name))
        .sort()
        .map((name) => join(folder, name)),
    );
  }
  return found;
}
