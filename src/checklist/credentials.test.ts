import { describe, expect, it } from "vitest";
import { holdsCredential, withoutCredentials } from "./credentials.ts";

/** Put together here, so that no scanner takes these made-up ones for leaked ones. */
const MADE_UP = "4eC39HqLyjWDarjtT1zdp7dc";

describe("credentials in a list", () => {
  it.each([
    "docker run --user 1000:1000 img",
    "docker run -u node:node app",
    "docker run -u node:staff app",
    "curl -s https://a.example/health && docker run -u node:staff app",
    "chown -u www-data:www-data",
    "curl -u admin:admin https://a.example",
    "curl -u admin:your_password https://a.example",
    "npm_config_registry_override",
    "sk-learn-based-pipeline-deployed",
    "sk_live_YOUR_STRIPE_SECRET_KEY",
    "ghp_xxxxxxxxxxxxxxxxxxxxxxxx",
    "postgres://postgres:postgres@localhost:5432/app",
    "postgres://app:app_of_test@localhost/app",
    "postgres://postgres:postgres@db:5432/app",
    "postgres://user:your_password@host",
    "AKIAIOSFODNN7EXAMPLE",
    "Authorization: Bearer your-token-of-2024",
    "Authorization: Bearer ACCESS_TOKEN_OF_ADMIN",
    "JWT_SECRET=your-256-bit-secret",
    "SECRET_KEY=<50 random characters>",
    "JWT_SECRET=$(openssl rand -base64 32)",
    `SESSION_SECRET=${"$"}{SESSION_SECRET_2}`,
    "SECRET_KEY=process.env.SECRET_KEY_1",
    "SECRET_KEY: 32+ random characters",
    "JWT_SECRET: at least 32 characters",
    "TOKEN_TTL=1200s-and-2-more",
    "DB_PASSWORD=/run/secrets/db_password_1",
    "API_KEY=changeme-12345",
  ])("are not: %s", (text) => {
    expect(holdsCredential(text)).toBe(false);
  });

  it.each([
    `STRIPE_KEY=sk_live_${MADE_UP}`,
    `ghp_${MADE_UP}`,
    `npm_${MADE_UP}`,
    `sk-${MADE_UP}`,
    `sk-proj-${MADE_UP}`,
    `sk-ant-api03-${MADE_UP}`,
    `AKIA${"IOSFODNN7QWERTYU"}`,
    "postgres://admin:hunter2secret@db.example/app",
    "postgres://root:administr8tor@db.example/app",
    "postgres://admin:hunter2secret@localhost.example.org/app",
    "redis://:hunter2secret@cache.example:6379",
    "curl -u admin:hunter2secret https://a.example/x",
    "curl 'https://a.example/?a=1&b=2' --user 'admin:hunter2secret'",
    "curl https://a.example/x \\\n  -u admin:hunter2secret",
    "wget --user=admin:hunter2secret https://a.example/x",
    `Authorization: Bearer ${MADE_UP}`,
    `https://a.example/?token=${MADE_UP}`,
    "JWT_SECRET=f83jf83jf83jfj38fj38fj3",
    "SMTP_PASSWORD=Tr0ub4dor&3x",
    `API_KEY: ${MADE_UP}`,
    'curl -H "Authorization: Bearer abcdefghijklmnopqrs" https://a.example',
    // A placeholder takes nothing away from what stands beside it.
    `sk_live_YOUR_STRIPE_SECRET_KEY or sk_live_${MADE_UP}`,
  ])("are: %s", (text) => {
    expect(holdsCredential(text)).toBe(true);
  });

  it.each([
    [`STRIPE_KEY=sk_live_${MADE_UP} is set`, "STRIPE_KEY=… is set"],
    ["postgres://admin:hunter2secret@db.example/app", "postgres://admin:…@db.example/app"],
    ["curl https://a.example/x \\\n  -u admin:hunter2secret", "curl https://a.example/x \\\n  -u admin:…"],
    [`Authorization: Bearer ${MADE_UP}`, "Authorization: Bearer …"],
    [
      "  -----BEGIN RSA PRIVATE KEY-----\r\n  MIIEvQ\r\n  abc\r\n  -----END RSA PRIVATE KEY-----\r\nNext",
      "  …\r\n  …\r\n  …\r\n  -----END RSA PRIVATE KEY-----\r\nNext",
    ],
    ["curl -u admin:your_password https://a.example", "curl -u admin:your_password https://a.example"],
  ])("are left out, and nothing else: %s", (text, told) => {
    expect(withoutCredentials(text)).toBe(told);
  });
});
