import type { IncidentSeverity } from "../model/channel.ts";
import type { Duration } from "../model/duration.ts";

/** Who is told when something is wrong. */
export interface AlertsDeclaration {
  /** Ways of telling people, by a name of your choice: `{ oncall: slack(), mail: email({ ... }) }`. */
  readonly channels?: Readonly<Record<string, ChannelDeclaration>>;
  /** The first that fits takes an alert. Default: every channel is told everything. */
  readonly routes?: readonly {
    readonly severity?: readonly IncidentSeverity[];
    readonly components?: readonly string[];
    /** Names of channels; none: nobody is told, the incident is kept all the same. */
    readonly to: readonly string[];
  }[];
  /** Told in turn while nobody acknowledges. */
  readonly escalation?: readonly { readonly after: Duration; readonly to: readonly string[] }[];
  /** Within what time a person is expected to acknowledge. Default "5m". */
  readonly acknowledge?: Duration;
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
  /** Times in which nobody is told; measuring goes on. */
  readonly maintenance?: readonly {
    readonly name: string;
    /** When it begins: five fields, "0 3 * * 0". */
    readonly cron: string;
    /** Default "UTC". */
    readonly timeZone?: string;
    readonly lasts: Duration;
    readonly components?: readonly string[];
  }[];
}

/** What `slack()` or `email({ ... })` returns. */
export interface ChannelDeclaration {
  readonly kind: string;
  readonly options: unknown;
}
