const SECRET_WORDS =
  /(secret|token|password|passwd|passphrase|credential|private|apikey|salt|dsn|_key|key$)/i;
const SHOWN_LENGTH = 40;

/** Whether a name speaks of something that must not be shown. */
export function isSecretName(name: string): boolean {
  return SECRET_WORDS.test(name);
}

/**
 * Whether a text may be a credential whatever it is called: a known prefix, an address with a password, a long
 * run of letters and digits.
 */
export function looksLikeCredential(text: string): boolean {
  return (
    /^(?:[spr]k_(?:live|test)_|sk-|whsec_|gh[pousr]_|github_pat_|glpat-|xox[abprs]-|AKIA|ASIA|AIza|npm_|SG\.|eyJ)/.test(
      text,
    ) ||
    /:\/\/[^/\s]*@/.test(text) ||
    /-----BEGIN/.test(text) ||
    /(?=[\w+/=-]*\d)(?=[\w+/=-]*[A-Za-z])[\w+/=-]{16,}/.test(text)
  );
}

/** How a value that is not there is shown. */
export const NOTHING = "nothing";

/** A value as a message may show it: whole when it is short and harmless, else only its kind and size. */
export function shown(value: unknown, path: readonly PropertyKey[]): string {
  if (value === undefined) return NOTHING;
  if (value === null) return "null";
  if (Array.isArray(value)) return value.length === 1 ? "a list of 1" : `a list of ${value.length}`;
  if (typeof value === "object") return "an object";
  const isSecret = path.some((key) => typeof key === "string" && isSecretName(key));
  if (typeof value !== "string") return isSecret ? `a ${typeof value}` : String(value);
  const isHarmless = !isSecret && value.length <= SHOWN_LENGTH && !looksLikeCredential(value);
  return isHarmless ? JSON.stringify(value) : `text of ${value.length} characters`;
}

/** Takes what may be a credential out of words that somebody else wrote. */
export function withoutCredentials(text: string): string {
  return text.replace(/[^\s"'`(),;]+/g, (word) => (looksLikeCredential(word) ? "[hidden]" : word));
}

/** "components.db.invariants["wallet equals ledger"]", as one would write it in the file. */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === "number") return `${text}[${key}]`;
    const name = String(key);
    if (!/^[A-Za-z_$][\w$-]*$/.test(name)) return `${text}[${JSON.stringify(name)}]`;
    return text === "" ? name : `${text}.${name}`;
  }, "");
}
