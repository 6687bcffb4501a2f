import type { OutgoingMessage } from "../model/alert.ts";
import { messageOf } from "../model/errors.ts";
import { type Incident, UNTOUCHED } from "../model/incident.ts";
import type { Release } from "../model/release.ts";
import { facts, frame, nextFacts, noticeHead } from "../notify/framing.ts";
import { channelsFor } from "../notify/routes.ts";
import { deliverNow } from "./deliver-now.ts";
import { releaseDifference } from "./release-difference.ts";
import type { DeployScene } from "./scene.ts";

/** Who rolls back when nobody does. */
export const AUTOMATIC = "gonogo";

const REVIEW_WITHIN_MS = 48 * 3_600_000;
const TITLE_LENGTH = 120;

export interface RolledBack {
  readonly bad: Release;
  readonly to: Release;
  readonly deploy: string;
  readonly reason: string;
  /** When the bad release began to answer users. */
  readonly liveSince: number;
  readonly firstFailureAt: number;
}

/**
 * Opens the incident of a release that went back by itself, with what it had changed, and tells people. It is
 * mitigated, not over: somebody has to find out why. Never throws: the way back has been taken already.
 */
export async function openRollbackIncident(scene: DeployScene, event: RolledBack): Promise<string> {
  try {
    const incident = await open(scene, event);
    return `incident ${incident.id} is open: gonogo incidents show ${incident.id} --env ${incident.environment}`;
  } catch (thrown) {
    return `no incident could be opened: ${messageOf(thrown)}`;
  }
}

async function open(scene: DeployScene, event: RolledBack): Promise<Incident> {
  const { environment, launch, store, doors } = scene;
  const { bad, to, reason, liveSince, firstFailureAt, deploy } = event;
  const now = doors.clock.now();
  const lines = await releaseDifference(to, bad, { directory: launch.directory, doors });
  const [why = reason] = reason.split("\n");
  const incident: Omit<Incident, "id"> = {
    ...UNTOUCHED,
    environment: environment.name,
    state: "mitigated",
    severity: "P1",
    title: `release ${bad.id} went back to ${to.id}: ${why}`.slice(0, TITLE_LENGTH),
    component: "deploy",
    affected: ["deploy"],
    openedAt: now,
    firstFailureAt,
    release: bad.id,
    suspect: { release: bad.id, commit: bad.commit, liveSince },
    mitigatedAt: now,
    reviewDueAt: now + REVIEW_WITHIN_MS,
  };
  const line = (id: string, kind: "opened" | "rolled back" | "mitigated" | "note", text: string) => ({
    incident: id,
    at: now,
    kind,
    by: undefined,
    text,
  });
  const opened = await store.incidents.open(incident, {
    events: (id) => [
      line(id, "opened", reason),
      line(id, "rolled back", `${deploy}: ${bad.id} to ${to.id}`),
      line(id, "mitigated", `${to.id} answers users again`),
      ...lines.map((each) => line(id, "note", each)),
    ],
    messages: () => [],
  });
  await deliverNow(scene, messagesFor(scene, { incident: opened, event, lines }));
  return opened;
}

function messagesFor(
  scene: DeployScene,
  told: { incident: Incident; event: RolledBack; lines: readonly string[] },
): OutgoingMessage[] {
  const { launch, doors } = scene;
  const { incident, event, lines } = told;
  const head = noticeHead(scene);
  const notice = {
    ...frame(head, incident),
    key: `msg_${doors.random.hex(12)}`,
    kind: "firing" as const,
    severity: incident.severity,
    title: incident.title,
    at: incident.openedAt,
    facts: facts([
      ["why", event.reason],
      ["now live", event.to.id],
      ["commit", event.bad.commit.replace("tree:", "").slice(0, 12)],
      ["what it changed", lines.join("; ")],
      ["once it is mended", `gonogo deploy --env ${head.environment}; the same commit needs --reason "why"`],
      ...nextFacts(head, incident),
    ]),
  };
  return channelsFor(incident, launch.alerts).map((channel) => ({ channel, incident: incident.id, notice }));
}
