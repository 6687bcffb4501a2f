import { questionsOf } from "../../assess/question.ts";
import type { Launch } from "../../model/launch.ts";
import { once } from "../../model/once.ts";
import type { World } from "../../wiring.ts";
import { chosenEnvironment } from "../chosen-environment.ts";
import { openLaunch } from "../open-launch.ts";
import { checksBelow } from "./checks.ts";
import type { Candidate, SourceName } from "./completes.ts";
import type { Ground } from "./ground.ts";
import { knownBackups } from "./known-backups.ts";
import { knownHere } from "./known-here.ts";
import type { Line } from "./line.ts";

interface Asked {
  readonly world: World;
  readonly line: Line;
  /** Of Gonogo itself. */
  readonly commands: readonly Candidate[];
}

type Source = (ground: Ground) => Promise<readonly Candidate[]>;

/** Names from the declaration, what lies beside it, and nothing from anywhere else: nobody is asked. */
const SOURCES: Readonly<Record<Exclude<SourceName, "commands" | "files" | "directories">, Source>> = {
  environments: async ({ launch }) =>
    (await launch()).environments.map(({ name, stage, target }) => ({
      value: name,
      about: `${stage}, ${target.kind}`,
    })),
  components: async ({ launch }) => componentsOf(await launch()),
  processes: async ({ launch }) => {
    const { components } = await launch();
    return components.flatMap(({ name, kind, options }) =>
      (kind.processes?.(options, name).length ?? 0) > 0 || kind.isSupplied
        ? [{ value: name, about: kind.kind }]
        : [],
    );
  },
  checks: async ({ launch, line, world }) => {
    const declared = await launch();
    const typed = typedIn(line);
    const found = [...componentsOf(declared), ...checksBelow(typed, questionsOf(declared))];
    if (typed === "" || /[./]/.test(typed)) return found;
    return [
      ...found,
      ...(await itemsIn(declared, world)).map(({ id, text }) => ({ value: id, about: text })),
    ];
  },
  watched: async ({ launch, line }) => {
    const declared = await launch();
    return [...componentsOf(declared), ...checksBelow(typedIn(line), questionsOf(declared))];
  },
  items: async ({ launch, world }) =>
    (await itemsIn(await launch(), world))
      .filter(({ answeredBy }) => answeredBy.by === "person")
      .map(({ id, text }) => ({ value: id, about: text })),
  drills: async () => {
    const { DRILLS } = await import("../../drills/registry.ts");
    return DRILLS.map(({ name, title }) => ({ value: name, about: title }));
  },
  destinations: async ({ launch }) =>
    ((await launch()).backups?.destinations ?? []).map(({ name, kind }) => ({
      value: name,
      about: kind.kind,
    })),
  parts: async ({ launch }) => {
    const { components, backups } = await launch();
    const kept = components.filter(({ kind }) => ["postgres", "redis"].includes(kind.kind));
    return [
      ...kept.map(({ name, kind }) => ({ value: name, about: kind.kind })),
      ...(backups?.files ?? []).map((value) => ({ value, about: "files" })),
      { value: "gonogo", about: "its own store" },
    ];
  },
  backups: knownBackups,
  findings: async ({ known, environment, launch, world }) => {
    const { name } = await environment();
    // Lines that contradict the declaration can be waived before anything was asked.
    const found = known().then((here) => here.findings(name));
    const said = (await itemsIn(await launch(), world)).flatMap(({ contradictions = [], line }) =>
      contradictions.map(({ fingerprint, what }) => ({ value: fingerprint, about: `line ${line}, ${what}` })),
    );
    return [...(await found.catch(() => [])), ...said];
  },
  releases: async ({ known, environment }) => (await known()).releases((await environment()).name),
  "earlier releases": async ({ known, environment }) =>
    (await known()).releases((await environment()).name, { wasLive: true }),
  incidents: async ({ known, environment }) => (await known()).incidents((await environment()).name),
  silences: async ({ known, environment }) => (await known()).silences((await environment()).name),
  keys: async ({ known }) => (await known()).keys(),
};

/** What a source offers for a line. Rejects as its ground does. */
export async function offer(
  source: SourceName,
  { world, line, commands }: Asked,
): Promise<readonly Candidate[]> {
  if (source === "commands") return commands;
  if (source === "files" || source === "directories") return [];
  const { options } = line;
  const given = Object.fromEntries(
    ["project", "config"].flatMap((name) => {
      const value = options.get(`--${name}`);
      return value === undefined ? [] : [[name, value]];
    }),
  );
  const launch = once(() => openLaunch(world, { args: [], options: given }));
  return await SOURCES[source]({
    world,
    line,
    launch,
    environment: async () => chosenEnvironment(await launch(), options.get("--env")),
    known: once(async () => knownHere(await launch(), { isElsewhere: options.has("--store"), world })),
  });
}

function componentsOf({ components }: Launch): Candidate[] {
  return components.map(({ name, kind }) => ({ value: name, about: kind.kind }));
}

function typedIn({ wanted }: Line): string {
  return wanted.what === "nothing" ? "" : wanted.typed;
}

/** Loaded when it is asked for: what reads Markdown takes its time. */
async function itemsIn(launch: Launch, world: World) {
  if (launch.checklist === undefined) return [];
  const { readItems } = await import("../checklist-items.ts");
  return (await readItems(launch.checklist, { launch, world })).items;
}
