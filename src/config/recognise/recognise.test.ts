import { describe, expect, test } from "vitest";
import type { ProjectListing } from "./project-listing.ts";
import { recogniseProject } from "./recognise.ts";

function project(texts: Record<string, string>, others: readonly string[] = []): ProjectListing {
  return {
    directoryName: "My Project",
    files: [...Object.keys(texts), ...others].sort(),
    text: (path) => texts[path],
  };
}

/** "web web {start}": name, kind and options of everything recognised. */
function seen(texts: Record<string, string>, others: readonly string[] = []): Record<string, unknown> {
  const { components } = recogniseProject(project(texts, others));
  return Object.fromEntries(components.map(({ name, kind, options }) => [`${name} ${kind}`, options]));
}

describe("package.json", () => {
  test("scripts and dependencies", () => {
    const manifest = JSON.stringify({
      name: "@acme/SoulSeer_api",
      scripts: {
        build: "tsc",
        start: "node .",
        worker: "node w.js",
        "db:migrate": "x",
        test: "vitest",
        lint: "biome",
      },
      dependencies: { pg: "8", bullmq: "5", stripe: "1", ws: "8" },
    });
    expect(seen({ "package.json": manifest })).toEqual({
      "web web": { build: "npm run build", start: "node ." },
      "worker worker": { start: "node w.js" },
      "db postgres": { migrate: "npm run db:migrate" },
      "cache redis": {},
      "payments stripe": { webhook: "/stripe/webhook", events: ["checkout.session.completed"] },
      "code repository": { test: "npm test", lint: "npm run lint" },
    });
    const { name, notes } = recogniseProject(project({ "package.json": manifest }));
    expect(name.value).toBe("soul-seer-api");
    expect(notes[0]).toContain("depends on ws");
  });

  test("a script that does more than start Node is left to the package manager", () => {
    const web = (scripts: Record<string, string>) => seen({ "package.json": JSON.stringify({ scripts }) });
    expect(web({ start: "next start" })).toEqual({ "web web": { start: "npm start" } });
    expect(web({ start: "node . && echo over" })).toEqual({ "web web": { start: "npm start" } });
    expect(web({ start: "node .", prestart: "tsc" })).toEqual({ "web web": { start: "npm start" } });
  });

  test("Node as a package of its own may run its install script", () => {
    const manifest = { scripts: { start: "node .", test: "vitest" }, devDependencies: { node: "^24" } };
    expect(seen({ "package.json": JSON.stringify(manifest) })).toEqual({
      "web web": { start: "node ." },
      "code repository": { test: "npm test", installScripts: ["node"] },
    });
  });

  test("another package manager, a placeholder for a test, and no server at all", () => {
    const scripts = { start: "node .", test: 'echo "Error: no test specified" && exit 1' };
    const manifest = JSON.stringify({ scripts });
    expect(seen({ "package.json": manifest }, ["pnpm-lock.yaml"])).toEqual({
      "web web": { start: "node ." },
    });
    const site = JSON.stringify({
      scripts: { build: "vite build", dev: "vite" },
      devDependencies: { vite: "8" },
    });
    expect(seen({ "package.json": site })).toEqual({
      "site site": { build: "npm run build", directory: "dist" },
    });
  });

  test.each(["", "null", "[]", "{", '{"scripts": 5, "dependencies": []}', '{"name": 7}'])(
    "%j says nothing",
    (text) => {
      expect(seen({ "package.json": text })).toEqual({});
      expect(recogniseProject(project({ "package.json": text })).name.value).toBe("my-project");
    },
  );
});

test("Procfile", () => {
  const text =
    "web: gunicorn app -b :$PORT\nrelease: python manage.py migrate\nbillingWorker: celery -A app\nbroken line\n";
  expect(seen({ Procfile: text })).toEqual({
    "web web": { start: "gunicorn app -b :$PORT" },
    "db postgres": { migrate: "python manage.py migrate" },
    "billing-worker worker": { start: "celery -A app" },
  });
});

test("a Procfile without a web process has a front by another usual name, and only one", () => {
  expect(seen({ Procfile: "jobs: node jobs.js\napi: node api.js\n" })).toEqual({
    "web web": { start: "node api.js" },
    "jobs worker": { start: "node jobs.js" },
  });
  expect(seen({ Procfile: "web: node web.js\napi: node api.js\n" })).toEqual({
    "web web": { start: "node web.js" },
    "api worker": { start: "node api.js" },
  });
});

describe("Dockerfile", () => {
  test.each([
    ['EXPOSE 80\nCMD ["node", "a b.js"]', { start: "node 'a b.js'" }],
    ['EXPOSE 80\nENTRYPOINT ["tini", "--"]\nCMD ["node", "x.js"]', { start: "tini -- node x.js" }],
    ['EXPOSE 80\nCMD ["sh", "-c", "node $FILE && true"]', { start: "node $FILE && true" }],
    ["EXPOSE 80\nCMD old\nCMD node \\\n  server.js", { start: "node    server.js" }],
    [
      "EXPOSE 80\nHEALTHCHECK CMD curl -f http://localhost:80/up || exit 1\nCMD run",
      { start: "run", health: "/up" },
    ],
  ])("%j", (text, options) => {
    expect(seen({ Dockerfile: text })).toEqual({ "web web": options });
  });

  test("without a port it is no server", () => {
    expect(seen({ Dockerfile: "FROM node\nCMD node job.js" })).toEqual({});
  });
});

test("compose", () => {
  const text = `
services:
  db: { image: "postgres:16-alpine" }
  queue: { image: "docker.io/library/redis:7" }
  app: { build: ., command: [node, server.js], ports: ["80:80"] }
  worker: { build: ., command: node worker.js }
  other: { image: "nginx:1" }`;
  expect(seen({ "docker-compose.yml": text })).toEqual({
    "db postgres": { version: 16 },
    "cache redis": {},
    "web web": { start: "node server.js" },
    "worker worker": { start: "node worker.js" },
  });
  expect(seen({ "compose.yaml": "services: [\n" })).toEqual({});
});

test("railway, in both forms", () => {
  const toml = `[build]\nbuildCommand = "npm run build"\n[deploy]\nstartCommand = 'node "a".js'\nhealthcheckPath = "/up"\npreDeployCommand = ["npm run migrate"]`;
  const options = { build: "npm run build", start: 'node "a".js', health: "/up" };
  expect(seen({ "railway.toml": toml })).toEqual({ "web web": options });
  const json = JSON.stringify({
    build: { buildCommand: "npm run build" },
    deploy: { startCommand: 'node "a".js', healthcheckPath: "/up", preDeployCommand: ["npm run migrate"] },
  });
  expect(seen({ "railway.json": json })).toEqual({
    "web web": options,
    "db postgres": { migrate: "npm run migrate" },
  });
  const cron = '[deploy]\nstartCommand = "node tick.js"\ncronSchedule = "*/5 * * * *"';
  expect(seen({ "railway.toml": cron })).toEqual({
    "schedule schedule": { cron: "*/5 * * * *", run: "node tick.js" },
  });
});

test("render.yaml", () => {
  const text = `
services:
  - { type: web, name: api, startCommand: node a.js, buildCommand: npm ci, healthCheckPath: /up, preDeployCommand: npm run migrate }
  - { type: worker, name: Billing Worker, startCommand: node w.js }
  - { type: cron, name: tick, schedule: "0 * * * *", startCommand: node t.js }
  - { type: web, name: front, env: static, buildCommand: npm run build, staticPublishPath: ./dist }
  - { type: keyvalue, name: cache }
databases: [{ name: db }]`;
  expect(seen({ "render.yaml": text })).toEqual({
    "web web": { build: "npm ci", start: "node a.js", health: "/up" },
    "db postgres": { migrate: "npm run migrate" },
    "billing-worker worker": { start: "node w.js" },
    "tick schedule": { cron: "0 * * * *", run: "node t.js" },
    "site site": { build: "npm run build", directory: "dist" },
    "cache redis": {},
  });
});

test("vercel.json", () => {
  const text = JSON.stringify({
    outputDirectory: "dist",
    buildCommand: "vite build",
    rewrites: [{ source: "/(.*)", destination: "/index.html" }],
    crons: [{ path: "/api/tick", schedule: "* * * * *" }],
  });
  expect(seen({ "vercel.json": text })).toEqual({
    "site site": { build: "vite build", directory: "dist", fallback: "index.html" },
  });
  expect(recogniseProject(project({ "vercel.json": text })).notes[0]).toContain("/api/tick");
});

test.each([
  [
    "prisma/migrations/20240101_a/migration.sql",
    { migrate: "npx prisma migrate deploy", migrations: "prisma/migrations" },
  ],
  ["drizzle/meta/_journal.json", { migrate: "npx drizzle-kit migrate", migrations: "drizzle" }],
  ["db/migrate/20240101_add_a.rb", { migrate: "bin/rails db:migrate", migrations: "db/migrate" }],
  ["readers/migrations/0001_initial.py", { migrate: "python manage.py migrate --no-input" }],
  ["alembic/versions/1a2b_x.py", { migrate: "alembic upgrade head", migrations: "alembic" }],
  ["supabase/migrations/001_a.sql", { migrations: "supabase/migrations" }],
  ["db/migrations/001_a.sql", { migrations: "db/migrations" }],
  ["knexfile.ts", { migrate: "npx knex migrate:latest" }],
])("migrations as %s", (file, options) => {
  expect(seen({}, [file])).toEqual({ "db postgres": options });
});

test("Python and Ruby", () => {
  const python = "Django==5.0\npsycopg2-binary==2.9\ncelery[redis]>=5\nstripe\n# pg8000\n";
  expect(Object.keys(seen({ "requirements.txt": python }))).toEqual([
    "db postgres",
    "cache redis",
    "payments stripe",
  ]);
  const gemfile = 'gem "rails"\ngem "pg", "~> 1"\ngem "sidekiq"\n# gem "stripe"\n';
  expect(Object.keys(seen({ Gemfile: gemfile }))).toEqual(["db postgres", "cache redis", "worker worker"]);
});

test(".env.example: names and types, never a value", () => {
  const canary = "canary4711";
  const text = `DATABASE_URL=postgres://u:${canary}@h/d\nAPP_URL=\nPORT=3000\nSMTP_PORT=25\nDEBUG=false\nRETRIES=3\nSESSION_SECRET=${canary}\n# AUTH0_DOMAIN=\n# just words`;
  const recognised = recogniseProject(project({ ".env.example": text }));
  expect(recognised.variables.map(({ name, is, required }) => [name, is.type, required])).toEqual([
    ["DATABASE_URL", "url", true],
    ["APP_URL", "url", true],
    ["SMTP_PORT", "port", true],
    ["DEBUG", "boolean", true],
    ["RETRIES", "integer", true],
    ["SESSION_SECRET", "string", true],
    ["AUTH0_DOMAIN", "string", false],
  ]);
  expect(recognised.components.map(({ kind }) => kind)).toEqual(["variables", "postgres"]);
  expect(JSON.stringify(recognised)).not.toContain(canary);
});

test("of several checklists the one with most boxes, if its name speaks of a launch", () => {
  const boxes = (count: number): string => "- [ ] do\n".repeat(count);
  const texts = {
    "README.md": boxes(50),
    "LAUNCH.md": boxes(5),
    "docs/go-live.md": `${boxes(7)}  1. [x] done`,
    "DEPLOY.md": boxes(2),
  };
  const { checklist, notes } = recogniseProject(project(texts));
  expect(checklist).toEqual({ value: "docs/go-live.md", because: "8 boxes to tick" });
  expect(notes).toEqual(["LAUNCH.md has 5 boxes too: gonogo import LAUNCH.md"]);
});

test("what production says comes before what development says", () => {
  const texts = {
    Procfile: "web: node production.js",
    "package.json": JSON.stringify({ scripts: { start: "node dev.js", build: "tsc" } }),
  };
  const { components } = recogniseProject(project(texts));
  expect(components[0]).toEqual({
    name: "web",
    kind: "web",
    options: { start: "node production.js", build: "npm run build" },
    because: 'Procfile, process "web"; package.json has the script "start"',
  });
});

describe("code", () => {
  const manifest = JSON.stringify({ scripts: { start: "node ." } });

  test("paths it answers, by their names and by their places", () => {
    const server = 'app.get("/healthz", alive); app.get("/readyz", ready); app.get("/health-food", shop);';
    expect(seen({ "package.json": manifest, "src/server.js": server })).toEqual({
      "web web": { start: "node .", health: "/healthz", ready: "/readyz" },
    });
    const next = seen({
      "package.json": manifest,
      "src/app/api/health/route.ts": "export const GET = alive",
    });
    expect(next).toEqual({ "web web": { start: "node .", health: "/api/health" } });
  });

  test("where Stripe delivers, and what the code does something about", () => {
    const webhook = `post("/api/stripe/webhook", (event) => { if (event.type === "invoice.paid") renew(event) })`;
    const example = "STRIPE_SECRET_KEY=";
    expect(seen({ "package.json": manifest, ".env.example": example, "src/pay.ts": webhook })).toMatchObject({
      "payments stripe": { webhook: "/api/stripe/webhook", events: ["invoice.paid"] },
    });
  });

  test("not what only its tests, its prose or its declaration name", () => {
    const path = 'get("/health")';
    const files = { "test/a.ts": path, "src/a.spec.ts": path, "README.md": path, "gonogo.config.ts": path };
    expect(seen({ "package.json": manifest, ...files })).toEqual({ "web web": { start: "node ." } });
  });
});

describe("a project of several packages", () => {
  const packages = {
    "apps/admin/package.json": '{"name": "@acme/admin"}',
    "apps/admin/src/server.js": 'get("/health", alive)',
    "apps/api/package.json": '{"name": "@acme/api"}',
    "apps/api/src/server.js": 'get("/api/health", alive)',
  };
  test.each([
    ["its path", "node apps/api/src/server.js"],
    ["its name", "npm start -w @acme/api"],
    ["its folder", "cd apps/api && node src/server.js"],
  ])("has the health path of the one that starts, known by %s", (_, start) => {
    expect(seen({ ...packages, Procfile: `web: ${start}\n` })).toEqual({
      "web web": { start, health: "/api/health" },
    });
  });

  test("whose front is started by a script, or is not to be seen", () => {
    const manifest = JSON.stringify({ scripts: { start: "npm start --workspace=@acme/api" } });
    expect(seen({ ...packages, "package.json": manifest })).toMatchObject({
      "web web": { start: "npm start", health: "/api/health" },
    });
    const unseen = JSON.stringify({ scripts: { start: "turbo run start" } });
    expect(seen({ ...packages, "package.json": unseen })).toEqual({ "web web": { start: "npm start" } });
  });
});

describe("a workspace whose root starts nothing", () => {
  const packages = {
    "package.json": JSON.stringify({
      name: "shop",
      workspaces: ["apps/*"],
      scripts: { build: "turbo build" },
    }),
    "package-lock.json": "",
    "apps/admin/package.json": JSON.stringify({ scripts: { start: "vite preview" } }),
    "apps/api/package.json": JSON.stringify({
      name: "@shop/api",
      scripts: { start: "node src/server.js", "db:migrate": "node m.js" },
      dependencies: { express: "5", pg: "8" },
    }),
    "apps/api/src/server.js": 'get("/healthz", alive)',
    "apps/shop/package.json": JSON.stringify({
      scripts: { build: "vite build" },
      devDependencies: { vite: "8" },
    }),
    "apps/mailer-worker/package.json": JSON.stringify({ scripts: { start: "tsx src/mailer.ts" } }),
  };

  test("is started by the package that serves, worked by those that work", () => {
    expect(seen(packages)).toEqual({
      "web web": {
        build: "npm run build",
        start: "cd apps/api && exec node src/server.js",
        health: "/healthz",
      },
      "mailer-worker worker": { start: "cd apps/mailer-worker && npm start" },
      "db postgres": { migrate: "cd apps/api && npm run db:migrate" },
    });
    expect(recogniseProject(project(packages)).notes).toContain(
      'apps/shop/package.json builds with vite: site({ build: "cd apps/shop && npm run build", directory: "apps/shop/dist" }) with the paths it answers',
    );
    expect(recogniseProject(project(packages)).notes).toContain(
      'apps/admin/package.json has the script "start" too: web({ start: "cd apps/admin && npm start" }) with the paths it answers',
    );
  });

  test("or by a script of the root for one of them", () => {
    const scripts = { "start:admin": "x", "start:api": "node apps/api/src/server.js" };
    expect(seen({ ...packages, "package.json": JSON.stringify({ scripts }) })).toMatchObject({
      "web web": { start: "node apps/api/src/server.js", health: "/healthz" },
    });
  });
});

test("scripts that sound like jobs, and a lock, are proposed", () => {
  const scripts = {
    start: "node .",
    nightly: "node nightly.js",
    "cron:reports": "node r.js",
    test: "vitest",
  };
  const texts = { "package.json": JSON.stringify({ scripts }), "package-lock.json": "{}" };
  const { notes } = recogniseProject(project(texts));
  expect(notes).toEqual([
    'package.json has the script "nightly": schedule({ cron: "0 3 * * *", run: "npm run nightly" }), at the hour you mean',
    'package.json has the script "cron:reports": schedule({ cron: "0 * * * *", run: "npm run cron:reports" }), at the hour you mean',
    'package-lock.json is there: repository({ audit: "high" }) has the registry asked, once a day, for known holes',
  ]);
});

test("a list is one by its boxes, whatever it is called, at the root or in docs", () => {
  const boxes = "- [ ] hacer\n".repeat(12);
  const chosen = (texts: Record<string, string>) => recogniseProject(project(texts)).checklist?.value;
  expect(chosen({ "LANZAMIENTO.md": boxes })).toBe("LANZAMIENTO.md");
  expect(chosen({ "docs/antes-de-salir.md": boxes })).toBe("docs/antes-de-salir.md");
  expect(chosen({ "SHIP.md": "- [ ] a\n- [ ] b\n- [ ] c\n" })).toBe("SHIP.md");
  expect(chosen({ "notes/antes.md": boxes, "README.md": boxes, "docs/few.md": "- [ ] a\n" })).toBeUndefined();
  expect(chosen({ "antes.md": boxes.repeat(3), "LAUNCH.md": boxes })).toBe("LAUNCH.md");
});

test("what the root builds is built for a front that another file starts", () => {
  const manifest = JSON.stringify({ scripts: { build: "turbo run build" } });
  expect(seen({ "package.json": manifest, Procfile: "web: node dist/server.js\n" })).toEqual({
    "web web": { start: "node dist/server.js", build: "npm run build" },
  });
  expect(seen({ "package.json": manifest })).toEqual({});
});

test("migrations that nothing applies are told", () => {
  const { notes } = recogniseProject(project({}, ["migrations/001_notes.sql"]));
  expect(notes).toContainEqual(
    expect.stringContaining("migrations/ is applied by a command that no file names"),
  );
  const scripts = JSON.stringify({ scripts: { "db:migrate": "node migrate.js" } });
  const scripted = recogniseProject(project({ "package.json": scripts }, ["migrations/001_notes.sql"]));
  expect(scripted.notes).toEqual([]);
  const release = recogniseProject(
    project({ Procfile: "release: python -m app.migrate\n" }, ["migrations/1.sql"]),
  );
  expect(release.notes).toEqual([]);
});

test("boxes in code are none of a list's, and Python's packages have to be built", () => {
  const list = "- [ ] a\n- [ ] b\n- [ ] c\n\n```\n- [ ] d\n```\n";
  const { checklist, notes } = recogniseProject(
    project({ "LAUNCH.md": list, "requirements.txt": "flask\n" }),
  );
  expect(checklist?.because).toBe("3 boxes to tick");
  expect(notes).toEqual([expect.stringContaining(".venv/bin/pip install -r requirements.txt")]);
});
