import { type Fields, fieldsOf, jsonObject, textOf } from "./parsed-text.ts";
import type { ProjectListing } from "./project-listing.ts";
import {
  type ComponentGuess,
  guess,
  guessStripe,
  nameFrom,
  type Recogniser,
  type Recognition,
} from "./recognition.ts";

const FILE = "package.json";
export const POSTGRES_CLIENTS = [
  "pg",
  "postgres",
  "pg-promise",
  "@neondatabase/serverless",
  "@vercel/postgres",
];
export const REDIS_CLIENTS = [
  "ioredis",
  "redis",
  "bullmq",
  "bull",
  "bee-queue",
  "connect-redis",
  "@upstash/redis",
];
export const SERVERS = [
  "express",
  "fastify",
  "koa",
  "hono",
  "next",
  "nuxt",
  "@nestjs/core",
  "@remix-run/node",
  "socket.io",
  "@hapi/hapi",
];
export const MIGRATION_SCRIPTS = [
  "migrate:deploy",
  "db:migrate",
  "migrate",
  "migrations:run",
  "migration:run",
  "db:deploy",
];
/** Those whose package manager can ask its registry about them. */
const LOCKS = ["package-lock.json", "pnpm-lock.yaml", "yarn.lock"];
export const SITE_BUILDERS = ["vite", "react-scripts", "astro", "gatsby", "@angular/core", "@11ty/eleventy"];

/** package.json: its scripts say what runs, its dependencies what is relied on. */
export const recogniseNodePackage: Recogniser = (project) => {
  const manifest = jsonObject(project, FILE);
  if (!manifest) return {};
  const scripts = fieldsOf(manifest.scripts) ?? {};
  const dependencies = Object.keys({ ...fieldsOf(manifest.dependencies) });
  const all = [...dependencies, ...Object.keys({ ...fieldsOf(manifest.devDependencies) })];
  const uses = (names: readonly string[]): string | undefined => names.find((name) => all.includes(name));
  const run = runnerOf(project);
  const name = textOf(manifest.name);
  const components = [
    ...serving(scripts, run, uses),
    ...workers(scripts, run),
    ...database(scripts, run, uses(POSTGRES_CLIENTS)),
    ...because(uses(REDIS_CLIENTS), (client) => guess("redis", `${FILE} depends on ${client}`)),
    ...because(uses(["stripe"]), (client) => guessStripe(`${FILE} depends on ${client}`)),
    ...quality(scripts, run),
    ...because(uses(["node"]), (runtime) =>
      guess("repository", `${FILE} brings Node by the package "${runtime}", which installs it by a script`, {
        installScripts: [runtime],
      }),
    ),
  ];
  const sockets = uses(["socket.io", "ws"]);
  return {
    ...(name !== undefined && { name: { value: nameFrom(name), because: FILE } }),
    components,
    notes: [
      ...because(
        sockets,
        (found) => `${FILE} depends on ${found}: say web({ websocket: { path: ... } }) to have it checked`,
      ),
      ...jobs(scripts, run),
      ...because(
        LOCKS.find((lock) => project.files.includes(lock)),
        (lock) =>
          `${lock} is there: repository({ audit: "high" }) has the registry asked, once a day, for known holes`,
      ),
    ],
  };
};

/** Whatever file says how the front starts: what the root's script builds is built for it. */
export function builtAtRoot(project: ProjectListing): Recognition {
  const scripts = fieldsOf(jsonObject(project, FILE)?.scripts) ?? {};
  if (textOf(scripts.build) === undefined) return {};
  return {
    components: [guess("web", `${FILE} has the script "build"`, { build: runnerOf(project)("build") })],
  };
}

export type Runner = (script: string) => string;

export function runnerOf({ files }: ProjectListing): Runner {
  const tool = files.includes("pnpm-lock.yaml")
    ? "pnpm"
    : files.includes("yarn.lock")
      ? "yarn"
      : files.includes("bun.lock") || files.includes("bun.lockb")
        ? "bun"
        : "npm";
  return (script) =>
    tool === "npm" && (script === "start" || script === "test") ? `npm ${script}` : `${tool} run ${script}`;
}

/** A script that only starts Node is taken at its word: a package manager in between dies of SIGTERM before it. */
export function startOf(scripts: Fields, script: string, run: Runner): string {
  const line = textOf(scripts[script])?.trim() ?? "";
  const isAlone = scripts[`pre${script}`] === undefined && /^node [\w@./ =-]+$/.test(line);
  return isAlone ? line : run(script);
}

/** The script that starts the server: of several that start something, the one that is called so. */
export function frontScript(scripts: Fields): string | undefined {
  return ["start", ...Object.keys(scripts)].find(
    (script) =>
      /^start([:-](api|server|web|app|backend))?$/.test(script) && textOf(scripts[script]) !== undefined,
  );
}

function serving(
  scripts: Fields,
  run: Runner,
  uses: (names: readonly string[]) => string | undefined,
): ComponentGuess[] {
  const build = textOf(scripts.build) === undefined ? undefined : run("build");
  const front = frontScript(scripts);
  if (front !== undefined) {
    return [
      guess("web", `${FILE} has the script "${front}"`, { build, start: startOf(scripts, front, run) }),
    ];
  }
  const builder = uses(SITE_BUILDERS);
  if (build === undefined || builder === undefined || uses(SERVERS) !== undefined) return [];
  return [
    guess("site", `${FILE} builds with ${builder} and starts no server`, {
      build,
      directory: builtInto(builder),
    }),
  ];
}

/** Where a builder of sites puts its files unless it is told otherwise. */
export function builtInto(builder: string): string {
  if (builder === "react-scripts") return "build";
  return builder === "gatsby" ? "public" : "dist";
}

function workers(scripts: Fields, run: Runner): ComponentGuess[] {
  return Object.keys(scripts)
    .filter((script) => /^(start[:-])?(worker|workers|queue|jobs|consumer)$|^worker:[\w-]+$/.test(script))
    .map((script) =>
      guess(
        "worker",
        `${FILE} has the script "${script}"`,
        { start: startOf(scripts, script, run) },
        script.replace(/^start[:-]/, ""),
      ),
    );
}

const RHYTHMS: readonly (readonly [RegExp, string])[] = [
  [/^(nightly|daily)([:-].*)?$/, "0 3 * * *"],
  [/^weekly([:-].*)?$/, "0 3 * * 0"],
  [/^monthly([:-].*)?$/, "0 3 1 * *"],
  [/^(hourly|cron)([:-].*)?$/, "0 * * * *"],
];

/** A script that sounds like a job; when it runs is written elsewhere, so it is only proposed. */
function jobs(scripts: Fields, run: Runner): string[] {
  return Object.keys(scripts).flatMap((script) => {
    const cron = RHYTHMS.find(([named]) => named.test(script))?.[1];
    if (cron === undefined) return [];
    return [
      `${FILE} has the script "${script}": schedule({ cron: "${cron}", run: "${run(script)}" }), at the hour you mean`,
    ];
  });
}

function database(scripts: Fields, run: Runner, client: string | undefined): ComponentGuess[] {
  const script = MIGRATION_SCRIPTS.find((each) => textOf(scripts[each]) !== undefined);
  if (client === undefined) return [];
  const migrate = script === undefined ? undefined : run(script);
  const scripted = script === undefined ? "" : ` and has the script "${script}"`;
  return [guess("postgres", `${FILE} depends on ${client}${scripted}`, { migrate })];
}

function quality(scripts: Fields, run: Runner): ComponentGuess[] {
  const isReal = (script: string): boolean =>
    !/no test specified/.test(textOf(scripts[script]) ?? "no test specified");
  const test = isReal("test") ? run("test") : undefined;
  const lint = isReal("lint") ? run("lint") : undefined;
  if (test === undefined && lint === undefined) return [];
  const words = [test && '"test"', lint && '"lint"'].filter((word) => word !== undefined).join(" and ");
  return [guess("repository", `${FILE} has the scripts ${words}`, { test, lint })];
}

export function because<Found, T>(found: Found | undefined, make: (found: Found) => T): T[] {
  return found === undefined ? [] : [make(found)];
}
