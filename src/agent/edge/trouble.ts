import type { Clock } from "../../model/doors.ts";

/** Something a user met, or nearly met, for the agent's log. Never a header's value, a body or a query. */
export interface EdgeTrouble {
  readonly release: string | undefined;
  readonly what:
    | "upstream refused"
    | "upstream died"
    | "upstream malformed"
    | "upstream too slow"
    | "no upstream ready"
    | "site unreadable";
  readonly port: number | undefined;
  readonly method: string;
  /** Without its query. */
  readonly path: string;
  /** How many alike since the last one told: at most one a second of the same kind is told. */
  readonly times: number;
}

export type TellTrouble = (trouble: Omit<EdgeTrouble, "times">) => void;

const QUIET_MS = 1_000;
const MAX_KINDS = 1_000;

/** Passes on at most one of a kind a second, so that a dead upstream under load does not fill the log. */
export function createTroubleTeller(
  listener: ((trouble: EdgeTrouble) => void) | undefined,
  clock: Pick<Clock, "monotonicMs">,
): TellTrouble {
  const told = new Map<string, { at: number; held: number }>();
  return (trouble) => {
    if (!listener) return;
    const kind = `${trouble.release} ${trouble.what} ${trouble.port}`;
    const now = clock.monotonicMs();
    const last = told.get(kind);
    if (last && now - last.at < QUIET_MS) {
      last.held += 1;
      return;
    }
    if (told.size >= MAX_KINDS) told.clear();
    told.set(kind, { at: now, held: 0 });
    listener({ ...trouble, times: (last?.held ?? 0) + 1 });
  };
}
