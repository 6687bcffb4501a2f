import type { CheckRecord } from "../../src/cli/output/contracts/check.ts";

/** One change that can be undone. Files are those of the copy of examples/soulseer. */
export type Change =
  | { readonly in: string; readonly replace: string; readonly by: string }
  | { readonly write: string; readonly text: string; readonly uncommitted?: true }
  /** A line of the variables file; undefined takes it away. */
  | { readonly variable: string; readonly value: string | undefined }
  | { readonly sql: string; readonly undo: string }
  /** A line of the configuration Redis was started with; it is started anew. */
  | { readonly redisLine: string; readonly by: string }
  /** A command as the application itself. */
  | { readonly redis: readonly string[]; readonly undo: readonly string[] }
  /** Every instance of a process hangs. */
  | { readonly hangs: string }
  /** Every instance of a process is killed and cannot start again without this file of the live release. */
  | { readonly dies: string; readonly without: string };

export type State = CheckRecord["answers"][number]["state"];

/** By "component/check" what it turns to. Whatever is not named stays as it was. */
export type Turns = Readonly<Record<string, State>>;

/** SoulSeer broken in one way, and the answers that change with it. */
export interface Sabotage {
  /** What somebody did. */
  readonly name: string;
  readonly changes: readonly Change[];
  readonly turns: Turns;
}

/**
 * Sabotages that do not touch each other and are seen in one look: each turns its own answers and together they turn
 * nothing else. `check` looks at what runs, `production` at the variables of an environment that does not run yet.
 * `deploy` tries to bring the changed code out, which must not succeed, and reads the board that stopped it; what shows
 * only at the second try, once it was taken back, stands in `afterwards`.
 */
export interface Round {
  readonly name: string;
  readonly look: "check" | "deploy" | "production";
  /** Made beforehand: what is healthy is looked at with it. */
  readonly given?: readonly Change[];
  readonly sabotages: readonly Sabotage[];
  /** What such a look turns by itself. */
  readonly always?: Turns;
  readonly afterwards?: readonly Sabotage[];
}
