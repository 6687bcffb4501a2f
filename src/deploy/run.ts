import type { DowntimeRecord } from "../model/deploy.ts";
import type { Release } from "../model/release.ts";
import type { Secret } from "../model/secret.ts";
import type { Lease } from "../model/target.ts";
import type { Variables } from "../model/variable.ts";
import type { BakeResult } from "./bake.ts";
import type { Evaluation } from "./evaluate.ts";
import type { DeployScene } from "./scene.ts";
import type { CodeSource } from "./source.ts";

/** One deploy under way: its scene, its lock, and what its steps have found so far. */
export interface DeployRun extends DeployScene {
  readonly lease: Lease;
  readonly deployId: string;
  readonly by: string;
  readonly reason: string | undefined;
  readonly keep?: (reason: string) => Promise<boolean | undefined>;
  /** The release that was live when the lock was taken. */
  readonly before: Release | undefined;
  readonly found: Findings;
}

/** What the steps find out, for the result; grows as the deploy goes on. */
export interface Findings {
  release: Release | undefined;
  downtime: DowntimeRecord | undefined;
  switchedInMs: number | undefined;
  bake: BakeResult | undefined;
  /** Why the release stays although it was found bad, or was not found out. */
  held: HeldFinding | undefined;
  /** The last that was judged: at the gate, on the staged release, or on the live one. */
  evaluation: Evaluation | undefined;
  /** Sentences about what was found, supplied or settled on the way. */
  told: string[];
}

export interface HeldFinding {
  readonly reason: string;
  readonly why: string;
  readonly severity: "P1" | "P2";
  readonly at: number;
}

/** What passed the gate. */
export interface Ready {
  readonly release: Release;
  readonly source: CodeSource;
  readonly variables: Variables;
  readonly values: ReadonlyMap<string, Secret>;
  /** Where the release's copy of the code goes. */
  readonly directory: string;
  readonly detail: Readonly<Record<string, unknown>>;
}
