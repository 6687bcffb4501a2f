import type { Measured } from "./outcome.ts";
import { isOlder } from "./version.ts";

/** What a check found by name, which has to be what a line names, or better: "argon2id", "reject", "node@20.11.1". */
export type HeldQuality =
  | {
      /** Name of the measured text. */
      readonly quality: string;
      readonly keeps: "no worse";
      /** From the worst to the best. */
      readonly order: readonly string[];
    }
  /** Of several that may all be right where nobody names one. */
  | { readonly quality: string; readonly keeps: "the same" }
  /** A version is of one program: nothing is said of another's. */
  | { readonly quality: string; readonly keeps: "no older" }
  /** Allowances of a file, in octal: "640" is wider than "600". */
  | { readonly quality: string; readonly keeps: "no wider" }
  /** Ports and ranges of them with blanks between, of which what is asked is none. */
  | { readonly quality: string; readonly keeps: "without" };

export interface HeldAnswer {
  readonly isKept: boolean;
  readonly says: string;
}

/** Undefined: nothing was found, or what was cannot be compared with what is asked. */
export function holdQuality(
  { value, by }: { readonly value: string; readonly by: string },
  held: HeldQuality,
  measured: Measured | undefined,
): HeldAnswer | undefined {
  const found = measured?.[held.quality];
  if (typeof found !== "string") return undefined;
  const isKept = keeps(held, found, value);
  if (isKept === undefined) return undefined;
  const asked = `asked by ${by}: ${told(held, value)}`;
  return { isKept, says: isKept ? asked : `${found}, ${asked}` };
}

function told({ keeps }: HeldQuality, value: string): string {
  if (keeps === "without") return `not ${value}`;
  return keeps === "no older" ? `${value} or newer` : value;
}

function keeps(held: HeldQuality, found: string, asked: string): boolean | undefined {
  switch (held.keeps) {
    case "no worse":
      return isNoWorse(held.order.indexOf(found), held.order.indexOf(asked));
    case "the same":
      return found === asked;
    case "no older":
      return isNoOlder(found, asked);
    case "no wider":
      return isNoWider(found, asked);
    case "without":
      return isWithout(found, Number(asked));
  }
}

function isNoWorse(have: number, want: number): boolean | undefined {
  return have < 0 || want < 0 ? undefined : have >= want;
}

const VERSION = /^([\w.+-]+)@(\d+(?:\.\d+)*)$/;

function isNoOlder(found: string, asked: string): boolean | undefined {
  const [, program, have] = VERSION.exec(found) ?? [];
  const [, other, want] = VERSION.exec(asked) ?? [];
  if (have === undefined || want === undefined || program !== other) return undefined;
  return !isOlder(have, want);
}

function isNoWider(found: string, asked: string): boolean | undefined {
  const isMode = [found, asked].every((each) => /^[0-7]{3,4}$/.test(each));
  return isMode ? (Number.parseInt(found, 8) & ~Number.parseInt(asked, 8)) === 0 : undefined;
}

function isWithout(ranges: string, asked: number): boolean | undefined {
  if (!Number.isInteger(asked)) return undefined;
  return ranges.split(" ").every((range) => {
    const [from = 0, to = from] = range
      .replace(/\/\w+$/, "")
      .split("-")
      .map(Number);
    return asked < from || asked > to;
  });
}
