import { createMask } from "../../model/masking.ts";
import type { Variables } from "../../model/variable.ts";

/** Text of an answer, fit to be shown: without the values of secret variables and passwords in addresses. */
export function masked(text: string, { declared, values }: Variables): string {
  const secrets = declared
    .filter(({ secret }) => secret)
    .map(({ name }) => [name, values.get(name)?.value.reveal() ?? ""] as const);
  return createMask(Object.fromEntries(secrets))(text).replace(
    /:\/\/[^\s/:@"']{0,100}:[^\s/@"']{1,200}@/g,
    "://[secret]@",
  );
}

/** An address without its query, which may carry a token and differs from one request to the next. */
export function withoutQuery(url: string): string {
  return url.split(/[?#]/)[0] ?? url;
}
