import { answersTo } from "../deploy/held-incident.ts";
import { openQuestions } from "../deploy/open-questions.ts";
import type { Incident } from "../model/incident.ts";
import type { Variables } from "../model/variable.ts";
import { channelTroubles } from "../notify/channel-health.ts";
import type { JsonResult } from "./output/contracts/contract.ts";
import type { OpenScene } from "./scene.ts";

type StatusRecord = Extract<JsonResult, { kind: "status" }>;
type People = Pick<StatusRecord, "incidents" | "questions" | "channels">;

const MOST = 1_000;

/** What waits for a person: incidents that are not over, decisions about a release, channels that tell nobody. */
export async function waitingForPeople(scene: OpenScene): Promise<People> {
  const { store, environment, launch } = scene;
  const { name } = environment;
  const open = await store.incidents.list(name, { unresolved: true, limit: MOST });
  const asked = await openQuestions(scene);
  // As `gonogo rollback` chooses where to.
  const canGoBack = (await store.releases.list(name, 100)).some(({ state }) => state === "replaced");
  const { values } = await scene
    .readVariables(new Map())
    .catch((): Variables => ({ declared: [], values: new Map() }));
  return {
    incidents: [...open].sort(worstFirst).map(({ id, state, severity, title, openedAt, acknowledgedBy }) => ({
      ...{ id, state, severity, title, openedAt },
      acknowledgedBy: acknowledgedBy ?? null,
    })),
    questions: asked.map(({ incident: { id }, askedAt, text }) => {
      const { goBack, keep } = answersTo(name, { incident: id, canGoBack });
      return { incident: id, askedAt, text, goBack: goBack ?? null, keep };
    }),
    channels: await channelTroubles({
      environment: name,
      channels: launch.alerts.channels,
      outbox: store.outbox,
      values: new Map([...values].map(([key, { value }]) => [key, value])),
    }),
  };
}

/** What is open before what is mitigated, P0 before P3, and of those the newest. */
function worstFirst(a: Incident, b: Incident): number {
  const mitigated = Number(a.state !== "open") - Number(b.state !== "open");
  return mitigated || a.severity.localeCompare(b.severity) || b.openedAt - a.openedAt;
}
