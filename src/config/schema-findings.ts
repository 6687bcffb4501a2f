import { z } from "zod";
import { meantValue } from "./meant-value.ts";
import { nearest, type UnplacedMistake } from "./mistakes.ts";
import { keysAt } from "./schema-keys.ts";
import { NOTHING, shown, withoutCredentials } from "./showing.ts";

type Issue = z.core.$ZodIssue;

export type Judged<Output> =
  | { readonly ok: true; readonly output: Output }
  | { readonly ok: false; readonly findings: readonly UnplacedMistake[] };

/** Asks a schema and turns everything it refuses into findings under `path`. */
export function judgeBySchema<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  path: readonly PropertyKey[],
): Judged<z.output<Schema>> {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return { ok: true, output: result.data };
  const findings = result.error.issues.flatMap((issue) => findingsOf(issue, [], { schema, value, path }));
  return { ok: false, findings: withoutMissingTwins(findings) };
}

/** A mistyped key is not also a missing one. */
function withoutMissingTwins(findings: readonly UnplacedMistake[]): UnplacedMistake[] {
  const meant = new Set(
    findings.flatMap(({ path, didYouMean }) =>
      didYouMean === undefined ? [] : [JSON.stringify([...path.slice(0, -1), didYouMean])],
    ),
  );
  return findings.filter(({ path, found }) => found !== NOTHING || !meant.has(JSON.stringify(path)));
}

interface Asked {
  readonly schema: z.ZodType;
  readonly value: unknown;
  readonly path: readonly PropertyKey[];
}

/** `above` is the path of the union an issue was found in: zod tells it relative to that. */
function findingsOf(issue: Issue, above: readonly PropertyKey[], asked: Asked): UnplacedMistake[] {
  const inside = [...above, ...issue.path];
  const path = [...asked.path, ...inside];
  const value = valueAt(asked.value, inside);
  const finding = (expected: string, fix: string, didYouMean?: string): UnplacedMistake => ({
    path,
    expected: withoutCredentials(expected),
    found: shown(value, path),
    didYouMean,
    fix: withoutCredentials(fix),
  });
  if (issue.code === "invalid_key") return [unfitName(issue, path)];
  const own = ownWords(issue);
  if (own !== undefined && issue.code !== "unrecognized_keys")
    return [finding(own, fixFor(own, value, path))];
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => unknownKey(key, inside, asked));
    case "invalid_union":
      return unionFindings(issue, inside, asked, finding);
    case "invalid_value":
      return [choice(issue.values, value, path, finding)];
    default: {
      const expected = wordsForText(issue, value, { asked, inside }) ?? expectedWords(issue);
      return [finding(expected, fixFor(expected, value, path))];
    }
  }
}

/** Where text is expected and a number or nothing stands: what the author asks of the text, had it been one. */
function wordsForText(
  issue: Issue,
  value: unknown,
  { asked, inside }: { asked: Asked; inside: readonly PropertyKey[] },
): string | undefined {
  if (issue.code !== "invalid_type" || issue.expected !== "string") return undefined;
  if (typeof value === "object" && value !== null) return undefined;
  const text = value === undefined ? "" : String(value);
  const again = asked.schema.safeParse(withValueAt(asked.value, inside, text));
  const place = JSON.stringify(inside);
  const same = again.error?.issues.find((each) => JSON.stringify(each.path) === place);
  return same && ownWords(same);
}

function withValueAt(whole: unknown, [key, ...rest]: readonly PropertyKey[], value: unknown): unknown {
  if (key === undefined) return value;
  const inner = withValueAt(valueAt(whole, [key]), rest, value);
  if (Array.isArray(whole)) return whole.map((each: unknown, index) => (index === key ? inner : each));
  return { ...(whole as object), [key]: inner };
}

function unfitName(
  issue: Extract<Issue, { code: "invalid_key" }>,
  path: readonly PropertyKey[],
): UnplacedMistake {
  const [reason] = issue.issues;
  const expected = (reason && ownWords(reason)) ?? "a name of another form";
  return { path, expected, found: `the name ${shown(String(path.at(-1)), [])}`, fix: "rename it" };
}

function unknownKey(key: string, inside: readonly PropertyKey[], { schema, path }: Asked): UnplacedMistake {
  const known = keysAt(schema, inside);
  const near = nearest(key, known);
  return {
    path: [...path, ...inside, key],
    expected: known.length > 0 ? `one of ${known.join(", ")}` : "no such key",
    found: `the unknown key ${shown(key, [])}`,
    didYouMean: near,
    fix: near === undefined ? "remove it" : `rename it to ${near}`,
  };
}

function unionFindings(
  issue: Extract<Issue, { code: "invalid_union" }>,
  inside: readonly PropertyKey[],
  asked: Asked,
  finding: (expected: string, fix: string, didYouMean?: string) => UnplacedMistake,
): UnplacedMistake[] {
  const { options } = issue as { options?: readonly unknown[] };
  const value = valueAt(asked.value, inside);
  if (options) return [choice(options, value, inside, finding)];
  // The branch whose own type fits is the one that was meant.
  const meant = issue.errors
    .filter((branch) => !branch.some((each) => each.path.length === 0 && each.code === "invalid_type"))
    .sort((a, b) => a.length - b.length)[0];
  if (meant) return meant.flatMap((each) => findingsOf(each, inside, asked));
  const expected = [
    ...new Set(issue.errors.flat().map((each) => ownWords(each) ?? expectedWords(each))),
  ].join(" or ");
  return [finding(expected, fixFor(expected, value, inside))];
}

function choice(
  options: readonly unknown[],
  value: unknown,
  path: readonly PropertyKey[],
  finding: (expected: string, fix: string, didYouMean?: string) => UnplacedMistake,
): UnplacedMistake {
  const words = options.map((each) => JSON.stringify(each));
  const near = typeof value === "string" ? nearest(value, options.map(String)) : undefined;
  const expected = words.length === 1 ? (words[0] ?? "") : `one of ${words.join(", ")}`;
  return finding(
    expected,
    near === undefined ? fixFor(expected, value, path) : `write ${JSON.stringify(near)}`,
    near,
  );
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  tuple: "a list",
  object: "an object",
  record: "an object",
  null: "null",
  undefined: "nothing",
};

function expectedWords(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return TYPE_WORDS[issue.expected] ?? issue.expected;
    case "too_small":
      return bound(issue.origin, issue.inclusive === false ? "more than" : "at least", issue.minimum);
    case "too_big":
      return bound(issue.origin, issue.inclusive === false ? "less than" : "at most", issue.maximum);
    case "invalid_format":
      if (issue.pattern?.includes("(ms|s|m|h|d|w)")) return 'a duration such as "30s"';
      return issue.pattern === undefined
        ? `text that is a valid ${issue.format}`
        : `text of the form ${issue.pattern}`;
    case "not_multiple_of":
      return `a multiple of ${issue.divisor}`;
    default:
      return issue.message;
  }
}

function bound(origin: string, word: string, limit: number | bigint): string {
  if (origin === "string") return `text of ${word} ${limit} characters`;
  if (origin === "array" || origin === "set") return `a list of ${word} ${limit}`;
  return `a number of ${word} ${limit}`;
}

/** What the schema's author wrote for this issue instead of zod's own words. */
function ownWords(issue: Issue): string | undefined {
  const usual = english(issue as z.core.$ZodRawIssue);
  const usualText = typeof usual === "string" ? usual : usual?.message;
  return issue.message === usualText ? undefined : issue.message.replace(/^expected\s+/i, "");
}

const english = z.locales.en().localeError;

function fixFor(expected: string, value: unknown, path: readonly PropertyKey[]): string {
  const key = path.at(-1);
  const name = typeof key === "string" ? key : "it";
  const example = /\bsuch as (.+)$/.exec(expected)?.[1];
  if (value === undefined && expected.startsWith("either ")) return `add ${expected}`;
  if (value === undefined) return `add ${name}: ${example ?? expected}`;
  const meant = meantValue(expected, value, path);
  if (meant !== undefined) return meant;
  return example === undefined ? `write ${expected}` : `write it like ${example}`;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, key) =>
      typeof at === "object" && at !== null ? (at as Record<PropertyKey, unknown>)[key] : undefined,
    value,
  );
}
