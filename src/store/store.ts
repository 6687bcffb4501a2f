import type { Deploy, StepRecord } from "../model/deploy.ts";
import type { DrillMark, DrillState, HeldDrill } from "../model/drill.ts";
import type { Evidence } from "../model/evidence.ts";
import type { Release, ReleaseState } from "../model/release.ts";
import type { SignOff, Waiver } from "../model/sign-off.ts";
import type { AlertStore, IncidentStore, OutboxStore, SilenceStore } from "./alert-stores.ts";
import type { ApiKeyStore } from "./api-key-store.ts";
import type { ChainReport } from "./chain-walk.ts";
import type { HeartbeatStore } from "./heartbeat-store.ts";
import type { StopStore } from "./stop-store.ts";
import type { StoreServer } from "./store-server.ts";

/** Everything Gonogo remembers of one project. Every write is durable when its promise resolves. */
export interface Store extends AsyncDisposable {
  /** Random, made once: what fingerprints of secrets are salted with. */
  readonly salt: string;
  readonly evidence: EvidenceStore;
  readonly releases: ReleaseStore;
  readonly deploys: DeployStore;
  readonly stops: StopStore;
  readonly people: PeopleStore;
  readonly drills: DrillStore;
  readonly alerts: AlertStore;
  readonly incidents: IncidentStore;
  readonly outbox: OutboxStore;
  readonly silences: SilenceStore;
  readonly keys: ApiKeyStore;
  readonly heartbeats: HeartbeatStore;
  /** What a store on a server keeps besides; a store in a file has files beside it instead. */
  readonly server: StoreServer | undefined;
  /** Writes a copy of all of it, as of one moment, to a file that does not exist yet. */
  copyTo(file: string): Promise<{ readonly evidenceRows: number }>;
}

/** Evidence as a row of the chain. */
export interface KeptEvidence extends Evidence {
  /** From 1, without gaps, over all environments. */
  readonly seq: number;
}

export interface EvidenceStore {
  /** Appended in order, each row chained to the one before by SHA-256. */
  append(rows: readonly Evidence[]): Promise<void>;
  /** The newest row of each component and check; one seen on `release` goes before a newer one seen on another. */
  latest(environment: string, release?: string): Promise<KeptEvidence[]>;
  history(query: {
    environment: string;
    component?: string;
    check?: string;
    limit: number;
  }): Promise<KeptEvidence[]>;
  /** Walks the chain; every row that does not follow is named, as far as it can be. */
  audit(): Promise<ChainReport>;
  /** One row of any environment; undefined when there is none of that number. */
  row(seq: number): Promise<KeptEvidence | undefined>;
  /** Hash of one row, as it is kept, of row 0 what every chain begins with; undefined when there is no such row. */
  hashOf(seq: number): Promise<string | undefined>;
  /** Walks the chain; the first row whose hash does not follow is named. */
  verify(): Promise<{ readonly rows: number; readonly brokenAt: number | undefined }>;
}

export interface ReleaseStore {
  /** Gives the release its id ("r8") and keeps it. */
  add(release: Omit<Release, "id">): Promise<Release>;
  setState(environment: string, id: string, state: ReleaseState): Promise<void>;
  /** Facts that are known only later: migrations applied, the backup taken. */
  update(
    environment: string,
    id: string,
    change: Partial<Pick<Release, "migrations" | "backup" | "rehearsal">>,
  ): Promise<void>;
  get(environment: string, id: string): Promise<Release | undefined>;
  /** Newest first. */
  list(environment: string, limit?: number): Promise<Release[]>;
}

export interface DeployStore {
  begin(deploy: Pick<Deploy, "environment" | "kind" | "release" | "from" | "by">): Promise<Deploy>;
  /** Known only under the lock: the new release's id, and the one that was live. */
  setRelease(
    environment: string,
    id: string,
    releases: { release: string; from: string | undefined },
  ): Promise<void>;
  record(environment: string, step: Omit<StepRecord, "at">): Promise<void>;
  finish(environment: string, id: string, state: Deploy["state"], reason?: string): Promise<void>;
  steps(environment: string, id: string): Promise<StepRecord[]>;
  /** Newest first. */
  list(environment: string, limit?: number): Promise<Deploy[]>;
}

/** A sign-off as a row of the chain of people's answers. */
export interface KeptSignOff extends SignOff {
  readonly seq: number;
}

export interface PeopleStore {
  sign(signOff: SignOff): Promise<void>;
  waive(waiver: Waiver): Promise<void>;
  /** In the order in which they were given. */
  signOffs(environment: string): Promise<KeptSignOff[]>;
  waivers(environment: string): Promise<Waiver[]>;
  /** As those of evidence: people's answers are a chain of their own. */
  audit(): Promise<ChainReport>;
  hashOf(seq: number): Promise<string | undefined>;
}

export interface DrillStore {
  /** Written before anything is disturbed. */
  begin(drill: Pick<HeldDrill, "environment" | "name" | "by" | "mark">): Promise<HeldDrill>;
  mark(environment: string, id: string, mark: DrillMark): Promise<void>;
  finish(
    environment: string,
    id: string,
    state: Exclude<DrillState, "running">,
    reason?: string,
  ): Promise<void>;
  /** Newest first. */
  list(environment: string, limit?: number): Promise<HeldDrill[]>;
}
