import { type Duration, parseDuration } from "../model/duration.ts";
import type { PromiseOver, Promises } from "../model/promise.ts";
import type { DeclaredProbe, HeartbeatPolicy, WatchPolicy } from "../model/watch-policy.ts";
import type { JudgedFigures, JudgedWatch } from "./watch-schema.ts";

export function buildWatch(watch: JudgedWatch, figures: JudgedFigures): WatchPolicy {
  const { listen, references, heartbeats, telemetry } = watch;
  const asked = Object.entries(watch.probes).map(
    ([name, { title, every, severity, ...probe }]): DeclaredProbe => {
      return {
        name,
        title: title ?? `${name} answers`,
        every: every as Duration,
        severity,
        probe: plain(probe),
      };
    },
  );
  const counted = Object.entries(figures).map(
    ([name, { title, every, severity, ...figure }]): DeclaredProbe => {
      const probe = plain({ type: "figure" as const, ...figure });
      return { name, title: title ?? `${name} is as expected`, every: every as Duration, severity, probe };
    },
  );
  const paces = Object.entries(watch.every).map(([check, every]) => [check, every as Duration] as const);
  return {
    listen,
    references,
    probes: [...asked, ...counted],
    ...(paces.length > 0 && { every: new Map(paces) }),
    ...(telemetry && {
      telemetry: {
        endpoint: telemetry.endpoint,
        headers: telemetry.headers,
        everyMs: parseDuration(telemetry.every) ?? 0,
      },
    }),
    heartbeats: Object.entries(heartbeats).map(
      ([name, { every, cron, timeZone, grace, severity }]): HeartbeatPolicy => {
        const timing =
          cron === undefined ? { everyMs: parseDuration(every ?? "1d") ?? 0 } : { cron, timeZone };
        return { name, timing, graceMs: grace, severity };
      },
    ),
  };
}

/** Without keys that are undefined: the model does not know such. */
function plain<T extends object>(object: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(object).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}

type Promised = number | Readonly<Record<string, number>> | undefined;

/** A promise that is made for several times at once holds, for whoever asks for one figure, at its strictest. */
export function buildShares(
  availability: Promised,
  errors: Promised,
): Pick<Promises, "availability" | "errors" | "over"> {
  const over = [...overOf("availability", availability), ...overOf("errors", errors)];
  const shares = (of: PromiseOver["of"]): number[] =>
    over.filter((each) => each.of === of).map(({ share }) => share);
  return {
    availability: typeof availability === "object" ? Math.max(...shares("availability")) : availability,
    errors: typeof errors === "object" ? Math.min(...shares("errors")) : errors,
    ...(over.length > 0 && { over }),
  };
}

function overOf(of: PromiseOver["of"], promised: Promised): PromiseOver[] {
  if (typeof promised !== "object") return [];
  return Object.entries(promised).map(([window, share]) => ({
    of,
    share,
    windowMs: parseDuration(window) ?? 0,
  }));
}
