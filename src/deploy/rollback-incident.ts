import { messageOf } from "../model/errors.ts";
import { type Incident, REVIEW_WITHIN_MS, UNTOUCHED } from "../model/incident.ts";
import type { Release } from "../model/release.ts";
import { deliverNow } from "./deliver-now.ts";
import { incidentMessages } from "./incident-messages.ts";
import { releaseDifference } from "./release-difference.ts";
import type { DeployScene } from "./scene.ts";

/** Who rolls back when nobody does. */
export const AUTOMATIC = "gonogo";

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
  const messages = incidentMessages(scene, opened, {
    kind: "firing",
    title: opened.title,
    at: opened.openedAt,
    facts: [
      ["why", reason],
      ["now live", to.id],
      ["commit", bad.commit.replace("tree:", "").slice(0, 12)],
      ["what it changed", lines.join("; ")],
      ["once it is mended", `gonogo deploy --env ${environment.name}; the same commit needs --reason "why"`],
    ],
  });
  await deliverNow(scene, messages);
  return opened;
}
