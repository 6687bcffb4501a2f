import { constants } from "node:os";
import { resolve } from "node:path";
import { Command, CommanderError } from "commander";
import { CONFIG_NAMES } from "../config/config-names.ts";
import { firstFailure, messageOf, OutsideError, UserError } from "../model/errors.ts";
import { stopSignalOf } from "../model/stop-signal.ts";
import { holdsOneOf } from "../system/holds-one-of.ts";
import { ownVersion } from "../system/own-version.ts";
import type { ExitCode } from "./command.ts";
import { COMMANDS } from "./commands.ts";
import { DeclarationError } from "./declaration-error.ts";
import { asksForJson, errorRecord } from "./error-record.ts";
import { addTextAfter, HELP } from "./help.ts";
import { noSuch } from "./no-such.ts";
import { folded, textWidth, wrap } from "./output/plain-text.ts";

const ABOUT = "Takes a web application from code-complete to a watched production, from one declaration.";

const CODES = [
  "Exit codes: 0 GO or done, 1 NO-GO or rolled back, 2 usage or declaration error, 3 Gonogo itself failed.",
  "130 when Ctrl-C stopped it before there was an answer, 143 when SIGTERM did.",
];

/** As a shell tells that a signal ended a program. */
const ENDED_BY_SIGNAL = 128;

/**
 * Reads the command line, runs one command, and turns whatever happens into an exit code and a message. The code is
 * that of the command; of one that a signal stopped before it had any, 128 and the signal's number.
 */
export async function runCommandLine(argv: readonly string[]): Promise<number> {
  let code: ExitCode = 0;
  const program = new Command("gonogo")
    .description(ABOUT)
    .version(ownVersion(), "-V, --version")
    .configureHelp(HELP)
    .exitOverride()
    .showHelpAfterError("(gonogo --help shows the commands)");
  const asked = argv.find((word) => !word.startsWith("-"));
  let isTold = false;
  for (const { name, summary, load, hidden = false } of COMMANDS) {
    const command = program.command(name, { hidden }).description(summary).exitOverride();
    command.showHelpAfterError(`(gonogo ${name} --help shows how it is used)`);
    if (name !== asked && !(asked === "help" && argv.includes(name))) continue;
    const loaded = await load();
    loaded.declare(command);
    command.action(async () => {
      const { createDeclarationRunner } = await import("../config/run-declaration.ts");
      await using declarations = createDeclarationRunner();
      // Where no configuration is named or seen, the command may need none, and else starts the thread when it has found one.
      const { project = ".", config } = command.opts<{ project?: string; config?: string }>();
      if (!hidden && (config !== undefined || holdsOneOf(resolve(project), CONFIG_NAMES)))
        declarations.prepare();
      const { openWorld } = await import("../wiring.ts");
      await using world = await openWorld(declarations);
      const { output } = world;
      const write = (text: string): void => {
        isTold ||= text !== "";
        output.write(text);
      };
      const telling = { ...world, output: { ...output, write } };
      code = await loaded.run(telling, { args: command.args, options: command.opts() });
    });
  }
  addTextAfter(program, (width) => [
    ...CODES.flatMap((line) => wrap(line, width)),
    "Begin with: gonogo init",
  ]);
  // No timer of ours keeps a process alive by itself, and a command that only waits has nothing else.
  const alive = setInterval(() => undefined, 60_000);
  try {
    expectCommandFirst(argv);
    if (asked === "help") expectCommand(argv);
    await program.parseAsync(argv, { from: "user" });
    return code;
  } catch (thrown) {
    const failure = firstFailure(thrown);
    const exitCode = tell(failure);
    // What a command had to say before it failed is its record: two would be none.
    if (exitCode !== 0 && !isTold && asksForJson(argv)) {
      const name = COMMANDS.find((each) => each.name === asked)?.name;
      const { json } = await import("./output/json.ts");
      process.stdout.write(json(errorRecord(failure, { exitCode, name })));
    }
    return exitCode;
  } finally {
    clearInterval(alive);
  }
}

function shownCommands(): string[] {
  return COMMANDS.flatMap(({ name, hidden }) => (hidden ? [] : [name]));
}

/** `gonogo --env staging check`: Commander would only say that it knows no --env. */
function expectCommandFirst([first = "", ...rest]: readonly string[]): void {
  if (!first.startsWith("-") || ["-h", "--help", "-V", "--version"].includes(first)) return;
  const command = rest.find((word) => shownCommands().includes(word));
  if (command === undefined) return;
  const [option = first] = first.split("=");
  throw new UserError(`${option} stands before the command`, {
    fix: `what a command is told stands behind it: gonogo ${command} ${option} ...`,
  });
}

/** For `help <unknown>` Commander prints its whole help; the command that was meant is named instead. */
function expectCommand(argv: readonly string[]): void {
  const [, word] = argv.filter((each) => !each.startsWith("-"));
  const known = shownCommands();
  if (word !== undefined && word !== "help" && !known.includes(word))
    throw noSuch("command", word, { known });
}

function tell(thrown: unknown): number {
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : 2;
  if (thrown instanceof UserError) {
    const where = thrown.where === undefined ? "" : `\n  at ${thrown.where}`;
    const fix = thrown.fix === undefined ? "" : `\n  Fix: ${thrown.fix}`;
    const columns = process.stderr.isTTY ? process.stderr.columns : Number.POSITIVE_INFINITY;
    const told = thrown instanceof DeclarationError ? thrown.toldIn(textWidth(columns)) : thrown.message;
    process.stderr.write(folded(`error: ${told}${where}${fix}\n`, { columns }));
    return 2;
  }
  const signal = stopSignalOf(thrown);
  if (signal !== undefined) {
    process.stderr.write(`stopped by ${signal}\n`);
    return ENDED_BY_SIGNAL + constants.signals[signal];
  }
  if (thrown instanceof OutsideError) {
    process.stderr.write(`error: ${thrown.message}\n`);
    return 3;
  }
  const stack = thrown instanceof Error ? thrown.stack : messageOf(thrown);
  process.stderr.write(`This is a defect of Gonogo, not of your project:\n${stack}\n`);
  return 3;
}
