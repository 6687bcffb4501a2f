import type { HostQuestions, HostStatus } from "../model/host.ts";
import type { Process, Service } from "../model/process.ts";
import type { LogLine } from "../model/runtime.ts";
import type { Address } from "../model/subject.ts";
import type { TargetStatus, Traffic, TrafficSpan } from "../model/target.ts";
import type { HealthAnswer } from "./instances/health-probe.ts";
import type { LocalProcess } from "./instances/process-table.ts";

/*
 * JSON over HTTP on a unix socket. Every request may be sent again: the client does so while the agent is
 * being restarted. Paths are those of `AgentRequests`; the body is the request, the answer the value.
 */

/** Changes when an older client or agent would misunderstand. */
export const PROTOCOL = 3;

/** As it travels: variables revealed, so only ever on the socket (0600) and in a file of mode 0600. */
export interface ReleaseOnWire {
  readonly id: string;
  readonly commit: string;
  readonly directory: string;
  readonly variables: Readonly<Record<string, string>>;
  /** Never sent: the agent could not read them any more, so nothing of this release can be started anew. */
  readonly variablesLost?: true;
  readonly processes: readonly Process[];
}

export interface AgentStatus extends TargetStatus {
  readonly protocol: number;
  readonly pid: number;
  readonly parentPid: number;
  readonly startedAt: number;
}

/** Why a release did not become ready. Log lines have the values of its variables masked. */
export interface StagingFailure {
  readonly release: string;
  readonly process: string;
  readonly index: number;
  readonly what: string;
  readonly lastProbe: HealthAnswer | undefined;
  readonly exit: { readonly code: number | null; readonly signal: string | null } | undefined;
  /** The last 50. */
  readonly logLines: readonly string[];
  readonly cause: string | undefined;
}

export type StagingState =
  | { readonly state: "starting"; readonly waitingFor: readonly string[] }
  | { readonly state: "ready"; readonly address: Address }
  | { readonly state: "failed"; readonly failure: StagingFailure };

export type ServiceState =
  | { readonly state: "starting" }
  | { readonly state: "ready" }
  | { readonly state: "failing"; readonly what: string; readonly logLines: readonly string[] };

/** Request path -> what is sent and what comes back. */
export interface AgentRequests {
  status: [Record<string, never>, AgentStatus];
  "lease/acquire": [
    { token: string; owner: string; purpose: string; steal?: string; process?: LocalProcess },
    Done,
  ];
  "lease/renew": [{ token: string; step?: string }, Done];
  "lease/release": [{ token: string }, Done];
  "service/supply": [{ service: Service; anew: boolean }, ServiceState];
  /** Stops it until "service/resume", or until the lease ends. */
  "service/hold": [{ token: string; name: string }, Done];
  "service/resume": [{ token: string }, Done];
  "certificate/reissue": [{ token: string }, Done];
  port: [{ label: string }, { port: number }];
  "release/stage": [{ token: string; release: ReleaseOnWire }, StagingState];
  "release/revive": [{ token: string; id: string }, StagingState];
  "release/staging": [{ id: string }, StagingState];
  "release/switch": [{ token: string; id: string }, { tookMs: number }];
  "release/retire": [{ token: string; id: string; afterMs: number }, Done];
  "release/discard": [{ token: string; id: string }, Done];
  "release/prune": [{ token: string; keep: readonly string[] }, Done];
  traffic: [{ sinceMs: number }, readonly Traffic[]];
  "traffic/span": [{ from: number; until: number }, readonly TrafficSpan[]];
  logs: [{ process?: string; release?: string; lines: number }, readonly LogLine[]];
  host: [HostQuestions, HostStatus];
  restart: [Record<string, never>, Done];
  /** Refused while a command holds the lease; an older client names no owner. */
  stop: [{ owner?: string }, Done];
}
export type Done = Record<string, never>;
export type RequestName = keyof AgentRequests;
export type Sent<Name extends RequestName> = AgentRequests[Name][0];
export type Answered<Name extends RequestName> = AgentRequests[Name][1];

/** Body of every answer that is not a 200. */
export interface Refusal {
  readonly kind: "user" | "outside" | "bug";
  readonly message: string;
  readonly where?: string;
  readonly fix?: string;
  /** Of "outside" only. */
  readonly retryable?: boolean;
  /** The lease of the request is not (any more) the one that is held. */
  readonly leaseLost?: true;
}
