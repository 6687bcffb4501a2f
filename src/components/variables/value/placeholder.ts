const WHOLE: readonly (readonly [RegExp, string])[] = [
  [
    /^(change[-_ ]?(me|it|this)|replace[-_ ]?(me|this)|fill[-_ ]?(me[-_ ])?in|set[-_ ]?me)\W*$/i,
    "a request to change it",
  ],
  [/^(todo|tbd|tba|fixme|placeholder|dummy|undefined|\.{3,}|-{3,}|_{3,}|\?{2,})\W*$/i, "a note for later"],
  [/^[x*]{3,}$/i, "filled with x or dots"],
  [/^(<[^<>]+>|\[[A-Za-z][\w ./-]*\]|\{\{.+\}\}|\$\{[^{}]+\}|%[A-Z_]+%)$/, "a name in brackets"],
  [/^example$/i, "the word example"],
];
const WITHIN: readonly (readonly [RegExp, string])[] = [
  [/(^|[-_ ./:@])change[-_ ]?me($|[-_ ./:@])/i, "a request to change it"],
  [/(^|[-_ /:@])(insert|put|add|paste|enter)?[-_ ]?your[-_ ]/i, "addressed to you"],
  [/[-_ ]here$/i, "a place to write here"],
  [/(^|[-_/])(x{3,}|X{3,}|\*{3,}|\.{3,})$/, "filled with x or dots"],
  [/(^|[@/.])example\.(com|org|net)(?![\w-])/i, "an address reserved for examples (RFC 2606)"],
];
/** Words that may be a setting ("test", "none") but never a secret. */
const NEVER_A_SECRET = /^(secret|password|passwd|pass|token|key|test|none|null|foo|bar|admin|root|1234\d*)$/i;

/** The rule a value breaks that somebody forgot to fill in; undefined when it looks real. */
export function placeholderRule(text: string, { secret }: { readonly secret: boolean }): string | undefined {
  const value = text.trim();
  const broken =
    WHOLE.find(([pattern]) => pattern.test(value)) ?? WITHIN.find(([pattern]) => pattern.test(value));
  if (broken) return broken[1];
  return secret && NEVER_A_SECRET.test(value) ? "a word of a template" : undefined;
}
