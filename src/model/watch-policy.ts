import type { IncidentSeverity } from "./channel.ts";
import type { Duration } from "./duration.ts";
import type { Probe } from "./probe.ts";

/** What is watched besides what follows from the components. Times in milliseconds. */
export interface WatchPolicy {
  /** Where `gonogo serve` takes heartbeats and answers; undefined: a free port of this machine, the same each time. */
  readonly listen: { readonly host: string; readonly port: number } | undefined;
  /** Addresses of others, one of which answers whenever the watcher's own network works. */
  readonly references: readonly { readonly host: string; readonly port: number }[];
  readonly probes: readonly DeclaredProbe[];
  /** How often checks are asked that are not asked at their own pace, by id. */
  readonly every?: ReadonlyMap<string, Duration>;
  readonly heartbeats: readonly HeartbeatPolicy[];
  /** Who collects what is measured; absent: nobody does. */
  readonly telemetry?: TelemetryPolicy;
}

/** A collector of OpenTelemetry over HTTP. */
export interface TelemetryPolicy {
  /** Without the path of a signal: "https://otlp.example". */
  readonly endpoint: string;
  /** Variable that holds its headers: "name=value,name=value", percent-encoded. */
  readonly headers: string | undefined;
  readonly everyMs: number;
}

/** A light question of the team's own, a business figure among them. */
export interface DeclaredProbe {
  readonly name: string;
  readonly title: string;
  readonly every: Duration;
  readonly severity: IncidentSeverity;
  readonly probe: Probe;
}

/** Something that is expected to say by itself that it ran. */
export interface HeartbeatPolicy {
  readonly name: string;
  readonly timing: HeartbeatTiming;
  /** How late it may be, and how long it may run. */
  readonly graceMs: number;
  readonly severity: IncidentSeverity;
}

export type HeartbeatTiming =
  | { readonly everyMs: number }
  /** `timeZone`: an IANA name, in which the pattern is read, daylight saving included. */
  | { readonly cron: string; readonly timeZone: string };
