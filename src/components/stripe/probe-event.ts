import type { Doors } from "../../model/doors.ts";
import type { EventTemplate } from "./options.ts";

export interface ProbeEvent {
  /** The random word that stands in place of {{ref}}; "evt_" + ref is the event's id. */
  readonly ref: string;
  readonly value: Readonly<Record<string, unknown>>;
}

/** Nothing listens to it: a handler must answer 2xx to a type it does not know. */
const HARMLESS: EventTemplate = {
  type: "gonogo.probe",
  data: { object: { id: "gonogo_{{ref}}", object: "gonogo.probe" } },
};

/** An event in the shape Stripe sends (its `event` object: id, object, created, livemode, type, data, ...). */
export function probeEvent(
  { clock, random }: Pick<Doors, "clock" | "random">,
  template: EventTemplate = HARMLESS,
  ref = `gonogo${random.hex(9)}`,
): ProbeEvent {
  const filled = fill(template, ref) as EventTemplate;
  return {
    ref,
    value: {
      id: `evt_${ref}`,
      object: "event",
      api_version: null,
      created: Math.floor(clock.now() / 1_000),
      livemode: false,
      pending_webhooks: 0,
      request: { id: null, idempotency_key: null },
      ...filled,
    },
  };
}

function fill(value: unknown, ref: string): unknown {
  if (typeof value === "string") return value.replaceAll("{{ref}}", ref);
  if (Array.isArray(value)) return value.map((each) => fill(each, ref));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, fill(each, ref)]));
}
