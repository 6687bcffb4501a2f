import type { Store } from "../../store/store.ts";
import type { Happening } from "./otlp.ts";

const NEWEST = 20;

/** Deploys and incidents whose state has changed since it was looked last; the first look tells none. */
export function watchHappenings(
  store: Pick<Store, "deploys" | "incidents">,
  environment: string,
): () => Promise<Happening[]> {
  let known: ReadonlyMap<string, string> | undefined;
  return async () => {
    const deploys = (await store.deploys.list(environment, NEWEST)).map(
      ({ id, kind, release, from, by, state, reason, startedAt, finishedAt }) => ({
        id,
        state,
        happening: {
          name: `gonogo.${kind}`,
          at: finishedAt ?? startedAt,
          text: `${kind} ${id} of ${release} by ${by}: ${state}${reason === undefined ? "" : `, ${reason}`}`,
          isBad: state !== "done" && state !== "running",
          attributes: { id, release, from: from ?? "", state },
        },
      }),
    );
    const incidents = (await store.incidents.list(environment, { limit: NEWEST })).map(
      ({ id, state, severity, title, component, openedAt, mitigatedAt, resolvedAt }) => ({
        id,
        state,
        happening: {
          name: "gonogo.incident",
          at: resolvedAt ?? mitigatedAt ?? openedAt,
          text: `${id} ${severity} ${title}: ${state}`,
          isBad: state === "open",
          attributes: { id, state, severity, component },
        },
      }),
    );
    const now = [...deploys, ...incidents];
    const before = known;
    known = new Map(now.map(({ id, state }) => [id, state]));
    if (!before) return [];
    return now.filter(({ id, state }) => before.get(id) !== state).map(({ happening }) => happening);
  };
}
