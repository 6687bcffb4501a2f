import type { Stage } from "../model/phase.ts";
import { qualityWords } from "../model/setting-quality.ts";
import type { Figure } from "./figures/figure.ts";
import type { ParsedItem } from "./markdown/parse.ts";

const PAIR = /^([A-Z][A-Z0-9_]*)=(.+)$/;

/** "A=x B=y": one variable's value is written without its name. */
export function settingsParameter(figures: readonly Figure[]): string | undefined {
  const values = figures.filter(({ name }) => name === "value");
  const variables = figures.filter(({ name }) => name === "variable");
  const [only] = values;
  if (!only) return undefined;
  return values.length === 1 && variables.length === 1
    ? only.value
    : values.map(({ of, value }) => (of === undefined ? value : `${of}=${value}`)).join(" ");
}

/** "strong 32-characters"; "A=strong B=production" where not all of them have to be alike. */
export function qualitiesParameter(figures: readonly Figure[]): string | undefined {
  const qualities = figures.filter(({ name }) => name === "quality");
  const variables = figures.flatMap(({ name, value }) => (name === "variable" ? [value] : []));
  const asked = variables.map((variable) =>
    qualities.flatMap(({ of, value }) => (of === variable ? [value] : [])).join(" "),
  );
  const [first = ""] = asked;
  if (qualities.length === 0) return undefined;
  return asked.every((each) => each === first)
    ? first
    : qualities.map(({ of, value }) => `${of}=${value}`).join(" ");
}

/** What the parameter of a comment says that they have to be like. */
export function qualitiesFrom(parameter: string, variables: readonly string[]): Figure[] {
  return qualityWords(parameter).flatMap((said): Figure[] => {
    const [, of, value] = PAIR.exec(said) ?? [];
    if (of !== undefined && value !== undefined && variables.includes(of))
      return [{ name: "quality", value, said, of }];
    return variables.map((each) => ({ name: "quality", value: said, said, of: each }));
  });
}

/** What the parameter of a comment says, of these variables. */
export function settingsFrom(parameter: string, variables: readonly string[]): Figure[] {
  const pairs = parameter.split(/\s+/).map((each) => PAIR.exec(each));
  const named = pairs.flatMap((pair): Figure[] => {
    const [said, of, value] = pair ?? [];
    const isNamed = of !== undefined && variables.includes(of);
    return isNamed && said !== undefined && value !== undefined ? [{ name: "value", value, said, of }] : [];
  });
  if (named.length === pairs.length) return named;
  const [of] = variables;
  const only = of !== undefined && variables.length === 1 ? { of } : {};
  return [{ name: "value", value: parameter, said: parameter, ...only }];
}

/** "STRIPE_KEY or PAYPAL_KEY": not each of them has to be there. */
const EITHER =
  /\b(?:or|oder|ou|either|optional\w*|unused|deprecated|if (?:used|using|needed|applicable)|opcional\w*|optionnel\w*|facultati\w*|valfri\w*|optioneel)(?![\p{L}])|опциональн|необязательн|tùy chọn|isteğe bağlı|可选|任意|선택/iu;
/** "Unset DEBUG", "never SECRET_KEY in the bundle". */
const NOT =
  /\b(?:unset|remove[ds]?|no|not|never|without|delete[ds]?|revoke[ds]?|absent|empty|blank|nicht|kein\w*|sans|sin|不)\b/iu;

/** What an instance, a pipeline or a platform gives a process: no environment's list of values has them. */
export const GIVEN_BY_MACHINES =
  /^(?:PORT|HOST|HOSTNAME|CI|PATH|HOME|GONOGO_\w+|GITHUB_\w+|GITLAB_\w+|CI_\w+|VERCEL|NPM_TOKEN)$/;

/** Which names of a line are asked for as variables that have a value: "not a test key" asks for one. */
export function asksForVariables({ text, condition }: ParsedItem, figures: readonly Figure[]): boolean {
  if (condition !== undefined) return false;
  const qualities = figures.filter(({ name }) => name === "quality");
  const isLikeThat = qualities.length > 0 && qualities.every(({ value }) => value !== "unset");
  return !EITHER.test(text) && (isLikeThat || !NOT.test(text));
}

/** A live key and an address of customers are production's alone, and a test's key is not. */
export function stageOfQuality(quality: string, stage: Stage | undefined): Stage | "none" | undefined {
  if (/_test_\*$/.test(quality)) return stage === "staging" ? stage : "none";
  if (quality !== "production" && !/_live_\*$/.test(quality)) return stage;
  return stage === "staging" ? "none" : "production";
}

const SAYS_PRODUCTION = /\bprod(?:uction)?\b|生产|本番/iu;
const SAYS_STAGING = /\bstaging\b/i;

/** The environments that a line's values are of: as it says itself, or the nearest heading that does. */
export function stageOf({ text, path }: ParsedItem): Stage | undefined {
  for (const words of [text, ...path.toReversed()]) {
    const [production, staging] = [SAYS_PRODUCTION.test(words), SAYS_STAGING.test(words)];
    if (production !== staging) return production ? "production" : "staging";
    if (production) return undefined;
  }
  return undefined;
}

/** On a developer's machine, which is no environment that is looked at; "not localhost" is asked of those that are. */
export function isOfDevelopment({ text, path }: ParsedItem, figures: readonly Figure[]): boolean {
  const own = figures.reduce(
    (words, { name, said }) => (name === "quality" ? words.replaceAll(said, "") : words),
    text,
  );
  const words = [...path.slice(-2), own].join("\n");
  return /\b(?:local(?:ly)?|localhost|dev(?:elopment)?|laptop|CI|test environment)\b/i.test(words);
}
