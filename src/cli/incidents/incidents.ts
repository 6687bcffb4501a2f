import { UserError } from "../../model/errors.ts";
import type { Incident } from "../../model/incident.ts";
import { postMortem } from "../../watch/incidents/post-mortem.ts";
import { reviewItemId } from "../../watch/incidents/review-items.ts";
import type { World } from "../../wiring.ts";
import {
  actionAmong,
  type CommandModule,
  declareEnvironment,
  declareFormat,
  examples,
  type Given,
  text,
} from "../command.ts";
import { acknowledgeDrill, drillNumber } from "../drills/acknowledgement.ts";
import { show } from "../format.ts";
import { folded } from "../output/plain-text.ts";
import { headOf } from "../records.ts";
import { type OpenScene, openScene } from "../scene.ts";
import { chosenIncident, incidentRecordOf, incidentsRecordOf, messageRecord } from "./records.ts";
import { incidentsText, incidentText } from "./texts.ts";

const ACTIONS = [
  "list",
  "show",
  "ack",
  "note",
  "mitigate",
  "resolve",
  "post-mortem",
  "review",
  "retry",
] as const;
type Action = (typeof ACTIONS)[number];
const ON_ONE = ACTIONS.filter((action) => action !== "list" && action !== "retry");

export const incidentsCommand: CommandModule = {
  completes: {
    action: ACTIONS,
    id: { after: Object.fromEntries(ON_ONE.map((action) => [action, "incidents"])) },
    "--write": "files",
  },
  declare(command) {
    declareFormat(
      declareEnvironment(
        command
          .argument("[action]", `one of: ${ACTIONS.join(", ")}`, "list")
          .argument("[id]", "the incident; default: the newest that is not resolved")
          .argument("[words...]", "what was done, for note, mitigate, resolve and review"),
      ),
    )
      .option("--open", "list: only what is not resolved")
      .option("--limit <count>", "list: how many", "20")
      .option("--write <file>", "post-mortem: into this file instead of the terminal")
      .option("--by <name>", "who (default: user@host)");
    examples(command, [
      ["gonogo incidents --env production", "the newest twenty, and messages nobody got"],
      ["gonogo incidents ack i3", "somebody looks after it; nobody else is called"],
      ['gonogo incidents note i3 "pool was full; raised it to 40"', "a line in its timeline"],
      ["gonogo incidents post-mortem i3 --write docs/i3.md", "a draft from the facts, to be finished"],
      ['gonogo incidents review i3 "docs/i3.md, discussed on Monday"', "reviewed: off the board"],
    ]);
  },
  async run(world, given) {
    const action = actionAmong(given, ACTIONS);
    await using scene = await openScene(world, given);
    if (action === "list") return await list(world, scene, given);
    if (action === "retry") return await retry(world, scene, given);
    const id = given.args[1];
    if (action === "ack" && drillNumber(id) !== undefined) return await acknowledgeDrill(world, scene, given);
    const incident = await chosenIncident(scene, id);
    if (action === "post-mortem") return await draft(world, scene, { incident, given });
    if (action !== "show") await act(scene, { action, incident, given, who: world.who });
    const record = await incidentRecordOf(scene, await chosenIncident(scene, incident.id));
    await show(world, given, {
      record,
      text: () => folded(incidentText(record, scene.doors.clock.now()), world.output),
    });
    return 0;
  },
};

async function list(world: World, scene: OpenScene, given: Given): Promise<0> {
  const limit = Number(text(given, "limit"));
  if (!Number.isInteger(limit) || limit < 1)
    throw new UserError("--limit is a number from 1", { fix: "--limit 20" });
  const record = await incidentsRecordOf(scene, { limit, unresolved: given.options.open === true });
  await show(world, given, {
    record,
    text: () => folded(incidentsText(record, scene.doors.clock.now()), world.output),
  });
  return 0;
}

async function retry(world: World, scene: OpenScene, given: Given): Promise<0> {
  const { store, environment, doors } = scene;
  const [, number] = given.args;
  const undelivered = await store.outbox.list(environment.name, { state: "dead", limit: 1_000 });
  const message = undelivered.find((each) => `${each.number}` === number);
  if (!message || !(await store.outbox.retry(environment.name, message.number, doors.clock.now()))) {
    throw new UserError(
      number === undefined
        ? "say which message is sent again"
        : `message ${number} is none that was given up`,
      { fix: "gonogo incidents lists them by their numbers" },
    );
  }
  await show(world, given, {
    record: {
      ...headOf(scene),
      kind: "retry",
      message: messageRecord({ ...message, state: "waiting", attempts: 0 }),
    },
    text: () => `message ${number} is sent again by whoever watches (gonogo serve)\n`,
  });
  return 0;
}

async function act(
  { store, environment, doors }: OpenScene,
  { action, incident, given, who }: { action: Action; incident: Incident; given: Given; who: string },
): Promise<void> {
  const { name } = environment;
  const words = given.args.slice(2).join(" ").trim();
  const deed = { by: text(given, "by") ?? who, at: doors.clock.now(), text: words };
  const { incidents } = store;
  if (action === "ack") {
    if (await incidents.acknowledge(name, incident.id, deed)) return;
    throw new UserError(`${incident.id} was acknowledged by ${incident.acknowledgedBy} already`);
  }
  if (words === "") throw new UserError(`say what: gonogo incidents ${action} ${incident.id} "..."`);
  if (action === "note")
    return await incidents.addEvent(name, { incident: incident.id, kind: "note", ...deed });
  if (action === "mitigate" && (await incidents.mitigate(name, incident.id, deed))) return;
  if (action === "resolve") {
    await expectOver({ store, environment }, incident);
    if (await incidents.resolve(name, incident.id, deed)) return;
  }
  if (action === "review") {
    if (incident.state !== "resolved")
      throw new UserError(`${incident.id} is not over yet`, { fix: "resolve it first" });
    const until = deed.at + REVIEW_STANDS_MS;
    const item = reviewItemId(incident.id);
    await store.people.sign({ environment: name, item, by: deed.by, at: deed.at, until, evidence: words });
    if (await incidents.review(name, incident.id, deed)) return;
  }
  throw new UserError(`${incident.id} is past that already`, { fix: `gonogo incidents show ${incident.id}` });
}

const REVIEW_STANDS_MS = 365 * 86_400_000;

/** What still fails is not over because somebody says so. */
async function expectOver(
  { store, environment }: Pick<OpenScene, "store" | "environment">,
  { id }: Incident,
): Promise<void> {
  const { groups } = await store.alerts.load(environment.name);
  const firing = groups
    .filter((group) => group.incident === id)
    .flatMap((group) => group.alerts.filter((each) => each.resolvedAt === undefined));
  if (firing.length === 0) return;
  const [first] = firing;
  const more = firing.length > 1 ? ` and ${firing.length - 1} more` : "";
  throw new UserError(`${id} is not over: ${first?.monitor} still fails${more}`, {
    fix: `it resolves by itself; until then: gonogo incidents mitigate ${id} "..." or gonogo silence add`,
  });
}

const BEFORE_MS = 3_600_000;

async function draft(
  world: World,
  scene: OpenScene,
  { incident, given }: { incident: Incident; given: Given },
): Promise<0> {
  const { store, environment, launch, doors } = scene;
  const now = doors.clock.now();
  const end = incident.resolvedAt ?? now;
  const deploys = await store.deploys.list(environment.name, 100);
  const markdown = postMortem({
    launch: launch.name,
    incident,
    events: await store.incidents.events(environment.name, incident.id),
    messages: await store.outbox.list(environment.name, { incident: incident.id, limit: 1_000 }),
    deploys: deploys
      .filter(({ startedAt }) => startedAt >= incident.firstFailureAt - BEFORE_MS && startedAt <= end)
      .reverse(),
    availability: launch.promises.availability,
    acknowledgeWithinMs: launch.alerts.acknowledgeWithinMs,
    now,
  });
  const file = text(given, "write");
  if (file !== undefined) await doors.files.write(`${launch.directory}/${file}`, markdown);
  await show(world, given, {
    record: {
      ...headOf(scene),
      kind: "post-mortem",
      ...{ incident: incident.id, markdown, written: file ?? null },
    },
    text: () =>
      file === undefined
        ? markdown
        : `${file} is a draft; finish it, then: gonogo incidents review ${incident.id} "${file}"\n`,
  });
  return 0;
}
