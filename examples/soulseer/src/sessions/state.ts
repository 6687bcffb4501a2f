export const STATES = ["requested", "active", "grace", "ended", "finalized"] as const;
export type State = (typeof STATES)[number];

export const TICK_SECONDS = 60;
export const GRACE_SECONDS = 5 * 60;
/** A request that no reader answers. */
export const REQUEST_SECONDS = 10 * 60;
/** What a reader is paid of what was billed, in hundredths. */
export const READER_SHARE = 70n;

export type Event =
  | "accepted"
  | "paid"
  | "unpaid"
  | "dropped"
  | "resumed"
  | "ended by client"
  | "ended by reader"
  | "grace over"
  | "never answered"
  | "settled";

const TRANSITIONS: Readonly<Record<State, Partial<Readonly<Record<Event, State>>>>> = {
  requested: {
    accepted: "active",
    "ended by client": "ended",
    "ended by reader": "ended",
    "never answered": "ended",
  },
  active: {
    paid: "active",
    unpaid: "grace",
    dropped: "grace",
    "ended by client": "ended",
    "ended by reader": "ended",
  },
  grace: { resumed: "active", "grace over": "ended", "ended by client": "ended", "ended by reader": "ended" },
  ended: { settled: "finalized" },
  finalized: {},
};

/** The state an event leads to; undefined when it cannot happen now. The database refuses the same moves. */
export function next(state: State, event: Event): State | undefined {
  return TRANSITIONS[state][event];
}

export function isOver(state: State): boolean {
  return state === "ended" || state === "finalized";
}
