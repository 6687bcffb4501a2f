import type { Variables } from "../model/variable.ts";

const SHORTEST_TELLING = 6;

/** Text of an answer, fit to be shown: without the values of secret variables and passwords in addresses. */
export function masked(text: string, { declared, values }: Variables): string {
  const secrets = declared
    .filter(({ secret }) => secret)
    .map(({ name }) => ({ name, text: values.get(name)?.value.reveal() ?? "" }))
    .filter((each) => each.text.length >= SHORTEST_TELLING)
    // Longest first: one value may hold another.
    .sort((a, b) => b.text.length - a.text.length);
  return secrets
    .reduce((rest, { name, text: value }) => rest.replaceAll(value, `[${name}]`), text)
    .replace(/:\/\/[^\s/:@"']{0,100}:[^\s/@"']{1,200}@/g, "://[secret]@");
}

/** An address without its query, which may carry a token and differs from one request to the next. */
export function withoutQuery(url: string): string {
  return url.split(/[?#]/)[0] ?? url;
}
