import { join } from "node:path";
import type { AnyComponentKind } from "../model/component.ts";
import type { Doors } from "../model/doors.ts";
import { UserError } from "../model/errors.ts";
import { exportedName } from "./exported-names.ts";
import { brokenJson } from "./recognise/parsed-text.ts";
import { listProject, type ProjectListing } from "./recognise/project-listing.ts";
import { type RecognisedProject, recogniseProject } from "./recognise/recognise.ts";
import { type ComponentGuess, guess } from "./recognise/recognition.ts";
import { judgeBySchema } from "./schema-findings.ts";
import { pathText } from "./showing.ts";
import { writeConfig } from "./write-config.ts";

export interface InitRequest {
  readonly directory: string;
  readonly doors: Pick<Doors, "files">;
  readonly dryRun: boolean;
  readonly force: boolean;
  /** What can be declared; without it everything that is recognised is taken to be. */
  readonly kinds?: ReadonlyMap<string, AnyComponentKind>;
}

export interface Initialised {
  /** Absolute path of the configuration. */
  readonly file: string;
  readonly text: string;
  readonly guesses: readonly InitGuess[];
  /** The list that was found, relative to the project. */
  readonly checklist: string | undefined;
  /** The file of variables that a person still has to write, and the example to begin with; undefined: it is there. */
  readonly toWrite:
    | {
        readonly file: string;
        readonly from: string | undefined;
        /** Names of the example that lead to what Gonogo runs on this machine where nothing is set. */
        readonly supplied: readonly string[];
      }
    | undefined;
}

/** 'postgres "db"', because "package.json depends on pg". */
export interface InitGuess {
  readonly what: string;
  readonly because: string;
}

const FILE = "gonogo.config.ts";
const EXAMPLES: readonly string[] = [".env.example", ".env.sample", ".env.template"];
const TAKEN = [FILE, "gonogo.config.mts", "gonogo.config.js", "gonogo.config.mjs"];

/** Looks at a project and writes its configuration, unless it has one or this is a dry run. Throws UserError. */
export async function initProject(request: InitRequest): Promise<Initialised> {
  const { directory, doors, dryRun, force, kinds } = request;
  const project = await listProject(directory, doors);
  if (project.files.length === 0 && !(await doors.files.stat(directory))?.isDirectory) {
    throw new UserError("there is no such directory", { where: directory });
  }
  expectReadable(project, directory);
  const taken = TAKEN.find((name) => project.files.includes(name));
  if (taken !== undefined && !force && !dryRun) {
    throw new UserError(`${taken} is there already`, {
      where: join(directory, taken),
      fix: "gonogo init --dry-run shows what would be written, --force writes over it",
    });
  }
  const file = join(directory, taken ?? FILE);
  const recognised = recogniseProject(project);
  const { text, guesses, variablesFile, supplied } = draft(project, recognised, kinds);
  if (!dryRun) await doors.files.write(file, text);
  const toWrite =
    variablesFile === undefined || project.files.includes(variablesFile)
      ? undefined
      : { file: variablesFile, from: EXAMPLES.find((each) => project.files.includes(each)), supplied };
  return { file, text, guesses, checklist: recognised.checklist?.value, toWrite };
}

/** What it says cannot be guessed from a file that npm cannot read either. Throws UserError. */
function expectReadable(project: ProjectListing, directory: string): void {
  const broken = brokenJson(project, "package.json");
  if (!broken) return;
  throw new UserError("package.json is no valid JSON, so nothing can be guessed from it", {
    where: `${join(directory, "package.json")}${broken}`,
    fix: "mend it first: npm cannot read it either",
  });
}

/** Nothing a project has without Gonogo: it is told before the first deploy waits for it. */
const BEAT = "its code has to touch the file GONOGO_HEARTBEAT_FILE names, every 30 s";

/** What a deploy asks of a web component and no file of the project shows. */
function healthHint(component: ComponentGuess, components: readonly ComponentGuess[]): string | undefined {
  const { kind, options } = component;
  if (kind !== "web" || options.ready !== undefined || component === UNKNOWN_WEB) return undefined;
  if (options.health === undefined)
    return 'no file shows a health path: answer GET /health with 200, or name yours, such as health: "/status"';
  const needed = components.filter((each) => each.kind === "postgres" || each.kind === "redis");
  if (needed.length === 0) return undefined;
  const names = needed.map(({ name }) => name).join(" and ");
  return `health is asked for both; add ready: "/ready" once a path of its own tells whether ${names} can be reached`;
}

function draft(
  project: ProjectListing,
  recognised: RecognisedProject,
  kinds: InitRequest["kinds"],
): {
  text: string;
  guesses: InitGuess[];
  variablesFile: string | undefined;
  supplied: readonly string[];
} {
  const adapted = recognised.components.map((each) => adapt(each, kinds));
  const { components, notes } = withOneFront(
    adapted.flatMap(({ component }) => component ?? []),
    project,
  );
  const brought = new Set(components.flatMap((each) => variablesOf(each, kinds)));
  const variables = recognised.variables.filter(
    ({ name }) => !brought.has(name) && /^[A-Za-z_]\w*$/.test(name),
  );
  const variablesFile =
    project.files.includes(".env.staging") || recognised.variables.length > 0 ? ".env.staging" : undefined;
  const text = writeConfig({
    name: recognised.name,
    checklist: recognised.checklist,
    components: components.map((each) => ({
      ...each,
      exported: exportedName(each.kind),
      hint: healthHint(each, components),
    })),
    variables,
    variablesFile,
    target: "local",
    server: ownServer(project),
    notes: [...recognised.notes, ...adapted.flatMap((each) => each.notes), ...notes],
  });
  const { name, checklist } = recognised;
  const guesses = [
    { what: `name "${name.value}"`, because: name.because },
    ...(checklist ? [{ what: `checklist ${checklist.value}`, because: checklist.because }] : []),
    ...components.map((each) => ({
      what: `${each.kind} "${each.name}"`,
      because: [each.because, each.kind === "worker" ? BEAT : healthHint(each, components)]
        .filter((words) => words !== undefined)
        .join("; "),
    })),
    ...(variables.length > 0
      ? [
          {
            what: `${variables.length} ${variables.length === 1 ? "variable" : "variables"}`,
            because: variables[0]?.because ?? "",
          },
        ]
      : []),
    ...(variablesFile === undefined
      ? []
      : [
          {
            what: `staging reads ${variablesFile}`,
            because: project.files.includes(variablesFile) ? "it is there" : "it is still to be written",
          },
        ]),
  ];
  const named = new Set(recognised.variables.map(({ name: each }) => each));
  const supplied = components
    .filter(({ kind }) => kind === "postgres" || kind === "redis")
    .flatMap((each) => variablesOf(each, kinds))
    .filter((each) => named.has(each));
  return { text, guesses, variablesFile, supplied };
}

/** Files that only somebody with a server of their own has. */
function ownServer({ files }: ProjectListing): string | undefined {
  return files.find((file) =>
    /^(ecosystem|pm2)\.config\.(js|cjs|mjs|json)$|(^|\/)(nginx\.conf|Caddyfile)$|\.service$/.test(file),
  );
}

const UNKNOWN_WEB: ComponentGuess = guess(
  "web",
  'nothing: no file says how a server starts. Replace this line, with site({ build: "...", directory: "dist" }) where files are all there is',
  {
    start: "npm start",
  },
);

/** Not the project itself: its variables and its code are nothing to publish. */
const PAGES: readonly string[] = ["public", "www", "site", "static", "html"];

function pagesIn(folder: string): ComponentGuess {
  return guess("site", `${folder}/index.html is there, and no file says how a server starts`, {
    directory: folder,
  });
}

/** Something has to answer "/", and only one component can. */
function withOneFront(
  found: readonly ComponentGuess[],
  { files }: ProjectListing,
): { components: ComponentGuess[]; notes: string[] } {
  const isFront = ({ kind }: ComponentGuess): boolean => kind === "web" || kind === "site";
  if (!found.some(isFront)) {
    const folder = PAGES.find((each) => files.includes(`${each}/index.html`));
    const pages = folder === undefined ? UNKNOWN_WEB : pagesIn(folder);
    return { components: [pages, ...found], notes: [] };
  }
  const front = found.find(({ kind }) => kind === "web") ?? found.find(isFront);
  const others = found.filter((each) => isFront(each) && each !== front);
  return {
    components: found.filter((each) => !others.includes(each)),
    notes: others.map(
      ({ name, kind, because }) => `${kind} "${name}" (${because}): say which paths it answers`,
    ),
  };
}

/** The guess without options its kind would refuse; nothing when it would still be refused, or is unknown. */
function adapt(
  component: ComponentGuess,
  kinds: InitRequest["kinds"],
): { component?: ComponentGuess; notes: string[] } {
  const kind = kinds?.get(component.kind);
  if (!kinds) return { component, notes: [] };
  const what = `${component.kind} "${component.name}" (${component.because})`;
  if (!kind) return { notes: [`${what}: there is no such component yet`] };
  const judged = judgeBySchema(kind.options, component.options, []);
  if (judged.ok) return { component, notes: [] };
  const refused = new Set(judged.findings.map(({ path }) => path[0]));
  const options = Object.fromEntries(
    Object.entries(component.options).filter(([name]) => !refused.has(name)),
  );
  if (!kind.options.safeParse(options).success) {
    if (component.kind === "web") {
      const stood = { ...options, start: "npm start" };
      const because = `${component.because}; nothing says how it starts: replace "npm start"`;
      if (kind.options.safeParse(stood).success) {
        return { component: { ...component, options: stood, because }, notes: [] };
      }
    }
    const missing = judged.findings
      .map(({ path, expected }) => `${pathText(path)}: <${expected}>`)
      .join(", ");
    return { notes: [`${what}: declare ${exportedName(component.kind)}({ ${missing} })`] };
  }
  return { component: { ...component, options }, notes: [] };
}

function variablesOf(
  { kind, name, options }: ComponentGuess,
  kinds: InitRequest["kinds"],
): readonly string[] {
  const known = kinds?.get(kind);
  if (!known) return USUAL_VARIABLES[kind] ?? [];
  const judged = known.options.safeParse(options);
  return judged.success ? known.variables(judged.data, name).map((each) => each.name) : [];
}

/** What components bring, for when their kinds are not at hand: a variable is declared once. */
const USUAL_VARIABLES: Readonly<Record<string, readonly string[] | undefined>> = {
  postgres: ["DATABASE_URL", "MIGRATION_DATABASE_URL"],
  redis: ["REDIS_URL"],
  stripe: ["STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET"],
};
