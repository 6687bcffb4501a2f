import { packagesOf } from "./front-home.ts";
import {
  because,
  builtInto,
  frontScript,
  MIGRATION_SCRIPTS,
  POSTGRES_CLIENTS,
  REDIS_CLIENTS,
  type Runner,
  runnerOf,
  SERVERS,
  SITE_BUILDERS,
  startOf,
} from "./node-package.ts";
import { type Fields, fieldsOf, jsonObject, textOf } from "./parsed-text.ts";
import type { ProjectListing } from "./project-listing.ts";
import { type ComponentGuess, guess, guessStripe, type Recogniser } from "./recognition.ts";

interface Member {
  readonly folder: string;
  /** "apps/api/package.json" */
  readonly file: string;
  readonly scripts: Fields;
  readonly dependencies: readonly string[];
  /** With those that only its build needs. */
  readonly all: readonly string[];
}

/** Packages of a workspace: what they start where the root starts nothing, and what they rely on. */
export const recogniseWorkspace: Recogniser = (project) => {
  const members = membersOf(project);
  const run = runnerOf(project);
  const rootScripts = fieldsOf(jsonObject(project, "package.json")?.scripts) ?? {};
  const starting = members.filter(({ scripts }) => textOf(scripts.start) !== undefined);
  const [front, ...others] =
    frontScript(rootScripts) === undefined ? starting.filter((each) => !isWorker(each)).sort(byServing) : [];
  return {
    components: [
      ...because(front, (each) =>
        guess("web", `${each.file} has the script "start"`, { start: startIn(each, run) }),
      ),
      ...starting.filter(isWorker).map((each) => workerOf(each, run)),
      ...members.flatMap((each) => reliedOn(each, run)),
    ],
    notes: [
      ...others.map(
        (each) =>
          `${each.file} has the script "start" too: web({ start: "${startIn(each, run)}" }) with the paths it answers`,
      ),
      ...members.flatMap((each) => (starting.includes(each) ? [] : siteIn(each, run))),
    ],
  };
};

function membersOf(project: ProjectListing): Member[] {
  return packagesOf(project).map(({ folder }) => {
    const file = `${folder}/package.json`;
    const manifest = jsonObject(project, file);
    const scripts = fieldsOf(manifest?.scripts) ?? {};
    const dependencies = Object.keys({ ...fieldsOf(manifest?.dependencies) });
    const all = [...dependencies, ...Object.keys({ ...fieldsOf(manifest?.devDependencies) })];
    return { folder, file, scripts, dependencies, all };
  });
}

function isWorker({ folder }: Member): boolean {
  return /(^|[-_])(workers?|queue|jobs|consumer)$/.test(lastOf(folder));
}

/** What has a server, and what is called one, comes first. */
function byServing(a: Member, b: Member): number {
  return rank(b) - rank(a) || a.folder.localeCompare(b.folder);
}

function rank({ folder, dependencies }: Member): number {
  const isServer = dependencies.some((each) => SERVERS.includes(each));
  return (isServer ? 2 : 0) + (/(^|[-_])(api|server|backend)$/.test(lastOf(folder)) ? 1 : 0);
}

/** A package manager dies of SIGTERM before what it runs: a script that only starts Node goes without one. */
function startIn({ folder, scripts }: Member, run: Runner): string {
  const line = startOf(scripts, "start", run);
  return `cd ${folder} && ${line.startsWith("node ") ? "exec " : ""}${line}`;
}

function workerOf(member: Member, run: Runner): ComponentGuess {
  const why = `${member.file} has the script "start"`;
  return guess("worker", why, { start: startIn(member, run) }, lastOf(member.folder));
}

function reliedOn({ folder, file, scripts, dependencies }: Member, run: Runner): ComponentGuess[] {
  const uses = (names: readonly string[]) => names.find((name) => dependencies.includes(name));
  const script = MIGRATION_SCRIPTS.find((each) => textOf(scripts[each]) !== undefined);
  const migrate = script === undefined ? undefined : `cd ${folder} && ${run(script)}`;
  return [
    ...because(uses(POSTGRES_CLIENTS), (client) =>
      guess("postgres", `${file} depends on ${client}`, { migrate }),
    ),
    ...because(uses(REDIS_CLIENTS), (client) => guess("redis", `${file} depends on ${client}`)),
    ...because(uses(["stripe"]), (client) => guessStripe(`${file} depends on ${client}`)),
  ];
}

/** Which of its paths are the site's and which the server's, no file says: it is only proposed. */
function siteIn({ folder, file, scripts, all }: Member, run: Runner): string[] {
  const builder = SITE_BUILDERS.find((name) => all.includes(name));
  if (builder === undefined || textOf(scripts.build) === undefined) return [];
  const declared = `site({ build: "cd ${folder} && ${run("build")}", directory: "${folder}/${builtInto(builder)}" })`;
  return [`${file} builds with ${builder}: ${declared} with the paths it answers`];
}

function lastOf(folder: string): string {
  return folder.split("/").at(-1) ?? folder;
}
