import { readdir, readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";

export interface SshdSettings {
  /** Undefined: a file that may say it cannot be read. */
  readonly passwords: boolean | undefined;
  readonly rootLogin: string | undefined;
  readonly widened: SshdWidened;
  readonly ports: readonly number[];
  readonly unreadable: readonly string[];
}

/** Blocks that let some in who are kept out otherwise: "Match User deploy: PasswordAuthentication yes". */
export interface SshdWidened {
  readonly passwords: readonly string[];
  readonly rootLogin: readonly string[];
}

interface Line {
  readonly word: string;
  readonly value: string;
  /** "PermitRootLogin yes", as it is written. */
  readonly text: string;
  /** "Match User deploy": for whom it counts; undefined: for everybody. */
  readonly block: string | undefined;
}

const MAX_DEPTH = 8;
const UNREADABLE = "unreadable";
const KEYBOARD = ["kbdinteractiveauthentication", "challengeresponseauthentication"];

/**
 * What sshd does by its configuration file, where the first line that says something counts (sshd_config(5)). What
 * blocks for some (Match) say is told where it widens that; where it narrows it, it is left out.
 */
export async function readSshdSettings(file: string): Promise<SshdSettings> {
  const unreadable: string[] = [];
  const all = await linesOf(file, { unreadable, depth: 0, within: undefined });
  const lines = all.filter(({ block }) => block === undefined);
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
  const said = blocksOf(all);
  const isKnown = password !== undefined && keyboard !== undefined && usesPam !== undefined;
  const isWhole = !said.some(({ word }) => word === UNREADABLE);
  const rootLogin = first("permitrootlogin", "prohibit-password");
  const ports = lines.flatMap(({ word, value }) => (word === "port" ? [Number(value)] : []));
  return {
    // By keyboard it asks PAM, which asks for the very password.
    passwords:
      password === "yes" || (isKnown && isWhole ? keyboard === "yes" && usesPam === "yes" : undefined),
    rootLogin: isWhole ? rootLogin : undefined,
    widened: {
      passwords: said.filter((line) => takesPasswords(line, usesPam)).map(told),
      rootLogin: said.filter((line) => letsRootIn(line, rootLogin)).map(told),
    },
    ports: ports.length === 0 ? [22] : ports,
    unreadable,
  };
}

/** The lines of blocks that count: the first of each block that says something. */
function blocksOf(lines: readonly Line[]): Line[] {
  const firsts = new Map<string, Line>();
  for (const line of lines) {
    const key = `${line.block}\n${line.word}`;
    if (line.block !== undefined && !firsts.has(key)) firsts.set(key, line);
  }
  return [...firsts.values()];
}

function told({ block, text }: Line): string {
  return `${block}: ${text}`;
}

function takesPasswords({ word, value }: Line, usesPam: string | undefined): boolean {
  if (value !== "yes") return false;
  return word === "passwordauthentication" || (KEYBOARD.includes(word) && usesPam !== "no");
}

/** From the narrowest on; "without-password" is the older name of "prohibit-password". */
const ROOT_LOGINS = ["no", "forced-commands-only", "prohibit-password", "yes"];

function letsRootIn({ word, value }: Line, everybody = "no"): boolean {
  const width = (said: string): number =>
    ROOT_LOGINS.indexOf(said === "without-password" ? "prohibit-password" : said);
  const isWide = width(value) > width("forced-commands-only");
  return word === "permitrootlogin" && isWide && width(value) > width(everybody);
}

async function linesOf(
  file: string,
  { unreadable, depth, within }: { unreadable: string[]; depth: number; within: string | undefined },
): Promise<Line[]> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined) {
    unreadable.push(file);
    return [{ word: UNREADABLE, value: file, text: "", block: within }];
  }
  const lines: Line[] = [];
  // A block ends with the next one, or with the file that it begins in.
  let block = within;
  for (const raw of text.split("\n")) {
    const match = /^\s*(match[\s=].*?)\s*(?:#.*)?$/i.exec(raw)?.[1];
    if (match !== undefined) block = match;
    const [, word = "", value = ""] = /^\s*([A-Za-z]+)[\s=]+"?([^"#]*?)"?\s*(?:#.*)?$/.exec(raw) ?? [];
    const name = word.toLowerCase();
    if (match !== undefined || name === "") continue;
    if (name !== "include") {
      lines.push({ word: name, value: value.toLowerCase(), text: `${word} ${value}`, block });
      continue;
    }
    if (depth === MAX_DEPTH) continue;
    for (const included of await matching(value, dirname(file))) {
      lines.push(...(await linesOf(included, { unreadable, depth: depth + 1, within: block })));
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
