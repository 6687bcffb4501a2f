import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import { testRegistry } from "../../test/fixtures/declared-kinds.ts";
import { UserError } from "../model/errors.ts";
import { openDoors } from "../system/doors.ts";
import { loadLaunch } from "./load.ts";
import { createDeclarationRunner } from "./run-declaration.ts";
import { readVariables } from "./variables.ts";

const doors = openDoors();
const declarations = createDeclarationRunner();
let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "gonogo-test-mistakes-"));
});
afterEach(() => rm(directory, { recursive: true }));
afterAll(() => declarations[Symbol.asyncDispose]());

const GOOD = `import { database, defineLaunch, local, web } from "gonogo";

export default defineLaunch({
  name: "shop",
  components: {
    api: web({ start: "node server.js", path: "/" }),
    db: database({ backup: { every: "1d" } }),
  },
  promises: { availability: "99.9%" },
  environments: {
    staging: { target: local(), variables: ".env.staging" },
  },
});
`;
const BESIDE: Readonly<Record<string, string>> = {
  "more.ts": 'export const start: string = "node server.js";\n',
  "broken.ts": "export const start = 1;\nexport const b = {,};\n",
  "circle.ts": 'import launch from "./gonogo.config.ts";\nexport const start = launch.name;\n',
  "data.json": "{}",
  ".env.staging": "A=1\n",
};

/** What a person reads: each mistake as "place path: found; fix", or the error as "place: message; fix". */
async function told(text: string, name = "gonogo.config.ts"): Promise<string> {
  for (const [file, content] of Object.entries({ ...BESIDE, [name]: text }))
    await writeFile(join(directory, file), content);
  const given = { directory, doors, signal: AbortSignal.timeout(30_000) };
  try {
    const loaded = await loadLaunch({ ...given, ...testRegistry, declarations });
    if (!loaded.ok)
      return loaded.mistakes
        .map((each) => `${each.file}:${each.line}:${each.column} ${each.path}: ${each.found}; ${each.fix}`)
        .join("\n");
    const [environment] = loaded.launch.environments;
    if (environment) await readVariables({ ...given, environment, declared: [], provisioned: new Map() });
    return "sound";
  } catch (thrown) {
    if (!(thrown instanceof UserError)) throw thrown;
    const where = thrown.where?.replace(`${directory}/`, "");
    return `${where}: ${thrown.message}; ${thrown.fix}`;
  }
}

function changed(from: string, to: string): string {
  if (!GOOD.includes(from)) throw new Error(`there is no ${from}`);
  return GOOD.replace(from, to);
}

const SYNTAX = "gonogo.config.ts is not valid";
const CALL = "export default defineLaunch({ ... })";

test.each([
  ["a sound one", GOOD, "sound"],
  // Names
  [
    "a misspelt call",
    changed("web({", "wbe({"),
    "gonogo.config.ts:6:10 wbe: wbe, which is neither; write web",
  ],
  [
    "a call that is not imported",
    changed(", web }", " }"),
    'gonogo.config.ts:6:10 web: web, which gonogo exports and this file does not import; import { web } from "gonogo"',
  ],
  [
    "a name that is nothing like any",
    changed('"node server.js"', "START_LINE"),
    "gonogo.config.ts:6:23 START_LINE: START_LINE, which is neither; declare START_LINE, or write its value",
  ],
  [
    "several at once, and what else is wrong",
    changed("web({ start", "wbe({ strat").replace("local()", "locl()"),
    `gonogo.config.ts:6:10 wbe: wbe, which is neither; write web
gonogo.config.ts:6:16 components.api.strat: the unknown key "strat"; rename it to start
gonogo.config.ts:11:24 locl: locl, which is neither; write local`,
  ],
  [
    "no import at all",
    GOOD.slice(GOOD.indexOf("export")),
    `gonogo.config.ts:1:1 defineLaunch: defineLaunch, which gonogo exports and this file does not import; import { defineLaunch } from "gonogo"
gonogo.config.ts:4:10 web: web, which gonogo exports and this file does not import; import { web } from "gonogo"
gonogo.config.ts:5:9 database: database, which gonogo exports and this file does not import; import { database } from "gonogo"
gonogo.config.ts:9:24 local: local, which gonogo exports and this file does not import; import { local } from "gonogo"`,
  ],
  [
    "a name above its line",
    `${changed('"node server.js"', "START")}const START = "x";`,
    "gonogo.config.ts:6:23: gonogo.config.ts uses START above the line that declares it; move the line with START up",
  ],
  [
    "a component twice",
    changed("    db:", '    api: web({ start: "b" }),\n    db:'),
    'gonogo.config.ts:7:5 api: "api" a second time: the one in line 6 is dropped; rename one of the two, or remove it',
  ],
  [
    "an environment that is nearly a stage",
    changed("staging:", "prodution:"),
    'gonogo.config.ts:11:5 environments.prodution: no stage; rename it to production, or add stage: "preview", "staging" or "production"',
  ],
  // Syntax
  [
    "a comma forgotten",
    changed('path: "/" }),', 'path: "/" })'),
    `gonogo.config.ts:7:5: ${SYNTAX}: a comma is missing before this
    7 | db: database({ backup: { every: "1d" } }),
      | ^; write a comma at the end of what stands before it`,
  ],
  [
    "a comma too many",
    changed('"shop",', '"shop",,'),
    `gonogo.config.ts:4:16: ${SYNTAX}: there is a comma too many
    4 | name: "shop",,
      |              ^; remove it`,
  ],
  [
    "a quote forgotten",
    changed('"shop"', '"shop'),
    `gonogo.config.ts:4:9: ${SYNTAX}: a text is begun and never closed
    4 | name: "shop,
      |       ^; close it with the quote it began with`,
  ],
  [
    "a brace forgotten",
    GOOD.slice(0, -4),
    expect.stringMatching(
      /^gonogo\.config\.ts:12:\d+: .* the file ends before everything in it is closed\n.*\n.*; look for a \)/,
    ),
  ],
  [
    "typographic quotes",
    changed('"shop"', "“shop”"),
    expect.stringMatching(/^gonogo\.config\.ts:4:9: .*typographic quote[\s\S]*; write " in place of it$/),
  ],
  [
    "= for :",
    changed('name: "shop"', 'name = "shop"'),
    expect.stringMatching(/^gonogo\.config\.ts:4:8: .*; write : in/s),
  ],
  [
    "the marks of a merge",
    `<<<<<<< HEAD\n${GOOD}`,
    expect.stringMatching(/^gonogo\.config\.ts:1:1: .*a merge left its marks[\s\S]*; keep one side/),
  ],
  [
    "a line that may hold a secret",
    changed('"shop",', '"shop" API_TOKEN: "hunter2",'),
    `gonogo.config.ts:4:16: ${SYNTAX}: a comma is missing before this; write a comma at the end of what stands before it`,
  ],
  [
    "a line with a credential in an address",
    changed('"shop",', '"postgres://u:canary@h/d" and "more",'),
    expect.stringMatching(/^gonogo\.config\.ts:4:35: .*\n {4}4 \| name: "\[hidden\]" and "more",; /),
  ],
  [
    "a mistake in a file it imports",
    `import { start } from "./broken.ts";\n${GOOD}`,
    expect.stringMatching(/^broken\.ts:2:19: broken\.ts is not valid: there is a comma too many\n/),
  ],
  // Imports
  [
    "a file that is not there",
    `import { start } from "./mor.ts";\n${GOOD}`,
    'gonogo.config.ts:1:10: gonogo.config.ts imports ./mor.ts, which is not there; write "./more.ts": an import names the file with its extension',
  ],
  [
    "a file without its extension",
    `import { start } from "./more";\n${GOOD}`,
    'gonogo.config.ts:1:10: gonogo.config.ts imports ./more, which is not there; write "./more.ts": an import names the file with its extension',
  ],
  [
    "a package that is not installed",
    `import "@acme/settings/shop";\n${GOOD}`,
    "gonogo.config.ts:1:8: gonogo.config.ts imports @acme/settings/shop, which is not installed here; npm install --save-dev @acme/settings, or leave the import out",
  ],
  [
    "gonogo misspelt",
    changed('"gonogo"', '"gongo"'),
    'gonogo.config.ts:1:10: gonogo.config.ts imports gongo, which is not installed here; import { defineLaunch, local } from "gonogo"',
  ],
  [
    "gonogo without braces",
    'import gonogo from "gonogo";\nexport default gonogo.defineLaunch({});',
    'gonogo.config.ts:1:8 import: an import without braces: gonogo exports nothing by default; import { defineLaunch, local, web } from "gonogo"',
  ],
  [
    "a type as if it were a value",
    changed("web }", "web, Duration }"),
    'gonogo.config.ts:1:46 import { Duration }: the unknown name Duration; if it is a type: import type { Duration } from "gonogo"',
  ],
  [
    "an unknown import, and another name that is not imported",
    changed("web }", "wbe }"),
    `gonogo.config.ts:1:41 import { wbe }: the unknown name wbe; import web
gonogo.config.ts:6:10 web: web, which gonogo exports and this file does not import; import { web } from "gonogo"`,
  ],
  [
    "JSON as if it were code",
    `import data from "./data.json";\n${GOOD}`,
    'gonogo.config.ts:1:8: gonogo.config.ts imports ./data.json without saying that it is JSON; import ... from "./data.json" with { type: "json" }',
  ],
  [
    "what a file does not export",
    `import { strat } from "./more.ts";\n${GOOD}`,
    "gonogo.config.ts:1:10: gonogo.config.ts imports what is not there: ./more.ts exports no strat; export strat there, or mend the name",
  ],
  [
    "a circle",
    `import { start } from "./circle.ts";\n${GOOD}`,
    "circle.ts:2:22: circle.ts needs launch before it is there: it and gonogo.config.ts import each other; move what both need into a file that imports neither",
  ],
  // Exports
  [
    "a name in place of default",
    changed("export default", "export const launch ="),
    `gonogo.config.ts:3:23: gonogo.config.ts exports its launch as launch, and has no default export; ${CALL}, or at its end: export default launch`,
  ],
  [
    "no export",
    changed("export default ", ""),
    `gonogo.config.ts:3:1: gonogo.config.ts calls defineLaunch and has no default export; ${CALL}`,
  ],
  [
    "an object that nothing made a launch",
    changed("defineLaunch({", "({"),
    `gonogo.config.ts:3:17: gonogo.config.ts exports an object that is no launch; ${CALL}`,
  ],
  [
    "defineLaunch itself",
    'import { defineLaunch } from "gonogo";\nexport default defineLaunch;',
    `gonogo.config.ts:2:16: gonogo.config.ts exports a function that is no launch; call it: ${CALL}`,
  ],
  // What happens while it runs
  [
    "a promise that is rejected",
    'export default Promise.reject(new Error("no vault for sk_live_canary4711"));',
    "gonogo.config.ts:1:31: gonogo.config.ts threw: no vault for [hidden]; mend that line: a declaration has to come to its end without an error",
  ],
  [
    "a promise that is rejected beside",
    `Promise.reject(new Error("no vault"));\n${GOOD}`,
    "gonogo.config.ts:1:16: gonogo.config.ts threw: no vault; mend that line: a declaration has to come to its end without an error",
  ],
  [
    "an error without a place",
    'const a = 1;\nawait fetch("http://127.0.0.1:1/");',
    "gonogo.config.ts:2:1: gonogo.config.ts threw: fetch failed; mend that line: a declaration has to come to its end without an error",
  ],
  [
    "a wait for nothing",
    `const a = 1;\nawait new Promise(() => {});\n${GOOD}`,
    "gonogo.config.ts:2:1: gonogo.config.ts waits for something that never comes; remove the await",
  ],
  [
    "an exit",
    `if (true) process.exit(1);\n${GOOD}`,
    "gonogo.config.ts:1:11: gonogo.config.ts ended the process (exit code 1) instead of exporting a launch; remove process.exit from it",
  ],
  [
    "a word of CommonJS",
    changed('"shop"', "__dirname"),
    "gonogo.config.ts:4:9: gonogo.config.ts uses __dirname, which does not exist in an ES module; import.meta.dirname and import.meta.filename are the same",
  ],
  [
    "a variable of the process",
    changed('"shop"', "process.env.APP_NAME"),
    "gonogo.config.ts:4:3 name: nothing: a declaration sees no variable of the process; write the value itself; what differs from environment to environment belongs into its file of variables",
  ],
  // Values
  [
    "a number where a duration is expected",
    changed('"1d"', "60"),
    'gonogo.config.ts:7:30 components.db.backup.every: 60; write the unit as well: "60ms", "60s" or "60m"',
  ],
  [
    "a duration in words",
    changed('"1d"', '"60 seconds"'),
    'gonogo.config.ts:7:30 components.db.backup.every: "60 seconds"; write "60s"',
  ],
  [
    "a number where a percentage is expected",
    changed('"99.9%"', "99.9"),
    'gonogo.config.ts:9:15 promises.availability: 99.9; write "99.9%"',
  ],
  [
    "a percentage with a comma",
    changed('"99.9%"', '"99,9 %"'),
    'gonogo.config.ts:9:15 promises.availability: "99,9 %"; write "99.9%"',
  ],
  [
    "a list where a line is expected",
    changed('"node server.js"', '["node", "server.js"]'),
    'gonogo.config.ts:6:16 components.api.start: a list of 2; write "node server.js"',
  ],
  [
    "text in place of options",
    changed('web({ start: "node server.js", path: "/" })', 'web("node server.js")'),
    'gonogo.config.ts:6:5 components.api: "node server.js"; write { ... } with the name of the option it is',
  ],
  [
    "a list of components",
    changed(/components: [\s\S]*?\n {2}}/.exec(GOOD)?.[0] ?? "", 'components: [web({ start: "a" })]'),
    "gonogo.config.ts:5:3 components: a list of 1; write it like { api: web({ ... }) }",
  ],
  [
    "an address in place of a host name",
    changed('variables: ".env.staging"', 'domain: "https://shop.example/"'),
    'gonogo.config.ts:11:33 environments.staging.domain: "https://shop.example/"; write "shop.example"',
  ],
  [
    "a file of variables that is called otherwise",
    changed(".env.staging", ".env.stagin"),
    "gonogo.config.ts:11:33: the variables of staging are to come from .env.stagin, which does not exist; did you mean .env.staging? Write that; or create .env.stagin, then fill in the values",
  ],
])("%s is told with its place and its fix", async (_, text, expected) => {
  const words = await told(text);
  expect(words).toEqual(expected);
  expect(words).not.toMatch(/canary|hunter2|\n {4}at |file:\/\//);
});

test("a configuration by another name is told where none is found", async () => {
  expect(await told(GOOD, "gonogo.conf.ts")).toBe(
    `${directory}: there is no gonogo.config.ts here; run: gonogo init, or name gonogo.conf.ts gonogo.config.ts`,
  );
});
