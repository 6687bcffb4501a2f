import { messageOf } from "../model/errors.ts";
import { type Incident, UNTOUCHED } from "../model/incident.ts";
import type { Release } from "../model/release.ts";
import { deliverNow } from "./deliver-now.ts";
import { incidentMessages } from "./incident-messages.ts";
import { releaseDifference } from "./release-difference.ts";
import type { DeployScene } from "./scene.ts";

/** A release that answers users although it went bad, or although nobody could tell. */
export interface HeldRelease {
  readonly release: Release;
  /** What it could be sent back to; undefined: nothing. */
  readonly back: Release | undefined;
  /** "12 % of 40 requests failed" */
  readonly reason: string;
  /** Why it was not sent back: the policy is "ask" */
  readonly why: string;
  readonly severity: "P1" | "P2";
  readonly liveSince: number;
  readonly firstFailureAt: number;
  /** That tells of it already; undefined: one is opened. */
  readonly incident: string | undefined;
}

const TITLE_LENGTH = 120;

/**
 * Asks people what is to become of the release: in an incident, in a message and in `gonogo status`. Never throws,
 * for it is asked when all else is done; the sentence says where it was asked.
 */
export async function askAboutHeld(scene: DeployScene, held: HeldRelease): Promise<string> {
  try {
    const incident = await noted(scene, held);
    await tell(scene, incident, held);
    const answers = answersTo(scene.environment.name, { incident: incident.id, canGoBack: !!held.back });
    const either = [answers.goBack, answers.keep].filter((each) => each !== undefined).join(" or ");
    return `incident ${incident.id} asks what is to become of it: ${either}`;
  } catch (thrown) {
    return `nobody could be asked: ${messageOf(thrown)}`;
  }
}

/** The commands that answer. */
export function answersTo(
  environment: string,
  { incident, canGoBack }: { incident: string; canGoBack: boolean },
): { readonly goBack: string | undefined; readonly keep: string } {
  return {
    goBack: canGoBack ? `gonogo rollback --env ${environment}` : undefined,
    keep: `gonogo incidents mitigate ${incident} "it stays: ..." --env ${environment}`,
  };
}

async function noted(scene: DeployScene, held: HeldRelease): Promise<Incident> {
  const { store, environment, doors, launch } = scene;
  const { release, back, reason, why } = held;
  const at = doors.clock.now();
  const changed = back ? await releaseDifference(back, release, { directory: launch.directory, doors }) : [];
  const asked = (incident: string) => ({
    incident,
    at,
    kind: "asked" as const,
    by: undefined,
    text: `${release.id} stays live although ${reason}: ${why}`,
  });
  const known = held.incident && (await store.incidents.get(environment.name, held.incident));
  if (known) {
    await store.incidents.addEvent(environment.name, asked(known.id));
    return known;
  }
  const incident = newIncident(environment.name, held, at);
  return await store.incidents.open(incident, {
    events: (id) => [
      { ...asked(id), kind: "opened", text: reason },
      asked(id),
      ...changed.map((text) => ({ ...asked(id), kind: "note" as const, text })),
    ],
    messages: () => [],
  });
}

function newIncident(environment: string, held: HeldRelease, now: number): Omit<Incident, "id"> {
  const { release, reason, severity, liveSince, firstFailureAt } = held;
  const [what = reason] = reason.split("\n");
  return {
    environment,
    ...UNTOUCHED,
    severity,
    title: `release ${release.id} stays live: ${what}`.slice(0, TITLE_LENGTH),
    component: "deploy",
    affected: ["deploy"],
    openedAt: now,
    firstFailureAt,
    release: release.id,
    suspect: { release: release.id, commit: release.commit, liveSince },
  };
}

async function tell(scene: DeployScene, incident: Incident, held: HeldRelease): Promise<void> {
  const { release, back, reason, why } = held;
  const { goBack, keep } = answersTo(scene.environment.name, {
    incident: incident.id,
    canGoBack: back !== undefined,
  });
  const messages = incidentMessages(scene, incident, {
    kind: incident.toldAt === undefined ? "firing" : "still firing",
    title: `release ${release.id} stays live: ${why}`,
    at: scene.doors.clock.now(),
    facts: [
      ["because", reason],
      ["incident", held.incident === undefined ? undefined : incident.title],
      ["go back", goBack],
      ["keep it", keep],
    ],
  });
  await deliverNow(scene, messages);
}
