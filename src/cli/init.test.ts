import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { exportedName } from "../config/exported-names.ts";
import { initProject } from "../config/init.ts";
import type { Registry } from "../config/judge-launch.ts";
import { loadLaunch } from "../config/load.ts";
import { judgeBySchema } from "../config/schema-findings.ts";
import { UserError } from "../model/errors.ts";
import { openWorld, type World } from "../wiring.ts";

let world: World;
let registry: Registry;
let directory: string;
const made: string[] = [];

beforeAll(async () => {
  world = await openWorld();
  registry = await world.registry();
});
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "gonogo-test-init-"));
  made.push(directory);
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  await Promise.all(made.map((each) => rm(each, { recursive: true })));
});

async function put(texts: Record<string, string>): Promise<void> {
  for (const [path, text] of Object.entries(texts)) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), text);
  }
}

const request = () => ({ directory, doors: world.doors, kinds: registry.kinds, dryRun: false, force: false });

const NODE = JSON.stringify({
  name: "shop",
  scripts: {
    build: "tsc",
    start: "node .",
    worker: "node w.js",
    migrate: "node m.js",
    test: "vitest",
    lint: "biome",
  },
  dependencies: { pg: "8", ioredis: "5", stripe: "1" },
});
const RENDER = `
services:
  - { type: web, name: api, startCommand: node a.js, healthCheckPath: /up, preDeployCommand: npm run migrate }
  - { type: cron, name: tick, schedule: "0 * * * *", startCommand: node t.js }
  - { type: web, name: front, env: static, buildCommand: npm run build, staticPublishPath: ./dist }`;
const BOXES = "- [ ] one\n- [ ] two\n- [x] three\n";

test.each([
  ["nothing", {}],
  [
    "a Node project",
    {
      "package.json": NODE,
      ".env.example": "DATABASE_URL=\nREDIS_URL=\nA_B=1\nod-d=1\nPORT=1\nSTRIPE_SECRET_KEY=",
      "LAUNCH.md": BOXES,
    },
  ],
  [
    "a Django project",
    {
      Procfile: "web: gunicorn x\nworker: celery\nrelease: python manage.py migrate",
      "a/migrations/0001_a.py": "",
      "requirements.txt": "psycopg\nredis",
    },
  ],
  ["a Render project", { "render.yaml": RENDER, "package.json": NODE }],
  ["a site", { "vercel.json": '{"outputDirectory":"dist","buildCommand":"vite build"}' }],
  ["a Railway job", { "railway.toml": '[deploy]\nstartCommand = "node t.js"\ncronSchedule = "*/5 * * * *"' }],
  [
    "Docker",
    {
      Dockerfile: 'EXPOSE 1\nCMD ["node","\u2028x\\n"]',
      "compose.yml": 'services: { db: { image: "postgres:15" } }',
    },
  ],
  [
    "odd names",
    {
      "package.json": JSON.stringify({ name: "@a/9-*/\n", scripts: { start: 'a"b`$\u007bc}*/' } }),
      Procfile: "9x: y\nUPPER_case: z",
    },
  ],
] as [string, Record<string, string>][])(
  "what is written for %s loads without a mistake",
  async (_, texts) => {
    await put(texts);
    const { file, text, checklist } = await initProject(request());
    expect(await readFile(file, "utf8")).toBe(text);
    expect(checklist).toBe("LAUNCH.md" in texts ? "LAUNCH.md" : undefined);
    const loaded = await loadLaunch({ ...world, ...registry, directory });
    expect(loaded.ok ? [] : loaded.mistakes).toEqual([]);
  },
);

test("a configuration that is there stays, a dry run writes nothing, force writes over", async () => {
  await put({ "package.json": NODE, "gonogo.config.ts": "mine" });
  const refused: unknown = await initProject(request()).catch((thrown: unknown) => thrown);
  expect(refused).toBeInstanceOf(UserError);
  expect((refused as UserError).fix).toContain("--force");
  expect((await initProject({ ...request(), dryRun: true })).text).toContain("defineLaunch");
  expect(await readFile(join(directory, "gonogo.config.ts"), "utf8")).toBe("mine");
  await initProject({ ...request(), force: true });
  expect(await readFile(join(directory, "gonogo.config.ts"), "utf8")).toContain('name: "shop"');
});

test("every guess says what it was made from, in the file and in the answer", async () => {
  await put({ "package.json": NODE, ".env.example": "API_URL=\nDATABASE_URL=" });
  const { text, guesses, toWrite } = await initProject(request());
  expect(toWrite).toEqual({ file: ".env.staging", from: ".env.example", supplied: ["DATABASE_URL"] });
  expect(guesses).toContainEqual({
    what: 'web "web"',
    because: expect.stringMatching(
      /^package\.json has the script "start"; no file shows a health path: answer /,
    ),
  });
  expect(guesses).toContainEqual({
    what: "staging reads .env.staging",
    because: "it is still to be written",
  });
  expect(guesses).toContainEqual({
    what: 'worker "worker"',
    because: expect.stringMatching(/touch the file GONOGO_HEARTBEAT_FILE names, every 30 s$/),
  });
  expect(text).toContain(
    `    // package.json has the script "start"
    // no file shows a health path: answer GET /health with 200, or name yours, such as health: "/status"
    web: web(`,
  );
});

test("every kind is published under the name a declaration imports it by, and knows its own options only", async () => {
  const published: Record<string, unknown> = await import("../index.ts");
  for (const [kind, { options }] of [...registry.kinds, ...registry.targets]) {
    expect(published[exportedName(kind)]).toHaveProperty("definition.kind", kind);
    const judged = judgeBySchema(options, { noSuchOption: 1 }, []);
    expect(judged.ok ? [] : judged.findings.map(({ path }) => path)).toContainEqual(["noSuchOption"]);
  }
});

test("a workspace is read two folders deep, its secrets are declared as such, and what is missing is said plainly", async () => {
  await put({
    "package.json": JSON.stringify({ name: "shop", workspaces: ["apps/*"] }),
    "apps/api/package.json": JSON.stringify({
      scripts: { start: "node server.js" },
      dependencies: { pg: "8" },
    }),
    "apps/api/server.js": 'get("/healthz")',
    ".env.example": "JWT_SECRET=x\nSMTP_PASSWORD=x\nAPI_URL=https://a.example\n",
  });
  const { text } = await initProject(request());
  expect(text).toContain(
    `    // health is asked for both; add ready: "/ready" once a path of its own tells whether db can be reached
    web: web({ health: "/healthz", start: "cd apps/api && exec node server.js" }),
`,
  );
  expect(text).toContain('JWT_SECRET: { type: "string", secret: true },');
  expect(text).toContain('SMTP_PASSWORD: { type: "string", secret: true },');
  expect(text).toContain('API_URL: { type: "url" },');
  await put({ "apps/api/package.json": "{}", "server.js": 'get("/healthz")' });
  const unknown = await initProject({ ...request(), force: true });
  expect(unknown.text).not.toContain("it also needs");
  expect(unknown.text).toContain(
    '// server.js answers /healthz; nothing says how it starts: replace "npm start"\n    web: web({ health: "/healthz"',
  );
});

test.each([
  "src/app/api/health/route.ts",
  "src/routes/api/health/+server.ts",
  "apps/web/src/app/api/health/route.ts",
])("a route by its place is found however deep it lies: %s", async (file) => {
  const manifest = JSON.stringify({ scripts: { start: "npm start -w apps/web" }, workspaces: ["apps/*"] });
  await put({ "package.json": manifest, [file]: "export const GET = alive;" });
  await put({ "a/b/c/d/e/server.js": 'get("/healthz")' });
  expect((await initProject(request())).text).toContain('health: "/api/health"');
});

test("a package.json that is no JSON is told with its place; pages without a server are a site", async () => {
  await put({ "package.json": '{\n  "name": "shop",\n}', "public/index.html": "<h1>Shop</h1>" });
  await expect(initProject(request())).rejects.toMatchObject({
    message: "package.json is no valid JSON, so nothing can be guessed from it",
    where: `${join(directory, "package.json")}:3:1`,
  });
  await writeFile(join(directory, "gonogo.config.ts"), "export default {};");
  await expect(loadLaunch({ ...world, ...registry, directory })).rejects.toMatchObject({
    message: expect.stringMatching(/^package\.json is no valid JSON/),
    where: join(directory, "package.json"),
  });
  await put({ "package.json": "{}" });
  const { text } = await initProject({ ...request(), force: true });
  expect(text).toContain('    site: site({ directory: "public" }),\n');
  expect(text).not.toContain("health");
});

test("a directory that is not there is told", async () => {
  await expect(initProject({ ...request(), directory: join(directory, "no") })).rejects.toThrow(
    "no such directory",
  );
});

test("who has a server of their own is shown the target for it", async () => {
  await put({ "package.json": NODE, "ecosystem.config.cjs": "module.exports = { apps: [] };\n" });
  const { text } = await initProject(request());
  expect(text).toContain("// from ecosystem.config.cjs: a server of your own");
  expect(text).toContain('//   target: ssh({ host: "203.0.113.7", user: "app" }),');
  await put({ "package.json": NODE });
  await rm(join(directory, "ecosystem.config.cjs"));
  expect((await initProject({ ...request(), force: true })).text).not.toContain("ssh(");
});
