import { expect, test } from "vitest";
import { createMask } from "./masking.ts";

test.each([
  ["the value", { API_KEY: "sk_live_51Hx" }, "key sk_live_51Hx!", "key [API_KEY]!"],
  [
    "its password",
    { DATABASE_URL: "postgres://app:s3cr3t%21@db/x" },
    "login s3cr3t%21 or s3cr3t!",
    "login [DATABASE_URL] or [DATABASE_URL]",
  ],
  [
    "the whole address",
    { DATABASE_URL: "postgres://app:s3cr3t@db/x" },
    "at postgres://app:s3cr3t@db/x",
    "at [DATABASE_URL]",
  ],
  [
    "a line of a key",
    { PEM: "-----BEGIN KEY-----\nMIIEvQIBADANBgkq\n-----END KEY-----" },
    "MIIEvQIBADANBgkq",
    "[PEM]",
  ],
  ["it in JSON", { TEXT: 'say "friend"' }, '{"a":"say \\"friend\\""}', '{"a":"[TEXT]"}'],
  ["it in a query", { TEXT: "a b&c=d" }, "?q=a%20b%26c%3Dd", "?q=[TEXT]"],
  ["it in base64", { TOKEN: "open-sesame" }, "Basic b3Blbi1zZXNhbWU=", "Basic [TOKEN]"],
  ["the longer first", { A: "abcd-12", B: "abcd-1234" }, "abcd-1234", "[B]"],
  [
    "nothing plain",
    { NODE_ENV: "production", PORT: "8080", LEVEL: "info", EMPTY: "" },
    "production 8080 info",
    "production 8080 info",
  ],
])("hides %s", (_, variables, text, shown) => {
  expect(createMask(variables)(text)).toBe(shown);
});
