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
  alerts: { thresholds: [] },
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
      if (name === "quality") return [`${of}:${value}${at}`];
      return name === "value" ? [`${of ?? "?"}=${value}${at}`] : [];
    })
    .join(" ");
}

describe("what lines ask of variables", () => {
  it.each([
    [
      "`JWT_REFRESH_SECRET` — 64+ hex chars (different from JWT_SECRET)",
      "JWT_REFRESH_SECRET JWT_SECRET JWT_REFRESH_SECRET:64-characters JWT_REFRESH_SECRET:unlike-JWT_SECRET",
    ],
    [
      "Is SECRET_KEY_BASE different from DEVISE_PEPPER?",
      "SECRET_KEY_BASE DEVISE_PEPPER SECRET_KEY_BASE:unlike-DEVISE_PEPPER",
    ],
    [
      "JWT_SECRET and SESSION_SECRET are not the same",
      "JWT_SECRET SESSION_SECRET SESSION_SECRET:unlike-JWT_SECRET",
    ],
    ["APP_SECRET differs from every other one", "APP_SECRET"],
    ["API_SECRET differs between staging and production", "API_SECRET"],
    ["API_URL differs from WEB_URL", "API_URL WEB_URL"],
    ["`PGSSLMODE=require`", "PGSSLMODE PGSSLMODE=require"],
    ["The app runs with APP_DEBUG=false. Nothing else", "APP_DEBUG APP_DEBUG=false"],
    ["`FILE_END=a.` and on", "FILE_END FILE_END=a."],
    ["Change `LOG_LEVEL=debug` to `info`", "LOG_LEVEL"],
    ["Change `A_MODE=x` to `A_MODE=y`", "A_MODE A_MODE=y"],
    ["`APP_MODE=slow` → `APP_MODE=fast`", "APP_MODE APP_MODE=fast"],
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
    "`ADMIN_PASSWORD=Canary!Pass77word`",
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
    "(Tùy chọn) SENTRY_DSN",
    "`SENTRY_DSN` (facultatif)",
    "`SENTRY_DSN` set, if you use Sentry",
    "`STRIPE_KEY` revoked",
    "`SENTRY_DSN` is empty",
    "`PORT=8000` and `GITHUB_TOKEN` set",
    "`APP_ENV=development` locally",
    "## Local development\n- [ ] `APP_ENV=development`\n",
  ])("does not ask for each of them: %s", (line) => {
    expect(asked(line)).not.toMatch(/^(APP_DEBUG|STRIPE_KEY|SENTRY_DSN|APP_ENV|PORT|GITHUB_TOKEN)(@|=| |$)/);
  });
});

describe("what lines ask values to be like", () => {
  it.each([
    ["JWT_SECRET is long and random", "JWT_SECRET JWT_SECRET:strong"],
    ["Strong `DB_PASSWORD`", "DB_PASSWORD DB_PASSWORD:strong"],
    ["`SECRET_KEY` aléatoire, 50 caractères", "SECRET_KEY SECRET_KEY:strong SECRET_KEY:50-characters"],
    ["设置强随机的 JWT_SECRET（至少32个字符）", "JWT_SECRET JWT_SECRET:strong JWT_SECRET:32-characters"],
    ["JWT_SECRET has 256 random bits", "JWT_SECRET JWT_SECRET:strong JWT_SECRET:256-bits"],
    ["JWT_SECRET (≥32字符)", "JWT_SECRET JWT_SECRET:32-characters"],
    ["COOKIE_SECRET, 32-64 characters", "COOKIE_SECRET COOKIE_SECRET:32-characters"],
    ["JWT_SECRET: 32 characters (256 bits)", "JWT_SECRET JWT_SECRET:32-characters"],
    ["COOKIE_SECRET of 32 bytes", "COOKIE_SECRET COOKIE_SECRET:32-bytes"],
    ["A_SECRET and B_SECRET: openssl rand -hex 32", "A_SECRET B_SECRET B_SECRET:strong A_SECRET:strong"],
    ["A_SECRET set, strong B_SECRET", "A_SECRET B_SECRET B_SECRET:strong"],
    ["API_URL points to production", "API_URL@production API_URL:production@production"],
    ["API_URL is not localhost", "API_URL API_URL:production@production"],
    ["`STRIPE_KEY` is a live key", "STRIPE_KEY STRIPE_KEY:production@production"],
    ["`STRIPE_KEY` starts with `sk_live_`", "STRIPE_KEY STRIPE_KEY:sk_live_*@production"],
    ["`STRIPE_KEY`: sk_test_…", "STRIPE_KEY"],
    ["## Staging\n- [ ] `STRIPE_KEY`: sk_test_…", "STRIPE_KEY@staging STRIPE_KEY:sk_test_*@staging"],
    ["## Staging\n- [ ] `STRIPE_KEY`: sk_live_…", "STRIPE_KEY@staging"],
    ["`STRIPE_KEY` begins with sk_live_, not sk_test_", "STRIPE_KEY STRIPE_KEY:sk_live_*@production"],
    ["`DATABASE_URL` starts with `postgres://`", "DATABASE_URL DATABASE_URL:postgres://*"],
    ["CORS_ORIGINS is not `*`", "CORS_ORIGINS CORS_ORIGINS:no-wildcard"],
    ["DEBUG_TOKEN is not set", "DEBUG_TOKEN:unset"],
    ["Remove DEBUG_TOKEN", "DEBUG_TOKEN:unset"],
  ])("%s", (line, asks) => {
    expect(asked(line)).toBe(asks);
  });

  it.each([
    "The app refuses to start when JWT_SECRET is not random",
    "`JWT_SECRET` is not empty",
    "`JWT_SECRET` must not be blank",
    "`JWT_SECRET` isn't empty",
    "`JWT_SECRET` set and not empty",
    "`STRIPE_KEY` test key removed",
    "`CORS_ORIGIN` wildcard removed",
    "Hardcoded JWT_SECRET fallback removed",
    "`REDIS_URL` optional, can be left empty",
    "`PASSWORD_MIN_LENGTH` is at least 12 characters",
    "Strong `ACCESS_TOKEN_EXPIRE_MINUTES`",
    "`JWT_SECRET` of at most 64 characters",
    "`STRIPE_KEY`: sk_live_… or sk_test_…",
    "`STRIPE_KEY=sk_live_abc`",
    "`SESSION_COOKIE_SECURE` is on",
    "`API_URL` in production",
    "Random `REQUEST_ID` in each answer",
    "`WEBHOOK_SECRET` of the live endpoint: production key",
    "JWT_SECRET is set in production, not in development",
    "`STRIPE_WEBHOOK_SECRET` (live key)",
    "Warn when DEBUG_TOKEN is not set",
    "## Local development\n- [ ] strong `JWT_SECRET`",
  ])("asks for nothing of the kind: %s", (line) => {
    expect(asked(line)).not.toContain(":");
  });

  it("are a parameter of the comment, and believed where somebody put it right there", () => {
    const item = (markdown: string) => parseChecklist(`- [ ] ${markdown}\n`).items.at(-1);
    const parameters = (markdown: string): unknown => {
      const line = item(markdown);
      return line && parametersOf(saidBy(line));
    };
    expect(parameters("A_SECRET and B_SECRET: random, 32 characters")).toEqual({
      variable: "A_SECRET B_SECRET",
      quality: "strong 32-characters",
    });
    expect(parameters("A_SECRET set, strong B_SECRET")).toEqual({
      variable: "A_SECRET B_SECRET",
      quality: "B_SECRET=strong",
    });
    const comment = (words: string): string => `<!-- gonogo: config.env.declared-present (${words}) -->`;
    const alike = 'variable="A_SECRET B_SECRET", quality="strong 32-characters"';
    expect(asked(`A_SECRET and B_SECRET: random, 32 characters ${comment(alike)}`)).toBe(
      asked("A_SECRET and B_SECRET: random, 32 characters"),
    );
    expect(asked(`Strong A_SECRET ${comment("variable=A_SECRET, quality=64-characters")}`)).toBe(
      "A_SECRET A_SECRET:64-characters",
    );
    expect(asked(`\`OLD_KEY\` gone ${comment("variable=OLD_KEY, quality=unset")}`)).toBe("OLD_KEY:unset");
    expect(asked(`Strong A_SECRET ${comment("variable=A_SECRET, quality=none")}`)).toBe("A_SECRET");
    const mistaken = parseChecklist(`- [ ] Strong A_SECRET ${comment("quality=12-chars")}\n`);
    expect(mistaken.problems).toMatchObject([
      { line: 1, what: expect.stringContaining('"12-chars" is no quality of a value'), stops: true },
    ]);
    expect(asked(`The two ${comment('variable="A_KEY B_KEY", quality="A_KEY=strong"')}`)).toBe(
      "A_KEY B_KEY A_KEY:strong",
    );
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
