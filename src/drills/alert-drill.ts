import type { OutboxRow } from "../model/alert.ts";
import type { Notice } from "../model/channel.ts";
import { formatDuration } from "../model/duration.ts";
import { fail, type Outcome, pass, warn } from "../model/outcome.ts";
import { quantity } from "../model/quantity.ts";
import { channelVariables } from "../notify/credentials.ts";
import { acknowledgeLine, linksOf, noticeHead } from "../notify/framing.ts";
import { sendNow } from "../notify/send-now.ts";
import type { Drill, DrillContext } from "./drill.ts";

const DELIVERY_MS = 60_000;
const LOOK_EVERY_MS = 500;

/** Tells people through every declared channel that this is a drill, and waits until one of them says so. */
export const alertDrill: Drill = {
  name: "alert",
  title: "A message through every channel arrives, and a person acknowledges it in time",
  consequence: "The first real alert reaches nobody, and users find out first.",
  freshFor: "90d",
  locksItself: true,
  disturbsNobody: true,
  async unfit({ launch }) {
    return launch.alerts.channels.length === 0 ? "no channel is declared (alerts.channels)" : undefined;
  },
  disturbs: ({ launch }) => {
    const names = launch.alerts.channels.map(({ name, kind }) => `${name} (${kind.kind})`);
    return [
      `sends one message, marked as a drill, through ${names.join(", ")}`,
      `waits ${formatDuration(launch.alerts.acknowledgeWithinMs)} for a person to acknowledge it`,
    ];
  },
  hold,
};

async function hold(context: DrillContext): Promise<Outcome> {
  const { scene, signal, note } = context;
  const { launch, environment, store, doors } = scene;
  const { channels } = launch.alerts;
  const drill = (await store.drills.list(environment.name)).find(
    ({ name, state }) => name === "alert" && state === "running",
  );
  const word = (drill?.id ?? "drill").replace(" ", "-");
  const notice = noticeOf(context, word);
  const from = doors.clock.monotonicMs();
  const messages = channels.map(({ name }) => ({ channel: name, incident: undefined, notice }));
  const rows = await sendNow(messages, {
    environment: environment.name,
    channels,
    outbox: store.outbox,
    doors,
    variables: channelVariables(scene),
    signal,
    patienceMs: DELIVERY_MS,
  });
  for (const row of rows) note(lineOf(row));
  const lost = rows.filter(({ state }) => state !== "sent");
  const deliveredMs = Math.round(doors.clock.monotonicMs() - from);
  const measured = { channels: rows.length, lost: lost.length, deliveredMs };
  if (lost.length > 0) {
    return fail(`${lost.length} of ${rows.length} channels did not take the message`, {
      expected: "every channel takes it within a minute",
      found: lost.map(lineOf).join("; "),
      fix: `mend the channel's variables or the declaration, then gonogo drill alert --env ${environment.name}`,
      findings: lost.map(({ channel }) => channel),
      measured,
    });
  }
  if (context.wait === false) {
    return warn(`${quantity(rows.length, "channel")} took the message; nobody was waited for`, {
      expected: "a person who acknowledges it",
      found: "--no-wait: the drill ended with the delivery",
      fix: `gonogo drill alert --env ${environment.name}, with somebody at the other end`,
      measured,
    });
  }
  note(`waiting for: gonogo incidents ack ${word} --env ${environment.name}`);
  return await acknowledged(context, { id: drill?.id ?? "", measured });
}

async function acknowledged(
  { scene, signal }: DrillContext,
  { id, measured }: { id: string; measured: Readonly<Record<string, number>> },
): Promise<Outcome> {
  const { environment, launch, store, doors } = scene;
  const withinMs = launch.alerts.acknowledgeWithinMs;
  const from = doors.clock.monotonicMs();
  while (doors.clock.monotonicMs() - from < withinMs) {
    const drill = (await store.drills.list(environment.name)).find((each) => each.id === id);
    const by = drill?.mark.acknowledgedBy;
    if (typeof by === "string") {
      const tookMs = Math.round(doors.clock.monotonicMs() - from);
      return pass(`${by} acknowledged after ${formatDuration(tookMs)}`, { ...measured, by, tookMs });
    }
    await doors.clock.delay(LOOK_EVERY_MS, signal);
  }
  return fail("the message arrived and nobody acknowledged it", {
    expected: `an acknowledgement within ${formatDuration(withinMs)}`,
    found: "none",
    fix: `tell whoever is on call what the message looks like and how to acknowledge, then gonogo drill alert --env ${environment.name}`,
    measured,
  });
}

function noticeOf({ scene, by }: DrillContext, word: string): Notice {
  const { launch, environment, doors } = scene;
  return {
    key: `msg_${doors.random.hex(12)}`,
    thread: `${launch.name}/${environment.name}/${word}-${doors.clock.now().toString(36)}`,
    kind: "drill",
    severity: "P3",
    launch: launch.name,
    environment: environment.name,
    title: "does this reach you?",
    ...linksOf(noticeHead(scene), ""),
    facts: [
      ["held by", by],
      ["acknowledge", acknowledgeLine({ environment: environment.name }, word)],
    ],
    at: doors.clock.now(),
  };
}

function lineOf({ channel, state, receipt, error }: OutboxRow): string {
  return state === "sent" ? `${channel}: taken (${receipt})` : `${channel}: ${error ?? "not taken yet"}`;
}
