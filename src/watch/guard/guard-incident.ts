import { askAboutHeld } from "../../deploy/held-incident.ts";
import { incidentMessages } from "../../deploy/incident-messages.ts";
import { releaseDifference } from "../../deploy/release-difference.ts";
import { AUTOMATIC, openRollbackIncident } from "../../deploy/rollback-incident.ts";
import type { DeployScene } from "../../deploy/scene.ts";
import type { Notice } from "../../model/channel.ts";
import type { Deploy } from "../../model/deploy.ts";
import type { Incident } from "../../model/incident.ts";
import type { SetOff } from "./set-off.ts";

const MOST_OPEN = 50;

/** Writes into the incident that there is, or opens one, that the release was sent back, and tells people. */
export async function tellWentBack(
  scene: DeployScene,
  event: { deploy: Deploy; back: Deploy; found: SetOff; liveSince: number },
): Promise<void> {
  const { store, environment, launch, doors } = scene;
  const { deploy, back, found, liveSince } = event;
  const at = doors.clock.now();
  const bad = await store.releases.get(environment.name, deploy.release);
  const to = await store.releases.get(environment.name, back.release);
  if (!bad || !to) return;
  const { incident: id, reason, firstFailureAt = at } = found;
  if (id === undefined) {
    await openRollbackIncident(scene, { bad, to, deploy: back.id, reason, liveSince, firstFailureAt });
    return;
  }
  const line = { incident: id, at, by: undefined };
  await store.incidents.addEvent(environment.name, {
    ...line,
    kind: "rolled back",
    text: `${back.id}: ${bad.id} to ${to.id}, because ${reason}`,
  });
  for (const text of await releaseDifference(to, bad, { directory: launch.directory, doors })) {
    await store.incidents.addEvent(environment.name, { ...line, kind: "note", text });
  }
  const text = `${to.id} answers users again`;
  await store.incidents.mitigate(environment.name, id, { by: AUTOMATIC, at, text });
  await tell(scene, { id, title: `release ${bad.id} was sent back to ${to.id}`, reason });
}

/** A trigger was set off and nothing was done about it: somebody has to decide. Throws when nobody could be asked. */
export async function tellHeld(
  scene: DeployScene,
  event: { deploy: Deploy; found: SetOff; why: string; liveSince: number },
): Promise<void> {
  const { store, environment, doors } = scene;
  const { deploy, found, why, liveSince } = event;
  const { incident, reason, firstFailureAt = doors.clock.now() } = found;
  const release = await store.releases.get(environment.name, deploy.release);
  if (!release) return;
  const back =
    deploy.from === undefined ? undefined : await store.releases.get(environment.name, deploy.from);
  const since = doors.clock.now();
  const said = await askAboutHeld(scene, {
    ...{ release, back, reason, why, liveSince, firstFailureAt, incident },
    severity: "P1",
  });
  if (!(await isAsked(scene, { incident, since }))) throw new Error(said);
}

/** As is written down, not as was said: what stands in an incident is not asked a second time in another one. */
async function isAsked(
  { store, environment: { name } }: DeployScene,
  { incident, since }: { incident: string | undefined; since: number },
): Promise<boolean> {
  const open = await store.incidents.list(name, { unresolved: true, limit: MOST_OPEN });
  const ids = new Set([...open.map(({ id }) => id), ...(incident === undefined ? [] : [incident])]);
  const events = await Promise.all([...ids].map((id) => store.incidents.events(name, id)));
  return events.flat().some(({ kind, at }) => kind === "asked" && at >= since);
}

async function tell(
  scene: DeployScene,
  { id, title, reason }: { id: string; title: string; reason: string },
): Promise<void> {
  const { store, environment, doors } = scene;
  const incident = await store.incidents.get(environment.name, id);
  if (!incident) return;
  const at = doors.clock.now();
  const messages = incidentMessages(scene, incident, {
    kind: kindOf(incident),
    title,
    at,
    facts: [
      ["because", reason],
      ["incident", incident.title],
    ],
  });
  await store.outbox.add(environment.name, messages, at);
}

/** The release in front may have answered well again before the way back was through: then nothing goes on. */
export function kindOf({ state, toldAt }: Pick<Incident, "state" | "toldAt">): Notice["kind"] {
  if (state === "resolved") return "resolved";
  return toldAt === undefined ? "firing" : "still firing";
}
