import type { ApiKey } from "../model/api-key.ts";
import type { ApiSources } from "./sources.ts";

export const MOST_WHY = 500;

/** What somebody chose about a release that went bad. Returns why nothing was done; undefined: it was, or begins. */
export async function answerQuestion(
  { store, environment, clock, release, liveRelease }: ApiSources,
  { id, key, form }: { id: string; key: ApiKey; form: Readonly<Record<string, unknown>> },
): Promise<string | undefined> {
  const { answer, from, to, why } = form;
  if (typeof why !== "string" || why.trim() === "" || why.length > MOST_WHY)
    return `Why is missing, or longer than ${MOST_WHY} characters.`;
  const incident = await store.incidents.get(environment.name, id);
  const events = incident ? await store.incidents.events(environment.name, id) : [];
  if (incident?.state !== "open" || events.every(({ kind }) => kind !== "asked"))
    return `${id} asks nothing any more: it was answered already, or is over.`;
  const live = await liveRelease();
  // What was shown when somebody chose is what they chose about.
  if (typeof from !== "string" || live !== from) return `${live ?? "Nothing"} is live now, not ${from}.`;
  const said = { by: key.name, reason: why.trim() };
  if (answer === "keep") {
    const text = `it stays: ${said.reason}`;
    const isFirst = await store.incidents.mitigate(environment.name, id, {
      by: key.name,
      at: clock.now(),
      text,
    });
    return isFirst ? undefined : `${id} was answered already.`;
  }
  if (answer !== "back" || typeof to !== "string") return "The answer is neither to go back nor to stay.";
  return await release.goBack({ incident: id, ...said, from, to });
}
