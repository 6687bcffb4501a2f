import { beginningOf } from "../../../model/credential-beginning.ts";
import type { Fail, NotApplicable, Pass, Warn } from "../../../model/outcome.ts";
import type { SeenSetting, SeenSettings, SettingFault } from "../../../model/seen-setting.ts";
import { settingPrint } from "../../../model/setting-print.ts";
import type { Subject } from "../../../model/subject.ts";
import type { Variable, VariableValue } from "../../../model/variable.ts";
import type { VariablesOptions } from "../options.ts";
import { type EnvironmentValues, isSet } from "./facts.ts";
import { ofATest } from "./of-a-test.ts";
import { passwordIn } from "./password.ts";
import { placeholderRule } from "./placeholder.ts";
import { estimateBits, WANTED_BITS, weaknessOf } from "./strength.ts";

/** What a line holds that names a variable: see `HeldSetting`. */
export const SETTING_FIGURES = {
  variable: { setting: "is set" },
  value: { setting: "is the same" },
  quality: { setting: "has the quality" },
} as const;

/** "Strong" without a length: what nobody guesses; people type passwords. */
const STRONG_BITS = { key: WANTED_BITS, password: 64 } as const;

/** An answer, with what lines need that say what a variable has to be: they may name what nobody declared. */
export function withSettings<Told extends Pass | Warn | Fail | NotApplicable>(
  outcome: Told,
  values: EnvironmentValues,
  { variables: { toBeSupplied = new Set() }, salt, options }: Subject<VariablesOptions>,
): Told {
  if (salt === undefined) return outcome;
  const declared = new Map(values.declared.map(({ variable }) => [variable.name, variable]));
  const given = [...values.values].filter(([, each]) => isSet(each));
  const alike = Map.groupBy(given, ([, each]) => textOf(each));
  const seen = given.map(([name, each]): [string, SeenSetting] => {
    const setting = seenSetting({ name, given: each, variable: declared.get(name), options, salt });
    const sameAs = (alike.get(textOf(each)) ?? []).flatMap(([other]) => (other === name ? [] : [other]));
    return [name, sameAs.length > 0 ? { ...setting, sameAs } : setting];
  });
  const settings: SeenSettings = {
    ...Object.fromEntries([...toBeSupplied].map((name) => [name, null])),
    ...Object.fromEntries(seen),
  };
  return { ...outcome, settings };
}

function textOf({ value }: VariableValue): string {
  return value.reveal().trim();
}

interface Looked {
  readonly name: string;
  readonly given: VariableValue;
  readonly variable: Variable | undefined;
  readonly options: VariablesOptions;
  readonly salt: string;
}

function seenSetting({ name, given, variable, options, salt }: Looked): SeenSetting {
  const text = textOf(given);
  const password = passwordIn(text);
  const secret = password ?? text;
  const isTyped = password !== undefined || /PASS(WORD|PHRASE|WD)?$/.test(name);
  const begins = password === undefined ? beginningOf(text) : undefined;
  const isText = variable?.is.type !== "enum" && variable?.is.type !== "boolean";
  const found: readonly (readonly [SettingFault, boolean])[] = [
    ["placeholder", isText && placeholderRule(text, { secret: variable?.secret ?? false }) !== undefined],
    [
      "guessable",
      weaknessOf(secret.slice(begins?.length ?? 0), {
        wantedBits: STRONG_BITS[isTyped ? "password" : "key"],
      }) !== undefined,
    ],
    [
      "of a test",
      ofATest({
        name,
        given,
        testPrefixes: variable?.testPrefixes,
        onThisMachine: options.onThisMachine,
      }) !== undefined,
    ],
    ["wildcard", /(^|[\s,"'[])\*($|[\s,"'\]])/.test(text)],
  ];
  const beginning = beginningOf(text);
  return {
    print: settingPrint(name, text, salt),
    characters: secret.length,
    bits: Math.floor(estimateBits(secret)),
    faults: found.flatMap(([fault, isSo]) => (isSo ? [fault] : [])),
    ...(beginning !== undefined && { begins: beginning }),
  };
}
