import { describe, expect, it } from "vitest";
import type { Item } from "../model/item.ts";
import type { Launch } from "../model/launch.ts";
import { heldAgainst, parametersOf, saidBy } from "./line-figures.ts";
import { parseChecklist } from "./markdown/parse.ts";

const NOTHING = {
  checklist: "LAUNCH.md",
  components: [],
  environments: [],
  variables: [],
  promises: { latency: {} },
} as unknown as Launch;

function lineOf(markdown: string): Item | undefined {
  return heldAgainst(NOTHING, parseChecklist(markdown).items).at(-1);
}

/** What the last line asks of variables. */
function asked(line: string): string {
  const asks = lineOf(line.startsWith("#") ? line : `- [ ] ${line}\n`)?.asks ?? [];
  return asks
    .flatMap(({ name, of, value, stage = "" }) => {
      const at = stage && `@${stage}`;
      if (name === "variable") return [`${value}${at}`];
      return name === "value" ? [`${of ?? "?"}=${value}${at}`] : [];
    })
    .join(" ");
}

describe("what lines ask of variables", () => {
  it.each([
    ["`PGSSLMODE=require`", "PGSSLMODE PGSSLMODE=require"],
    ["Set LOG_FORMAT to json", "LOG_FORMAT LOG_FORMAT=json"],
    ["Switch `LOG_FORMAT` to `json`", "LOG_FORMAT LOG_FORMAT=json"],
    ["LOG_FORMAT is set to `json` in the web process", "LOG_FORMAT LOG_FORMAT=json"],
    ["`LOG_FORMAT`: `json`", "LOG_FORMAT LOG_FORMAT=json"],
    ["`A_MODE=x` and `B_MODE=y`", "A_MODE A_MODE=x B_MODE B_MODE=y"],
    ["`APP_ENV=production` in production", "APP_ENV@production APP_ENV=production@production"],
    ["## Staging\n- [ ] `APP_ENV=staging`\n", "APP_ENV@staging APP_ENV=staging@staging"],
    ["`API_URL=https://api.soulseer.com`", "API_URL API_URL=https://api.soulseer.com"],
    ["`STRIPE_SECRET_KEY` set", "STRIPE_SECRET_KEY"],
    ["`CORS_HOSTS=a.io,b.io`, checked", "CORS_HOSTS CORS_HOSTS=a.io,b.io"],
    ["`NODE_OPTIONS=--trace-warnings --use-openssl-ca`", "NODE_OPTIONS"],
    ["CORS_HOSTS=a.io,b.io in the environment", "CORS_HOSTS"],
    ["LOG_KINDS is set to `web,jobs`", "LOG_KINDS"],
  ])("%s", (line, asks) => {
    expect(asked(line)).toBe(asks);
  });

  it.each([
    "`API_URL=https://your-domain.com`",
    "`API_URL=https://api.example.com`",
    "`API_KEY=xxx`",
    "`API_KEY=sk_live_...`",
    "`API_KEY=sk_live_`",
    "`API_KEY=<from the vault>`",
    "`DATABASE_URL=postgres://user:password@host:5432/db`",
    "`LOG_LEVEL=debug|info`",
    "API_URL set to production",
    "LOG_LEVEL is set appropriately",
    "LOG_LEVEL set to appropriate",
    "`SECRET_KEY=your-secret`",
    "`LOG_FORMAT` (e.g. `LOG_FORMAT=json`)",
    "Add SENTRY_LEVEL to production.",
    "Copy `FEATURE_FLAG` to vercel",
    "`DB_SSL` is enabled",
    "`DB_SSL` is on",
    "`CACHE_TTL` is tuned",
    "Change `A_MODE=x` to `A_MODE=y`",
    "`A_MODE=x` (staging: `A_MODE=y`)",
    "Set APP_ENV to production or staging",
    "`APP_ENV=production` or `staging`",
    "DB_SCHEMA is set to main (or your own schema)",
  ])("asks for no value: %s", (line) => {
    expect(asked(line)).not.toContain("=");
  });

  it.each([
    "`APP_DEBUG=true` never set",
    "No `APP_DEBUG=true` in production",
    "`STRIPE_KEY` or `PAYPAL_KEY` set",
    "`SENTRY_DSN` optional",
    "`STRIPE_KEY` revoked",
    "`SENTRY_DSN` is empty",
    "`PORT=8000` and `GITHUB_TOKEN` set",
    "`APP_ENV=development` locally",
    "## Local development\n- [ ] `APP_ENV=development`\n",
  ])("does not ask for each of them: %s", (line) => {
    expect(asked(line)).not.toMatch(/^(APP_DEBUG|STRIPE_KEY|SENTRY_DSN|APP_ENV|PORT|GITHUB_TOKEN)(@|=| |$)/);
  });
});

describe("what a comment says of values", () => {
  function heldBy(line: string): string {
    const [item] = parseChecklist(`- [ ] ${line}\n`).items;
    return item ? JSON.stringify(parametersOf(saidBy(item))) : "";
  }
  const check = (parameters: string): string =>
    `<!-- gonogo: config.env.declared-present (${parameters}) -->`;

  it("says whose each is where there are several", () => {
    expect(heldBy("`A_MODE=x` and `B_MODE=y`")).toBe(
      '{"variable":"A_MODE B_MODE","value":"A_MODE=x B_MODE=y"}',
    );
    const written = check('variable="A_MODE B_MODE", value="A_MODE=x B_MODE=y"');
    expect(asked(`\`A_MODE=x\` and \`B_MODE=y\` ${written}`)).toBe("A_MODE B_MODE A_MODE=x B_MODE=y");
    // As it was written before it said whose.
    expect(asked(`\`A_MODE=x\` and \`B_MODE=y\` ${check('variable="A_MODE B_MODE", value=x')}`)).toBe(
      "A_MODE B_MODE A_MODE=x B_MODE=y",
    );
  });

  it("is believed over the words", () => {
    expect(asked(`\`A_MODE=x\` ${check("variable=A_MODE, value=z")}`)).toBe("A_MODE A_MODE=z");
    expect(asked(`A_MODE ${check("variable=A_MODE, value=z")}`)).toContain("A_MODE=z");
    expect(asked(`\`A_MODE=x\`, B_MODE ${check('variable="A_MODE B_MODE", value="B_MODE=z"')}`)).toContain(
      "B_MODE=z",
    );
  });
});
