import type { Incident } from "../model/incident.ts";
import type { DeployScene } from "./scene.ts";

/** What people were asked about a release that went bad and stays live, and nobody has answered. */
export interface OpenQuestion {
  readonly incident: Incident;
  readonly askedAt: number;
  /** "r5 stays live although 12 % of 40 requests failed: the policy is \"ask\"" */
  readonly text: string;
}

type Ground = Pick<DeployScene, "store" | "environment" | "doors">;

const MOST = 50;

/** Newest first. */
export async function openQuestions({ store, environment }: Ground): Promise<OpenQuestion[]> {
  const incidents = await store.incidents.list(environment.name, { unresolved: true, limit: MOST });
  const found = await Promise.all(
    incidents.map(async (incident): Promise<OpenQuestion[]> => {
      if (incident.state !== "open") return [];
      const events = await store.incidents.events(environment.name, incident.id);
      const asked = events.findLast(({ kind }) => kind === "asked");
      return asked ? [{ incident, askedAt: asked.at, text: asked.text }] : [];
    }),
  );
  return found.flat();
}

/** Another release answers users now: nobody has to decide about the one before. */
export async function answerQuestions(
  ground: Ground,
  { by, text, isBack }: { by: string; text: string; isBack: boolean },
): Promise<void> {
  const { store, environment, doors } = ground;
  const at = doors.clock.now();
  for (const { incident } of await openQuestions(ground)) {
    const { id } = incident;
    if (isBack)
      await store.incidents.addEvent(environment.name, { incident: id, at, kind: "rolled back", by, text });
    await store.incidents.mitigate(environment.name, id, { by, at, text });
  }
}
