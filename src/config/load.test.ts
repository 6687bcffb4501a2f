import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { testRegistry } from "../../test/fixtures/declared-kinds.ts";
import { UserError } from "../model/errors.ts";
import { openDoors } from "../system/doors.ts";
import type { LoadResult } from "./load.ts";
import { loadLaunch } from "./load.ts";
import type { Mistake } from "./mistakes.ts";
import { createDeclarationRunner } from "./run-declaration.ts";

const doors = openDoors();
const declarations = createDeclarationRunner();
let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "gonogo-test-config-"));
});
afterEach(() => rm(directory, { recursive: true }));

async function load(text: string, options: { name?: string; timeoutMs?: number } = {}): Promise<LoadResult> {
  const { name = "gonogo.config.ts", ...rest } = options;
  await writeFile(join(directory, name), text);
  return loadLaunch({
    directory,
    ...testRegistry,
    doors,
    declarations,
    signal: AbortSignal.timeout(30_000),
    ...rest,
  });
}

async function mistakesOf(text: string): Promise<readonly Mistake[]> {
  const result = await load(text);
  if (result.ok) throw new Error("the declaration was found sound");
  return result.mistakes;
}

async function errorOf(
  text: string,
  options: { name?: string; timeoutMs?: number } = {},
): Promise<UserError> {
  const thrown: unknown = await load(text, options).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (thrown instanceof UserError) return thrown;
  throw new Error(`expected a UserError, got ${String(thrown)}`);
}

const GOOD = `
import { defineLaunch, web, database, local } from "gonogo";
import type { Duration } from "gonogo";

const drain: Duration = "10s";

export default defineLaunch({
  name: "soulseer",
  components: {
    api: web({ start: "node server.js" }),
    db: database({ backup: { every: "1d" } }),
  },
  variables: { API_TOKEN: { type: "string", minLength: 8 }, PORT: { type: "port", default: "3000" } },
  promises: { availability: "99.9%", latency: { p95: "500ms" }, errors: "1%", rollback: "15m" },
  environments: {
    staging: { target: local(), variables: ".env.staging" },
    production: { target: local(), domain: "soulseer.example", variables: { command: "op read x", process: true } },
  },
  deploy: { drain },
});
`;

describe("a sound declaration", () => {
  test("becomes a launch with everything filled in", async () => {
    const result = await load(GOOD);
    if (!result.ok) throw new Error(JSON.stringify(result.mistakes, undefined, 2));
    const { launch } = result;
    expect(launch).toMatchObject({ name: "soulseer", directory, checklist: undefined });
    expect(launch.components.map(({ name, kind, options }) => [name, kind.kind, options])).toEqual([
      ["api", "web", { start: "node server.js", path: "/" }],
      ["db", "database", { backup: { every: "1d" }, variable: "DATABASE_URL" }],
    ]);
    expect(
      launch.variables.map(({ name, declaredBy, secret, required }) => [name, declaredBy, secret, required]),
    ).toEqual([
      ["API_TOKEN", "launch", true, true],
      ["PORT", "launch", false, true],
      ["DATABASE_URL", "db (database)", true, true],
    ]);
    expect(launch.variables[0]?.is).toEqual({ type: "string", minLength: 8 });
    expect(launch.promises).toEqual({
      availability: 0.999,
      latency: { p95Ms: 500 },
      errors: 0.01,
      rollbackMs: 900_000,
    });
    expect(launch.environments).toEqual([
      {
        name: "staging",
        stage: "staging",
        target: { kind: "local", options: { port: 8_443 } },
        variables: {
          file: ".env.staging",
          command: undefined,
          process: false,
          declaredAt: `${join(directory, "gonogo.config.ts")}:16:33`,
        },
        domain: undefined,
        allows: ["read", "active"],
      },
      {
        name: "production",
        stage: "production",
        target: { kind: "local", options: { port: 8_443 } },
        variables: {
          file: undefined,
          command: "op read x",
          process: true,
          declaredAt: `${join(directory, "gonogo.config.ts")}:17:64`,
        },
        domain: "soulseer.example",
        allows: ["read"],
      },
    ]);
    expect(launch.deploy).toMatchObject({ drainMs: 10_000, bakeMs: 60_000, keep: 5, onBadBake: "rollback" });
  });

  test("may say who is told, and what goes back by itself", async () => {
    const result = await load(
      GOOD.replace("local }", "local, slack, twilio }").replace(
        "deploy: {",
        `alerts: {
          channels: { oncall: slack(), phone: twilio({ account: "AC${"0".repeat(32)}", from: "+15005550006", to: ["+4915112345678"] }) },
          routes: [{ severity: ["P0"], to: ["oncall", "phone"] }, { to: ["oncall"] }],
          escalation: [{ after: "5m", to: ["phone"] }],
          thresholds: [{ errors: "5%" }, { p95: "2s", over: "10m" }],
          maintenance: [{ name: "sunday", cron: "0 3 * * 0", timeZone: "Europe/Berlin", lasts: "1h" }],
        },
        deploy: { rollbackOn: [{ errors: "5%" }, { component: "db" }, { availability: "99%", over: "2h" }], `,
      ),
    );
    if (!result.ok) throw new Error(JSON.stringify(result.mistakes));
    const { alerts, variables, deploy } = result.launch;
    expect(alerts.channels.map(({ name, kind }) => [name, kind.kind])).toEqual([
      ["oncall", "slack"],
      ["phone", "twilio"],
    ]);
    expect(alerts.routes).toEqual([{ severities: ["P0"], to: ["oncall", "phone"] }, { to: ["oncall"] }]);
    expect(alerts.grouping).toMatchObject({ gatherMs: 30_000, everyMs: 300_000, repeatMs: 14_400_000 });
    expect(alerts.thresholds).toEqual([
      { of: "errors", above: 0.05, overMs: 300_000 },
      { of: "p95", aboveMs: 2_000, overMs: 600_000 },
    ]);
    expect(
      variables.filter((each) => each.readBy === "nobody").map(({ name, declaredBy }) => [name, declaredBy]),
    ).toEqual([
      ["SLACK_WEBHOOK_URL", "oncall (slack)"],
      ["TWILIO_AUTH_TOKEN", "phone (twilio)"],
    ]);
    expect(deploy.rollbackOn).toEqual([
      { on: "errors", above: 0.05 },
      { on: "component", component: "db" },
      { on: "availability", below: 0.99, overMs: 7_200_000 },
    ]);
  });

  test("tells every mistake about alerts at once", async () => {
    const mistakes = await mistakesOf(
      GOOD.replace("local }", "local, slack, twilio }").replace(
        "deploy: {",
        `alerts: {
          channels: { oncall: slack({ webhok: "X" }), phone: twilio({ account: "AC1" }) },
          routes: [{ to: ["on-call"] }, { components: ["billing"], to: [] }],
          escalation: [{ after: "1m", to: ["phone"] }],
          thresholds: [{ errors: "5%", over: "10s" }, { p90: "2s" }, { errors: "5%", p95: "2s" }],
          maintenance: [{ name: "x", cron: "daily", timeZone: "Mars/Base", lasts: "1h" }],
        },
        watch: { every: { "postgres.no": "5s" } },
        deploy: { rollbackOn: [{ component: "dbb" }, { check: "postgres.no" }], `,
      ),
    );
    expect(mistakes.map(({ path, didYouMean }) => [path, didYouMean])).toEqual([
      ["alerts.channels.oncall.webhok", "webhook"],
      ["alerts.channels.phone.from", undefined],
      ["alerts.channels.phone.to", undefined],
      ["alerts.channels.phone.account", undefined],
      ["alerts.thresholds[0].over", undefined],
      ["alerts.thresholds[1].p90", "p50"],
      ["alerts.thresholds[2]", undefined],
      ["alerts.maintenance[0].cron", undefined],
      ["alerts.maintenance[0].timeZone", undefined],
      ['watch.every["postgres.no"]', undefined],
      ["deploy.rollbackOn[0].component", "db"],
      ["deploy.rollbackOn[1].check", undefined],
    ]);
  });

  test("tells a threshold that is declared twice, however it is spelt, and a promise for one time twice", async () => {
    const mistakes = await mistakesOf(
      GOOD.replace("deploy: {", "alerts: { thresholds: TWICE }, deploy: {")
        .replace(
          "TWICE",
          '[{ errors: "5%" }, { p95: "2s", over: "10m" }, { errors: "5.0%", over: "300s" }, { p95: "2000ms", over: "10m" }, { p95: "2s" }]',
        )
        .replace('availability: "99.9%"', 'availability: { "7d": "99.9%", "168h": "99%", "8d": "99.9%" }'),
    );
    expect(mistakes.map(({ path, found, fix }) => [path, found, fix])).toEqual([
      [
        'promises.availability["168h"]',
        'a second share for the same time as "7d"',
        "keep one of the two: a time is promised once",
      ],
      [
        "alerts.thresholds[2]",
        '{ errors: "5%", over: "5m" }, which is thresholds[0] already',
        "remove one of the two, or give it another figure or another over",
      ],
      [
        "alerts.thresholds[3]",
        '{ p95: "2s", over: "10m" }, which is thresholds[1] already',
        "remove one of the two, or give it another figure or another over",
      ],
    ]);
    expect(mistakes.map(({ line }) => line)).not.toContain(undefined);
  });

  test("tells names in alerts that nothing has", async () => {
    const mistakes = await mistakesOf(
      GOOD.replace("local }", "local, slack }").replace(
        "deploy: {",
        `alerts: {
          channels: { oncall: slack() },
          routes: [{ to: ["on-call"] }, { components: ["billing"], to: [] }],
          escalation: [{ after: "1m", to: ["oncall"] }],
        },
        deploy: {`,
      ),
    );
    expect(mistakes.map(({ path, didYouMean }) => [path, didYouMean])).toEqual([
      ["alerts.routes[0].to", "oncall"],
      ["alerts.routes[1].components", undefined],
      ["alerts.escalation[0].after", undefined],
    ]);
  });

  test("its configuration is a hash of what it says, not of how it is written", async () => {
    const hashOf = async (text: string): Promise<string> => {
      const result = await load(text);
      return result.ok ? result.launch.configuration : "not sound";
    };
    const first = await hashOf(GOOD);
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(
      await hashOf(GOOD.replace('name: "soulseer",', "").replace("deploy: {", 'name: "soulseer", deploy: {')),
    ).toBe(first);
    expect(await hashOf(GOOD.replace("99.9%", "99%"))).not.toBe(first);
    const moved = GOOD.replace('name: "soulseer",', 'name: "soulseer", launchAt: "2026-12-01T09:00+01:00",');
    expect(await hashOf(moved)).toBe(first);
  });

  test("says when the launch is and what is asked of people", async () => {
    const said = (text: string) =>
      load(GOOD.replace('name: "soulseer",', `name: "soulseer", ${text},`)).then((result) =>
        result.ok
          ? { launchAt: result.launch.launchAt, people: result.launch.people }
          : result.mistakes.map(({ path, expected }) => [path, expected]),
      );
    const day = 86_400_000;
    expect(
      await said(
        'launchAt: "2026-12-01T09:00+01:00", people: { approverDiffers: true, longestWaiver: "7d" }',
      ),
    ).toEqual({
      launchAt: Date.UTC(2026, 11, 1, 8),
      people: { approverDiffers: true, roles: {}, longestSignOffMs: 365 * day, longestWaiverMs: 7 * day },
    });
    expect(await said('launchAt: "2026-12-01 09:00", people: { roles: { cto: [] } }')).toEqual([
      ["launchAt", expect.stringContaining("a time with its zone")],
      ["people.roles.cto", "at least one name"],
    ]);
  });

  test.each(["gonogo.config.mts", "gonogo.config.js", "gonogo.config.mjs"])("may be %s", async (name) => {
    const text = name.endsWith("ts") ? GOOD : GOOD.replace(/import type.*\n/, "").replace(": Duration", "");
    expect((await load(text, { name })).ok).toBe(true);
  });

  test("may be a promise, in a CommonJS project, with imports of its own, under another name", async () => {
    await writeFile(join(directory, "package.json"), '{"type":"commonjs"}');
    await writeFile(join(directory, "more.mts"), "export const start: string = 'node server.js';");
    const text = `
      import { defineLaunch, web, local } from "gonogo";
      import { start } from "./more.mts";
      export default Promise.resolve(defineLaunch({
        name: "a", components: { api: web({ start }) }, environments: { staging: { target: local() } } }));`;
    await mkdir(join(directory, "deep"));
    await writeFile(join(directory, "deep", "other.ts"), text.replace("./more", "../more"));
    const file = "deep/other.ts";
    const result = await loadLaunch({
      directory,
      file,
      ...testRegistry,
      doors,
      declarations,
      signal: AbortSignal.timeout(9_000),
    });
    expect(result.ok && result.launch.directory).toBe(join(directory, "deep"));
  });
});

describe("mistakes come all at once", () => {
  test("each with its place, what was expected and found, and a fix", async () => {
    const mistakes = await mistakesOf(`import { defineLaunch, web, database, local } from "gonogo";
export default defineLaunch({
  name: "Soul Seer",
  components: {
    api: web({ strat: "node server.js" }),
    db: database({ backup: { every: "1x" } }),
    "Bad Name": web({ start: "a", path: "/b" }),
  },
  promisses: {},
  variables: { LEVEL: { type: "enum", values: "info" }, PORT: { type: "prt" } },
  environments: { staging: { target: local({ port: "80" }), domain: "https://x.example", stage: "stagging" } },
  deploy: { keep: 0, bake: 5 },
});`);
    expect(
      mistakes.map(({ path, line, column, expected, found, didYouMean, fix }) => [
        `${path} ${line}:${column}`,
        expected,
        found,
        didYouMean,
        fix,
      ]),
    ).toMatchInlineSnapshot(`
      [
        [
          "name 3:3",
          "lower-case words joined by hyphens, such as "billing-worker"",
          ""Soul Seer"",
          undefined,
          "write "soul-seer"",
        ],
        [
          "components.api.strat 5:16",
          "one of start, path",
          "the unknown key "strat"",
          "start",
          "rename it to start",
        ],
        [
          "components.db.backup.every 6:30",
          "a duration such as "30s"",
          ""1x"",
          undefined,
          "write it like "30s"",
        ],
        [
          "components["Bad Name"] 7:5",
          "lower-case words joined by hyphens, such as "billing-worker"",
          "the name "Bad Name"",
          undefined,
          "rename it",
        ],
        [
          "promisses 9:3",
          "one of name, checklist, components, variables, promises, environments, deploy, launchAt, people, alerts, backups, store, watch, figures, load, answers, statusPage",
          "the unknown key "promisses"",
          "promises",
          "rename it to promises",
        ],
        [
          "variables.LEVEL.values 10:39",
          "a list",
          ""info"",
          undefined,
          "write ["info"]",
        ],
        [
          "variables.PORT.type 10:65",
          "one of "string", "url", "integer", "port", "boolean", "enum", "duration", "hex"",
          ""prt"",
          "port",
          "write "port"",
        ],
        [
          "environments.staging.target.port 11:46",
          "a number",
          ""80"",
          undefined,
          "write 80",
        ],
        [
          "environments.staging.domain 11:61",
          "a host name without scheme, port and path, such as "app.example"",
          ""https://x.example"",
          undefined,
          "write "x.example"",
        ],
        [
          "environments.staging.stage 11:90",
          "one of "preview", "staging", "production"",
          ""stagging"",
          "staging",
          "write "staging"",
        ],
        [
          "deploy.keep 12:13",
          "a number of at least 1",
          "0",
          undefined,
          "write a number of at least 1",
        ],
        [
          "deploy.bake 12:22",
          "a duration such as "30s"",
          "5",
          undefined,
          "write the unit as well: "5ms", "5s" or "5m"",
        ],
      ]
    `);
  });

  test("200 of them are all counted", async () => {
    const many = Array.from({ length: 200 }, (_, index) => `c${index}: web({ start: ${index} }),`).join("\n");
    const mistakes = await mistakesOf(`import { defineLaunch, web, local } from "gonogo";
export default defineLaunch({ name: "a", components: {\n${many}\n}, environments: { staging: { target: local() } } });`);
    expect(mistakes.filter(({ expected }) => expected === "text")).toHaveLength(200);
    expect(mistakes.find(({ path }) => path === "components.c199.start")?.line).toBe(202);
  });

  test("what is no data is one mistake, with its path", async () => {
    const mistakes = await mistakesOf(`import { defineLaunch, web, local } from "gonogo";
const circle = {}; circle.self = circle;
export default defineLaunch({
  name: "a",
  components: {
    api: web,
    two: web({ start: () => "x" }),
    three: web({ start: "a", path: new URL("http://a") }),
    four: web({ start: "a", extra: circle }),
    five: web({ start: "a", path: Symbol("x") }),
  },
  environments: { staging: { target: local() } },
});`);
    expect(
      mistakes.map(({ path, line, found, fix }) => `${line} ${path}: ${found}; ${fix}`),
    ).toMatchInlineSnapshot(`
      [
        "6 components.api: web without its call; write web({ ... })",
        "7 components.two.start: a function; write its result: a declaration is data",
        "8 components.three.path: an instance of URL; write the plain value: text, a number, a list or an object",
        "9 components.four.extra.self: an object that contains itself; write the value out",
        "10 components.five.path: a symbol; write text, a number, a list or an object",
      ]
    `);
  });

  test("parts that contradict each other", async () => {
    await writeFile(join(directory, "LAUNCH.md"), "- [ ] a");
    const mistakes = await mistakesOf(`import { defineLaunch, web, database, local } from "gonogo";
export default defineLaunch({
  name: "a",
  checklist: "LUNCH.md",
  components: {
    api: web({ start: "a" }),
    admin: web({ start: "b" }),
    db: database(),
  },
  variables: { DATABASE_URL: { type: "string" }, KEY: { type: "string", secret: true, default: "x" } },
  promises: { latency: { p50: "2s", p95: "1s" } },
  environments: { somewhere: { target: local() }, staging: { target: { kind: "lokal" } } },
  deploy: { bake: "1h", warm: "1m" },
});`);
    expect(
      mistakes.map(
        ({ path, line, expected, found, didYouMean }) =>
          `${line} ${path}: expected ${expected}; found ${found}; did you mean ${didYouMean}`,
      ),
    ).toMatchInlineSnapshot(`
      [
        "7 components.admin: expected a route that no other component answers; found /, which api answers already; did you mean undefined",
        "8 components.db: expected DATABASE_URL as launch declares it: required string; found another declaration by db (database): required secret url; did you mean undefined",
        "10 variables.KEY.default: expected no default: this file is committed, and the variable is declared secret; found a default; did you mean undefined",
        "11 promises.latency.p50: expected at most the 1.0 s of p95; found 2.0 s; did you mean undefined",
        "12 environments.somewhere: expected a stage: the name does not say how near it is to real users; found no stage; did you mean undefined",
        "12 environments.staging.target: expected a target of one of the kinds local; found the unknown kind "lokal"; did you mean local",
        "13 deploy.warm: expected at least the 1 h of bake; found 1 min; did you mean undefined",
      ]
    `);
  });

  test("nothing declared", async () => {
    const mistakes = await mistakesOf(`import { defineLaunch } from "gonogo";
export default defineLaunch({ name: "a", components: {}, environments: {} });`);
    expect(mistakes.map(({ path, found }) => [path, found])).toEqual([
      ["components", "none"],
      ["environments", "none"],
    ]);
    const none = await mistakesOf(
      'import { defineLaunch } from "gonogo"; export default defineLaunch({} as never);',
    );
    expect(none.map(({ path }) => path)).toEqual(["name", "components", "environments"]);
  });

  test("imports of names that do not exist", async () => {
    const mistakes = await mistakesOf(`import { defineLaunch, wbe, databases, local } from "gonogo";
export default defineLaunch({ name: "a", components: {}, environments: {} }, wbe, databases, local);`);
    expect(mistakes.slice(0, 2).map(({ line, column, didYouMean }) => [line, column, didYouMean])).toEqual([
      [1, 24, "web"],
      [1, 29, "database"],
    ]);
  });

  test("imports of names that do not exist hide no other mistake", async () => {
    const mistakes = await mistakesOf(`import { defineLaunch, wbe, kafka, somewhere, local } from "gonogo";
export default defineLaunch({
  name: "a",
  components: { api: wbe({ strat: "node ." }), queue: kafka({ brokers: 3 }) },
  environments: { staging: { target: somewhere({ at: 1 }) }, production: { target: local({ port: "80" }) } },
  alerts: { routes: [{ components: ["queue"], to: [] }] },
  deploy: { keep: 0 },
});`);
    expect(mistakes.map(({ path, line }) => `${line} ${path}`)).toEqual([
      "1 import { wbe }",
      "1 import { kafka }",
      "1 import { somewhere }",
      "4 components.api.strat",
      "5 environments.production.target.port",
      "7 deploy.keep",
    ]);
  });

  test("an import that does not exist is told although the rest cannot be judged then either", async () => {
    const mistakes = await mistakesOf(`import { defineLaunc, local } from "gonogo";
export default defineLaunc({ name: "a", environments: { staging: { target: local() } } });`);
    expect(mistakes.map(({ path, didYouMean }) => [path, didYouMean])).toEqual([
      ["import { defineLaunc }", "defineLaunch"],
    ]);
  });

  test("values that may be secrets are told by their length only", async () => {
    const canary = "sk_live_canary4711canary";
    const mistakes = await mistakesOf(`import { defineLaunch, web, database, local } from "gonogo";
export default defineLaunch({
  name: "${canary}",
  checklist: "${canary}",
  components: { api: web({ start: "a", path: "${canary}" }), db: database({ password: ["canary4711"], backup: { every: "postgres://u:canary4711@h/d" } }) },
  promises: { availability: "${canary}" },
  variables: { A: { type: "${canary}" } },
  environments: { staging: { target: local(), stage: "${canary}", variables: 5 } },
});`);
    expect(mistakes.length).toBeGreaterThan(6);
    expect(JSON.stringify(mistakes)).not.toContain("canary");
  });
});

describe("a file that gives no declaration", () => {
  test.each([
    ["nothing by default", 'import "gonogo";', "gonogo.config.ts has no default export"],
    [
      "another object",
      "export default { name: 'a' };",
      "gonogo.config.ts exports an object that is no launch",
    ],
    ["a function", "export default () => 1;", "gonogo.config.ts exports a function that is no launch"],
    ["an endless loop", "while (true) {}", "gonogo.config.ts was not done after 1000 ms and was ended"],
    [
      "a wait for nothing",
      "await new Promise(() => {});",
      "gonogo.config.ts waits for something that never comes",
    ],
    [
      "an exit",
      "process.exit(0);",
      "gonogo.config.ts ended the process (exit code 0) instead of exporting a launch",
    ],
    ["an empty file", " \n", "gonogo.config.ts is empty"],
    ["bytes", "\u0000\u0001\u0002", "gonogo.config.ts is not text: it holds bytes that are not UTF-8"],
    [
      "too much",
      "//".padEnd(10_000_000, "x"),
      "gonogo.config.ts has 9.5 MB; a declaration has at most 1.0 MB",
    ],
    [
      "an enum",
      "enum A { B }\nexport default A;",
      "gonogo.config.ts uses TypeScript that cannot be run as it is: TypeScript enum is not supported in strip-only mode",
    ],
    [
      "a missing import",
      'import "./nothing.ts";',
      "gonogo.config.ts imports ./nothing.ts, which is not there",
    ],
    ["a text thrown", 'throw "no";', "gonogo.config.ts threw: no"],
  ])("%s", async (_, text, message) => {
    const error = await errorOf(text, { timeoutMs: text.startsWith("while") ? 1_000 : 20_000 });
    expect(error.message.slice(0, message.length)).toBe(message);
    expect(error.where).toContain(join(directory, "gonogo.config.ts"));
  });

  test.each([
    ["throws", "const a: any = 1;\n\n  a.b.c();", ":3:7", "threw: Cannot read properties of undefined"],
    ["is no TypeScript", "const a: = 1;\n", ":1", "is not valid"],
    ["is no JavaScript", "export default {\n  a: 1,,\n};", ":2", "is not valid"],
    [
      "is CommonJS",
      "\nmodule.exports = {};",
      ":2:1",
      "is written as CommonJS; a declaration is an ES module",
    ],
  ])("what %s is told with its line", async (_, text, place, words) => {
    const error = await errorOf(text);
    expect(error.where).toContain(`gonogo.config.ts${place}`);
    expect(error.message).toContain(words);
  });

  test("CommonJS is told how it is written instead", async () => {
    const error = await errorOf('const { defineLaunch, web } = require("gonogo");', {
      name: "gonogo.config.js",
    });
    expect(error.fix).toBe(
      'import { defineLaunch, local } from "gonogo"; export default defineLaunch({ ... }), whatever package.json says',
    );
  });

  test("JavaScript that is not valid has line and column", async () => {
    const error = await errorOf("export default {\n  a: 1,,\n};", { name: "gonogo.config.js" });
    expect(error.where).toContain("gonogo.config.js:2");
  });

  test("a thrown text with a secret in it is not repeated", async () => {
    const error = await errorOf('throw new Error("no login with postgres://u:canary@host/db")');
    expect(error.message).toBe("gonogo.config.ts threw: no login with [hidden]");
  });

  test("what it prints does not reach our own output", async () => {
    await writeFile(
      join(directory, "gonogo.config.ts"),
      `console.log("noise"); console.error("noise"); ${GOOD}`,
    );
    const program = `
      import { loadLaunch } from ${JSON.stringify(import.meta.resolve("./load.ts"))};
      import { testRegistry } from ${JSON.stringify(import.meta.resolve("../../test/fixtures/declared-kinds.ts"))};
      import { openDoors } from ${JSON.stringify(import.meta.resolve("../system/doors.ts"))};
      import { createDeclarationRunner } from ${JSON.stringify(import.meta.resolve("./run-declaration.ts"))};
      const signal = AbortSignal.timeout(30_000);
      const declarations = createDeclarationRunner();
      const { ok } = await loadLaunch({ directory: process.cwd(), ...testRegistry, doors: openDoors(), declarations, signal });
      console.log(ok);`;
    const args = ["--input-type=module", "-e", program];
    const result = await doors.shell.run({ file: process.execPath, args, cwd: directory });
    expect(result).toMatchObject({ stdout: "true\n", stderr: "" });
  });

  test("it sees no variable of ours", async () => {
    process.env.CANARY_VARIABLE = "canary";
    const error = await errorOf('throw new Error("seen: " + Object.keys(process.env).length)');
    delete process.env.CANARY_VARIABLE;
    expect(error.message).toContain("seen: 0");
  });

  test("a missing file, two files, a directory, another kind of file", async () => {
    const request = { directory, ...testRegistry, doors, declarations, signal: AbortSignal.timeout(9_000) };
    await expect(loadLaunch(request)).rejects.toMatchObject({ fix: "run: gonogo init" });
    await expect(loadLaunch({ ...request, file: "no.ts" })).rejects.toThrow("no.ts does not exist");
    await writeFile(join(directory, "a.json"), "{}");
    await expect(loadLaunch({ ...request, file: "a.json" })).rejects.toThrow("no TypeScript or JavaScript");
    await mkdir(join(directory, "gonogo.config.ts"));
    await expect(loadLaunch(request)).rejects.toThrow("is a directory");
    await writeFile(join(directory, "gonogo.config.js"), "");
    await expect(loadLaunch(request)).rejects.toThrow("more than one");
  });

  test("an aborted load ends", async () => {
    await writeFile(join(directory, "gonogo.config.ts"), "while (true) {}");
    const controller = new AbortController();
    const loading = loadLaunch({
      directory,
      ...testRegistry,
      doors,
      declarations,
      signal: controller.signal,
    });
    setImmediate(() => controller.abort(new Error("stopped")));
    await expect(loading).rejects.toThrow("stopped");
  });
});
