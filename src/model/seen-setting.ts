import type { CredentialBeginning } from "./credential-beginning.ts";

/** What is kept of a variable's value; the value stays where it is. */
export interface SeenSetting {
  /** See `settingPrint`. */
  readonly print: string;
  readonly characters: number;
  /** Bits to be guessed, at most: characters times those of the smallest alphabet that holds them. */
  readonly bits: number;
  readonly faults: readonly SettingFault[];
  /** Absent: with nothing that lines ask for. */
  readonly begins?: CredentialBeginning;
  /** Other variables that have the very same value, by name; absent: none has. */
  readonly sameAs?: readonly string[];
}

/**
 * "placeholder": nobody filled it in. "guessable": a word, a repetition, or short of chance. "of a test": a test mode's
 * credential, or an address no customer reaches. "wildcard": it names everybody.
 */
export type SettingFault = "placeholder" | "guessable" | "of a test" | "wildcard";

/** By the variable's name. `null`: the first deploy supplies it. */
export type SeenSettings = Readonly<Record<string, SeenSetting | null>>;
