import { hostname, userInfo } from "node:os";
import type { Registry } from "./config/judge-launch.ts";
import { createDeclarationRunner, type DeclarationRunner } from "./config/run-declaration.ts";
import type { AnyChannelKind } from "./model/channel.ts";
import type { AnyComponentKind } from "./model/component.ts";
import type { AnyDestinationKind } from "./model/destination.ts";
import type { Doors } from "./model/doors.ts";
import { once } from "./model/once.ts";
import { STOP_SIGNALS, type StopSignal, stoppedBy } from "./model/stop-signal.ts";
import type { AnyTargetKind } from "./model/target.ts";
import { openDoors } from "./system/doors.ts";

/** Everything a command may touch; made once, here, and passed on. */
export interface World extends AsyncDisposable {
  readonly doors: Doors;
  readonly declarations: DeclarationRunner;
  /** What a declaration can name. Loaded when it is asked for: that takes longer than a command without a declaration. */
  registry(): Promise<Required<Registry>>;
  /** "ada@laptop": who deploys, signs and waives unless told otherwise. */
  readonly who: string;
  readonly workingDirectory: string;
  readonly output: Output;
  /** Aborted by the first Ctrl-C, SIGTERM or closing of the terminal: stop cleanly, undo what is half done. */
  readonly signal: AbortSignal;
}

export interface Output {
  write(text: string): void;
  /** Progress and errors. */
  note(text: string): void;
  /** Infinite where no terminal shows it: then nothing is wrapped. */
  readonly columns: number;
  readonly rows: number;
  readonly colour: boolean;
  /** A person watches: progress may rewrite its line, questions may be asked. */
  readonly interactive: boolean;
}

/** `declarations` stays the caller's, to be closed after the world. */
export async function openWorld(declarations: DeclarationRunner = createDeclarationRunner()): Promise<World> {
  const doors = openDoors();
  const stop = new AbortController();
  const onSignal = (name: StopSignal) => {
    process.stderr.write(`\n${name}: stopping; what is half done is taken back\n`);
    stop.abort(stoppedBy(name));
  };
  for (const name of STOP_SIGNALS) process.once(name, onSignal);
  return {
    doors,
    declarations,
    registry: once(async () => registryOf(await import("./index.ts"))),
    who: `${userInfo().username}@${hostname()}`,
    workingDirectory: process.cwd(),
    output: openOutput(),
    signal: stop.signal,
    async [Symbol.asyncDispose]() {
      for (const name of STOP_SIGNALS) process.removeListener(name, onSignal);
      await doors[Symbol.asyncDispose]();
    },
  };
}

function openOutput(): Output {
  const { stdout, stderr, env } = process;
  return {
    write: (text) => void stdout.write(text),
    note: (text) => void stderr.write(text),
    // Nobody reads a pipe in columns, and what is pasted from a file must be as it was meant.
    columns: stdout.isTTY ? Math.min(100, stdout.columns) : Number.POSITIVE_INFINITY,
    rows: stdout.rows ?? 24,
    colour: stdout.isTTY === true && (env.NO_COLOR ?? "") === "" && env.TERM !== "dumb",
    interactive: stdout.isTTY === true && stderr.isTTY === true && env.CI === undefined,
  };
}

/** What the package publishes: a kind that is not exported does not exist. */
function registryOf(exports: Readonly<Record<string, unknown>>): Required<Registry> {
  const kinds = new Map<string, AnyComponentKind>();
  const targets = new Map<string, AnyTargetKind>();
  const channels = new Map<string, AnyChannelKind>();
  const destinations = new Map<string, AnyDestinationKind>();
  for (const value of Object.values(exports)) {
    if (typeof value !== "function" || !("definition" in value)) continue;
    const definition = value.definition as
      | AnyComponentKind
      | AnyTargetKind
      | AnyChannelKind
      | AnyDestinationKind;
    if ("checks" in definition) kinds.set(definition.kind, definition);
    else if ("send" in definition) channels.set(definition.kind, definition);
    else if ("openPlace" in definition) destinations.set(definition.kind, definition);
    else targets.set(definition.kind, definition);
  }
  return { kinds, targets, channels, destinations };
}
