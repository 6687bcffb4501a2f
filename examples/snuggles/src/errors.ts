import { randomUUID } from "node:crypto";
import { type Log, reasonOf } from "./log.ts";
import type { Settings } from "./settings.ts";

export type TellError = (thrown: unknown, tags: Readonly<Record<string, string>>) => void;

/** Tells the error tracker in Sentry's envelope format; one that does not answer is logged and never waited for. */
export function createTellError(settings: Settings, log: Log): TellError {
  const { errorsDsn, release, environment } = settings;
  if (errorsDsn === undefined) return () => undefined;
  const { protocol, host, username, pathname } = new URL(errorsDsn);
  const url = `${protocol}//${host}/api${pathname}/envelope/`;
  const headers = {
    "content-type": "application/x-sentry-envelope",
    "x-sentry-auth": `Sentry sentry_version=7, sentry_key=${username}, sentry_client=snuggles/1`,
  };
  return (thrown, tags) => {
    const id = randomUUID().replaceAll("-", "");
    const value = reasonOf(thrown);
    const type = thrown instanceof Error ? thrown.name : "Error";
    const lines = [
      { event_id: id, sent_at: new Date().toISOString() },
      { type: "event" },
      {
        event_id: id,
        platform: "node",
        level: "error",
        release,
        environment,
        tags,
        exception: { values: [{ type, value }] },
      },
    ];
    const body = lines.map((line) => JSON.stringify(line)).join("\n");
    fetch(url, { method: "POST", headers, body, signal: AbortSignal.timeout(5_000) }).catch((lost: unknown) =>
      log.warn("error not told", { reason: reasonOf(lost) }),
    );
  };
}
