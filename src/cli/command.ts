import type { Command } from "commander";
import type { World } from "../wiring.ts";
import type { Completes } from "./completion/completes.ts";
import { addTextAfter, exampleLines } from "./help.ts";
import { noSuch } from "./no-such.ts";

/** One subcommand: declares its own arguments and options, and does its work. Its number is the exit code. */
export interface CommandModule {
  declare(command: Command): void;
  run(world: World, given: Given): Promise<ExitCode>;
  /** What a shell offers for its arguments, by name, and options ("--to"), besides what all commands have. */
  readonly completes?: Completes;
}

export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  /** Hidden from help: only programs call it. */
  readonly hidden?: true;
  load(): Promise<CommandModule>;
}

/** 0 GO or done, 1 NO-GO or rolled back, 2 usage or declaration error, 3 Gonogo itself failed. */
export type ExitCode = 0 | 1 | 2 | 3;

export interface Given {
  readonly args: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | string[] | undefined>>;
}

/** Text of an option, or undefined. */
export function text(given: Given, name: string): string | undefined {
  const value = given.options[name];
  return typeof value === "string" ? value : undefined;
}

/** What a command that does several things is to do: its first argument. Throws UserError on an action it has not. */
export function actionAmong<Action extends string>(
  { args }: Given,
  actions: readonly [Action, ...Action[]],
): Action {
  const [word = actions[0]] = args;
  const action = actions.find((each) => each === word);
  if (action) return action;
  throw noSuch("action", word, { known: actions });
}

/** Indented examples under a command's help. */
export function examples(command: Command, lines: readonly (readonly [line: string, does: string])[]): void {
  addTextAfter(command, (width) => ["Examples:", ...exampleLines(lines, width)]);
}

/** Options of every command that works on one environment. */
export function declareEnvironment(command: Command): Command {
  return command
    .option("-e, --env <name>", "environment (default: the only one, or staging)")
    .option("-C, --project <dir>", "the project's directory (default: here)")
    .option("--config <file>", "configuration file (default: gonogo.config.ts)")
    .option(
      "--store <variable>",
      "variable with the address of a Postgres that keeps the store (default: as declared, else a file)",
    );
}

export function declareLaunchTime(command: Command): Command {
  return command.option(
    "--launch-at <time>",
    "when production is launched, in place of the declaration's: 2026-12-01T09:00+01:00",
  );
}

export function declareFormat(command: Command, formats: readonly string[] = ["text", "json"]): Command {
  return command.option("-f, --format <format>", knownFormats(formats), formatAmong(formats), "text");
}

export function knownFormats(formats: readonly string[]): string {
  return `one of: ${formats.join(", ")}`;
}

/** A format there is not is refused as the command line is read: nothing may be done that cannot be told. */
export function formatAmong(formats: readonly string[]): (format: string) => string {
  return (format) => {
    if (formats.includes(format)) return format;
    throw noSuch("format", format, { known: formats });
  };
}
