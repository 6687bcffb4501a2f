import { CREDENTIAL_BEGINNINGS, type CredentialBeginning } from "./credential-beginning.ts";
import type { SeenSetting, SettingFault } from "./seen-setting.ts";

/** What a line asks of a variable's value, other than what it is. */
export type SettingQuality =
  | { readonly is: "strong" }
  | { readonly is: "of production" }
  | { readonly is: "no wildcard" }
  | { readonly is: "unset" }
  | { readonly is: "long"; readonly least: number; readonly in: "characters" | "bits" | "bytes" }
  | { readonly is: "begun"; readonly with: CredentialBeginning }
  | { readonly is: "unlike"; readonly other: string };

const NAMED: Readonly<Record<string, SettingQuality>> = {
  strong: { is: "strong" },
  production: { is: "of production" },
  "no-wildcard": { is: "no wildcard" },
  unset: { is: "unset" },
};

/** As the parameter of a comment has it: "strong", "32-characters", "256-bits", "32-bytes", "production", "no-wildcard", "unset", "sk_live_*", "unlike-JWT_SECRET". */
export function parseQuality(word: string): SettingQuality | undefined {
  const named = Object.hasOwn(NAMED, word) ? NAMED[word] : undefined;
  if (named) return named;
  const [, least, unit] = /^(\d{1,4})-(characters|bits|bytes)$/.exec(word) ?? [];
  if (unit !== undefined)
    return { is: "long", least: Number(least), in: unit as "characters" | "bits" | "bytes" };
  const [, other] = /^unlike-([A-Z][A-Z0-9_]*)$/.exec(word) ?? [];
  if (other !== undefined) return { is: "unlike", other };
  const beginning = CREDENTIAL_BEGINNINGS.find((each) => `${each}*` === word);
  return beginning === undefined ? undefined : { is: "begun", with: beginning };
}

export const QUALITY_WORDS =
  "strong, 32-characters, 256-bits, 32-bytes, production, no-wildcard, unset, sk_live_*, unlike-JWT_SECRET";

/** Of a comment's parameter: "strong 32-characters". "none": the line was misread, and asks for nothing of the kind. */
export function qualityWords(parameter: string): string[] {
  return parameter.split(/\s+/).filter((word) => word !== "" && word !== "none");
}

/** Why the parameter of a comment is not understood. */
export function qualityMistake(parameter: string): string | undefined {
  const wrong = qualityWords(parameter).find((word) => !parseQuality(word.replace(/^[A-Z][A-Z0-9_]*=/, "")));
  return wrong === undefined ? undefined : `"${wrong}" is no quality of a value (${QUALITY_WORDS}, or none)`;
}

/** What keeps a value from it, such that "NAME ..., and LAUNCH.md:3 asks for that" reads; undefined: nothing does. */
export function shortOf(
  quality: Exclude<SettingQuality, { is: "unset" }>,
  seen: SeenSetting,
): string | undefined {
  const has = (fault: SettingFault): boolean => seen.faults.includes(fault);
  switch (quality.is) {
    case "strong":
      return has("guessable") ? "can be guessed" : undefined;
    case "of production":
      return has("of a test") ? "is a test's credential, or leads where no customer gets" : undefined;
    case "no wildcard":
      return has("wildcard") ? "names everybody (*)" : undefined;
    case "long":
      return lengthOf(seen, quality.in) >= quality.least
        ? undefined
        : `has less than ${quality.least} ${quality.in}`;
    case "unlike":
      return seen.sameAs?.includes(quality.other) ? `has the same value as ${quality.other}` : undefined;
    case "begun":
      return begins(seen.begins, quality.with) ? undefined : `does not begin with ${quality.with}`;
  }
}

/** Bytes may stand as they are, or be written in hexadecimal digits or base64. */
function lengthOf({ characters, bits }: SeenSetting, unit: "characters" | "bits" | "bytes"): number {
  if (unit === "bytes") return Math.max(characters, bits / 8);
  return unit === "bits" ? bits : characters;
}

/** "redis://" with TLS is "rediss://", and "mongodb://" may be "mongodb+srv://". */
function begins(seen: CredentialBeginning | undefined, asked: CredentialBeginning): boolean {
  return asked === "http://" ? seen === asked : seen?.startsWith(asked.replace(/:\/\/$/, "")) === true;
}
