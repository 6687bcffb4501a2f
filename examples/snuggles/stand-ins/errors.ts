import { createServer, type Server } from "node:http";
import { type Asked, listenerOf, type Reply, replyJson } from "./reply.ts";

interface Event {
  readonly eventID: string;
  readonly title: string;
  readonly dateCreated: string;
  readonly tags: readonly { readonly key: string; readonly value: string }[];
  readonly entries: unknown;
}

const MOST_EVENTS = 200;

/**
 * A stand-in for Sentry: takes envelopes that are whole and signed with the key of its DSN, and tells the newest
 * events as Sentry's API does. Staging only; it forgets everything when it stops.
 */
export function createStandInErrors({ dsn, token }: { dsn: string; token: string }): Server {
  const { username: key, pathname, origin } = new URL(dsn);
  const events: Event[] = [];

  function take({ body, headers }: Asked): Reply {
    if (!new RegExp(`(^|[ ,])sentry_key=${key}(,|$)`).test(String(headers["x-sentry-auth"] ?? "")))
      return replyJson(403, { detail: "no such key" });
    const [head = "", item = "", payload = ""] = body.split("\n");
    const { event_id: id } = JSON.parse(head) as { event_id?: unknown };
    const event = JSON.parse(payload) as Record<string, unknown>;
    const values = (event.exception as { values?: { type?: unknown; value?: unknown }[] } | undefined)
      ?.values;
    const isWhole =
      typeof id === "string" &&
      /^[0-9a-f]{32}$/.test(id) &&
      event.event_id === id &&
      (JSON.parse(item) as { type?: unknown }).type === "event" &&
      typeof values?.[0]?.type === "string";
    if (!isWhole) return replyJson(400, { detail: "not a whole envelope with an event" });
    const { release, environment, level, tags } = event;
    const told = { ...(tags as object), release, environment, level };
    events.unshift({
      eventID: id,
      title: `${values?.[0]?.type}: ${values?.[0]?.value}`,
      dateCreated: new Date().toISOString(),
      tags: Object.entries(told).flatMap(([name, value]) =>
        value === undefined ? [] : [{ key: name, value: String(value) }],
      ),
      entries: event,
    });
    events.length = Math.min(events.length, MOST_EVENTS);
    return replyJson(200, { id });
  }

  function tell({ headers }: Asked): Reply {
    const isKnown = headers.authorization === `Bearer ${token}`;
    return isKnown ? replyJson(200, events) : replyJson(401, { detail: "no such token" });
  }

  return createServer(
    listenerOf(origin, {
      [`POST /api${pathname}/envelope/`]: take,
      "GET /api/0/projects/snuggles/api/events/": tell,
    }),
  );
}
