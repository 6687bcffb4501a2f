import type { DeployScene } from "../deploy/scene.ts";
import type { DrillMark } from "../model/drill.ts";
import type { Duration } from "../model/duration.ts";
import type { Outcome } from "../model/outcome.ts";
import type { Release } from "../model/release.ts";
import type { Lease } from "../model/target.ts";

/** A failure made to happen, so that what comes of it is known before it happens by itself. */
export interface Drill {
  /** The word on the command line and in a checklist: "rollback". */
  readonly name: string;
  /** What is so when it passes. */
  readonly title: string;
  /** What happens to the user when it is not so; one sentence. */
  readonly consequence: string;
  /** How long its evidence stands. */
  readonly freshFor: Duration;
  /** Whether it takes the target's lock itself, through the deploys it makes. */
  readonly locksItself?: boolean;
  /** Held whatever the environment allows: it touches nothing that runs. */
  readonly disturbsNobody?: boolean;
  /** Why there is nothing to hold it on; undefined when there is. */
  unfit(scene: DeployScene): Promise<string | undefined>;
  /** Sentences said before it begins: what it stops, sends and for how long. */
  disturbs(scene: DeployScene): readonly string[];
  /** What has to be put back should this command die; written down before anything is disturbed. */
  mark?(context: DrillRequest): Promise<DrillMark>;
  /** Disturbs, measures and puts the former state back, whatever happens. */
  hold(context: DrillContext): Promise<Outcome>;
  /** Puts back what a drill whose command died has left, and tells what it did. Idempotent. */
  undo?(scene: DeployScene, mark: DrillMark, signal: AbortSignal): Promise<string>;
}

export interface DrillRequest {
  readonly scene: DeployScene;
  /** The release that answers users. */
  readonly live: Release;
  readonly by: string;
  readonly signal: AbortSignal;
}

export interface DrillContext extends DrillRequest {
  /** False: people are told, and not waited for. */
  readonly wait?: boolean;
  /** Throws where the drill locks itself. */
  lease(): Lease;
  /** Adds to what is written down. */
  remember(mark: DrillMark): Promise<void>;
  /** A sentence for whoever watches. */
  note(text: string): void;
}

/** Under which a drill's answer is kept as evidence, and which a line of the checklist is bound to. */
export function checkOf({ name }: Pick<Drill, "name">): string {
  return `drill.${name}`;
}
