import { UserError } from "../model/errors.ts";
import type { Monitor } from "../model/monitor.ts";
import { watchPlaceOf } from "../store/watch-place.ts";
import { fits, isActive } from "../watch/alerts/muting.ts";
import { monitorsOf } from "../watch/monitors/monitors.ts";
import {
  actionAmong,
  type CommandModule,
  declareEnvironment,
  declareFormat,
  examples,
  type Given,
  text,
} from "./command.ts";
import { show } from "./format.ts";
import { silencesRecordOf } from "./incidents/records.ts";
import { silencesText } from "./incidents/texts.ts";
import { lengthOption, withinLongest } from "./length-option.ts";
import { meant, noSuch } from "./no-such.ts";
import { folded } from "./output/plain-text.ts";
import { type OpenScene, openScene } from "./scene.ts";

const ACTIONS = ["list", "add", "end"] as const;
const LONGEST_MS = 30 * 86_400_000;

export const silenceCommand: CommandModule = {
  completes: { action: ACTIONS, what: { after: { add: "watched", end: "silences" } } },
  declare(command) {
    declareFormat(
      declareEnvironment(
        command
          .argument("[action]", `one of: ${ACTIONS.join(", ")}`, "list")
          .argument(
            "[what...]",
            "add: components, checks, monitors, or beginnings such as postgres.; end: its id",
          ),
      ),
    )
      .option("--for <duration>", "add: how long, 30d at most")
      .option("--reason <text>", "add: why")
      .option("--everything", "add: all of the environment")
      .option("--all", "list: those that are over too")
      .option("--by <name>", "who (default: user@host)");
    examples(command, [
      [
        'gonogo silence add db --for 2h --reason "moving to the new disk"',
        "nobody is told of db; it is measured on",
      ],
      ["gonogo silence", "what is silenced now"],
      ["gonogo silence end s3", "before its time"],
    ]);
  },
  async run(world, given) {
    const action = actionAmong(given, ACTIONS);
    const what = given.args.slice(1);
    await using scene = await openScene(world, given);
    const { store, environment, doors } = scene;
    const now = doors.clock.now();
    if (action === "add") await add(scene, { what, given, who: world.who });
    else if (action === "end") {
      const [id] = what;
      if (id === undefined)
        throw new UserError("say which silence ends", { fix: "gonogo silence lists them" });
      if (!(await store.silences.end(environment.name, id, now))) {
        const lasting = (await store.silences.list(environment.name)).filter((each) => isActive(each, now));
        throw noSuch("silence that lasts", id, {
          known: lasting.map((each) => each.id),
          none: "gonogo silence list --all shows those that are over",
        });
      }
    }
    const known = await store.silences.list(environment.name);
    const kept =
      given.options.all === true ? known : known.filter((each) => isActive(each, doors.clock.now()));
    const record = silencesRecordOf(scene, kept);
    await show(world, given, {
      record,
      text: () => folded(silencesText(record, doors.clock.now()), world.output),
    });
    return 0;
  },
};

async function add(
  scene: OpenScene,
  { what, given, who }: { what: readonly string[]; given: Given; who: string },
): Promise<void> {
  const { store, environment, doors } = scene;
  const reason = text(given, "reason")?.trim() ?? "";
  if (reason === "") throw new UserError("a silence needs a reason", { fix: '--reason "..."' });
  const lasts = lengthOption(given, "for");
  withinLongest(lasts, LONGEST_MS, "a silence");
  if ((what.length === 0) !== (given.options.everything === true)) {
    throw new UserError("say what is silenced", { fix: "components or checks by name, or --everything" });
  }
  const monitors = await watchedIn(scene);
  // One that fits nothing would be taken for quiet.
  const idle = what.filter(
    (pattern) =>
      !monitors.some(({ id, component, check }) => fits([pattern], { monitor: id, component, check })),
  );
  if (idle.length > 0) {
    const names = [...new Set(monitors.map(({ component }) => component))].join(", ");
    const known = monitors.flatMap(({ id, component, check }) => [component, check ?? id, id]);
    const told = idle.map((each) => `${each}${meant(each, [...new Set(known)])}`);
    throw new UserError(`nothing that is watched is called ${told.join(", ")}`, {
      fix: `components are ${names}; a beginning ends in "." or "/", such as postgres.`,
    });
  }
  const from = doors.clock.now();
  await store.silences.add({
    environment: environment.name,
    by: text(given, "by") ?? who,
    reason,
    from,
    until: from + lasts,
    fits: what,
  });
}

/** What is declared, and what else was seen: promises and heartbeats have no place in a component's checks. */
async function watchedIn(scene: OpenScene): Promise<Pick<Monitor, "id" | "component" | "check">[]> {
  const { launch, environment } = scene;
  const { probes, rounds } = monitorsOf(launch, environment);
  await using measurements = await watchPlaceOf(scene).openForReading();
  const seen = (await measurements?.latest()) ?? [];
  const ids = [
    ...(launch.watch?.heartbeats ?? []).map(({ name }) => `heartbeat/${name}`),
    ...seen.map(({ monitor }) => monitor),
  ];
  return [
    ...[...probes, ...rounds.flatMap(({ checks }) => checks)].map(({ monitor }) => monitor),
    ...ids.map((id) => ({ id, component: id.split("/")[0] ?? id, check: undefined })),
  ];
}
