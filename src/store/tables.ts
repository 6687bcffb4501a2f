import type { KeyScope } from "../model/api-key.ts";
import type { StepRecord } from "../model/deploy.ts";
import type { DrillState } from "../model/drill.ts";
import type { Release, ReleaseState } from "../model/release.ts";
import type { AlertTables } from "./alert-tables.ts";

/** Columns named `...Json` hold JSON text; times are milliseconds since 1970 UTC. */
export interface Tables extends AlertTables {
  /** "schema" (version number) and "salt". */
  meta: { key: string; value: string };
  heartbeat: HeartbeatRow;
  evidence: EvidenceRow;
  /** How long a chain is and how it ends, locked by whoever appends: 1 evidence, 2 what people answered. */
  evidence_head: { id: number; rows: number; hash: string };
  /**
   * The newest row of each component, check and release ("" for none), so that asking for them does not read the
   * history. By release because a rollback makes an older one's evidence count again.
   */
  evidence_latest: {
    environment: string;
    component: string;
    check_id: string;
    release: string;
    seq: number;
  };
  release: ReleaseRow;
  deploy: DeployRow;
  deploy_step: {
    environment: string;
    deploy: number;
    position: number;
    step: StepRecord["step"];
    state: StepRecord["state"];
    at: number;
    detail_json: string;
  };
  environment_stop: { environment: string; at: number; stopped_by: string };
  drill: DrillRow;
  api_key: ApiKeyRow;
  person_answer: PersonAnswerRow;
}

/** What a named person said: appended only, each row chained to the one before as evidence is. */
export interface PersonAnswerRow {
  seq: number;
  kind: "sign-off" | "waiver";
  environment: string;
  at: number;
  answer_json: string;
  hash: string;
}

export interface EvidenceRow {
  seq: number;
  environment: string;
  component: string;
  check_id: string;
  outcome_json: string;
  observed_at: number;
  fresh_until: number;
  release: string | null;
  configuration: string;
  facts_json: string;
  hash: string;
}

export interface ReleaseRow {
  environment: string;
  number: number;
  commit_id: string;
  created_at: number;
  created_by: string;
  variables_json: string;
  configuration: string;
  migrations_json: string;
  backup: Release["backup"] | null;
  rehearsal_json: string | null;
  state: ReleaseState;
}

export interface DeployRow {
  environment: string;
  number: number;
  kind: "deploy" | "rollback";
  release: string;
  from_release: string | null;
  started_by: string;
  started_at: number;
  finished_at: number | null;
  state: "running" | "done" | "failed" | "rolled back" | "interrupted";
  reason: string | null;
}

export interface DrillRow {
  environment: string;
  number: number;
  name: string;
  started_by: string;
  started_at: number;
  finished_at: number | null;
  state: DrillState;
  mark_json: string;
  reason: string | null;
}

export interface ApiKeyRow {
  /** SHA-256 of the key. It has 256 random bits, so nobody can try them all: a slow hash would gain nothing. */
  hash: string;
  name: string;
  scope: KeyScope;
  made_by: string;
  made_at: number;
  last_used_at: number | null;
  revoked_at: number | null;
}

export interface HeartbeatRow {
  environment: string;
  name: string;
  since: number;
  started_at: number | null;
  ended_at: number | null;
  ended_well: number | null;
  exit_code: number | null;
  log: string | null;
}
