import type { Variables } from "../../../model/variable.ts";
import { isNoSecret, type SecretFinding } from "./scan.ts";

/** Shorter values stand in code by chance. */
const TELLING_LENGTH = 12;

/** A secret of the environment, to be found wherever it stands. */
export interface KnownValue {
  readonly name: string;
  readonly text: string;
}

export function tellingValues({ declared, values }: Variables): KnownValue[] {
  return declared.flatMap(({ name, secret }) => {
    const text = values.get(name)?.value.reveal() ?? "";
    return secret && text.length >= TELLING_LENGTH && !isNoSecret(text) ? [{ name, text }] : [];
  });
}

/** A scanner knows the forms of providers' keys; the environment's own secrets are found by their value. */
export function valuesIn(
  file: { path: string; text: string },
  known: readonly KnownValue[],
): SecretFinding[] {
  return known.flatMap(({ name, text }) => {
    const at = file.text.indexOf(text);
    if (at === -1) return [];
    const line = file.text.slice(0, at).split("\n").length;
    return [{ file: file.path, line, rule: `the value of ${name}`, characters: text.length }];
  });
}
