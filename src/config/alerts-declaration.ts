import type { IncidentSeverity } from "../model/channel.ts";
import type { Duration } from "../model/duration.ts";
import type { Percentage } from "./deploy-declaration.ts";

/** Who is told when something is wrong. */
export interface AlertsDeclaration {
  /** Ways of telling people, by a name of your choice: `{ oncall: slack(), mail: email({ ... }) }`. */
  readonly channels?: Readonly<Record<string, ChannelDeclaration>>;
  /** The first that fits takes an alert. Default: every channel is told everything. */
  readonly routes?: readonly {
    /** Default: of any severity. */
    readonly severity?: readonly IncidentSeverity[];
    /** Default: of any component. */
    readonly components?: readonly string[];
    /** Names of channels; none: nobody is told, the incident is kept all the same. */
    readonly to: readonly string[];
  }[];
  /** Told in turn while nobody acknowledges a P0 or P1. */
  readonly escalation?: readonly {
    /** Counted from when the incident was opened. */
    readonly after: Duration;
    /** Names of channels. */
    readonly to: readonly string[];
  }[];
  /** Within what time a person is expected to acknowledge. Default "5m". */
  readonly acknowledge?: Duration;
  /** What is told in one message rather than in many. */
  readonly group?: {
    /** Default "cause": what fails together or depends on each other is one group. */
    readonly by?: "cause" | "component" | "environment";
    /** A new group waits at least this. Default "1s". */
    readonly wait?: Duration;
    /** And at most this, while more of it is about to join. Default "30s". */
    readonly gather?: Duration;
    /** Changes of a group are told at these intervals. Default "5m". */
    readonly every?: Duration;
    /** What goes on unchanged is told again after this. Default "4h". */
    readonly repeat?: Duration;
  };
  /** People are told while users' requests are past one of these, promised or not: `{ errors: "5%" }`, `{ p95: "2s" }`. */
  readonly thresholds?: readonly AlertThresholdDeclaration[];
  /** Times in which nobody is told; measuring goes on. */
  readonly maintenance?: readonly {
    /** What it is called where it is told. */
    readonly name: string;
    /** When it begins: five fields, "0 3 * * 0". */
    readonly cron: string;
    /** In which `cron` is read. Default "UTC". */
    readonly timeZone?: string;
    /** How long it goes on from there. */
    readonly lasts: Duration;
    /** Default: all of them. */
    readonly components?: readonly string[];
  }[];
}

/** One of these. Of the requests of the last `over`, from "1m" to "1d"; default "5m". */
export type AlertThresholdDeclaration = { readonly over?: Duration } /** A larger share of them fails. */ & (
  | { readonly errors: Percentage }
  /** Half of them, or so many in a hundred, are answered no sooner. */
  | { readonly p50: Duration }
  | { readonly p95: Duration }
  | { readonly p99: Duration }
);

/** What `slack()` or `email({ ... })` returns. */
export interface ChannelDeclaration {
  readonly kind: string;
  readonly options: unknown;
}
