import type { Environment, Launch } from "../../model/launch.ts";
import type { World } from "../../wiring.ts";
import type { KnownHere } from "./known-here.ts";
import type { Line } from "./line.ts";

/** What values are read from, each when it is asked for. */
export interface Ground {
  readonly world: World;
  readonly line: Line;
  /** Rejects where there is no project, or its declaration has mistakes. */
  launch(): Promise<Launch>;
  environment(): Promise<Environment>;
  /** The store in the project's file, looked at; of one on a server what is known of it here. Rejects where there is none. */
  known(): Promise<KnownHere>;
}
