import { CommanderError } from "commander";
import { messageOf, UserError } from "../model/errors.ts";
import { stopSignalOf } from "../model/stop-signal.ts";
import { DeclarationError } from "./declaration-error.ts";
import type { ErrorRecord } from "./output/contracts/error.ts";

/**
 * Whether a command line asks for JSON, told from its words alone: it may be the very line that cannot be read. A
 * mistyped "jsn" or "JSON" does, too.
 */
export function asksForJson(argv: readonly string[]): boolean {
  const end = argv.indexOf("--");
  const words = end === -1 ? argv : argv.slice(0, end);
  const formats = words.flatMap((word, index) => {
    if (word === "--format" || /^-[a-z]*f$/.test(word)) return [words[index + 1] ?? ""];
    const [, joined] = /^(?:--format=|-[a-z]*?f(?==?[jJ]))=?(.*)$/.exec(word) ?? [];
    return joined === undefined ? [] : [joined];
  });
  return /^js(?:on?|n)/i.test(formats.at(-1) ?? "");
}

/** What a command that ended without its own record tells programs. `name` is the command's, where there is one. */
export function errorRecord(
  thrown: unknown,
  { exitCode, name }: { exitCode: number; name: string | undefined },
): ErrorRecord {
  const record = (said: Partial<ErrorRecord> & Pick<ErrorRecord, "message">): ErrorRecord => ({
    version: 1,
    kind: "error",
    place: null,
    fix: null,
    exitCode,
    mistakes: [],
    ...said,
  });
  if (thrown instanceof CommanderError) return record(usageOf(thrown, name));
  if (thrown instanceof DeclarationError) {
    const [first] = thrown.mistakes;
    return record({
      message: thrown.message,
      place: first === undefined ? null : [first.file, first.line, first.column].filter(isKnown).join(":"),
      fix: thrown.fix ?? null,
      mistakes: thrown.mistakes.map(({ line, column, didYouMean, ...mistake }) => ({
        ...mistake,
        line: line ?? null,
        column: column ?? null,
        didYouMean: didYouMean ?? null,
      })),
    });
  }
  if (thrown instanceof UserError)
    return record({ message: thrown.message, place: thrown.where ?? null, fix: thrown.fix ?? null });
  const signal = stopSignalOf(thrown);
  return record({ message: signal === undefined ? messageOf(thrown) : `stopped by ${signal}` });
}

function isKnown(part: string | number | undefined): boolean {
  return part !== undefined;
}

/** Commander says what it takes a word for in a second line. */
function usageOf(
  { message, code }: CommanderError,
  name: string | undefined,
): Pick<ErrorRecord, "message" | "fix"> {
  const help = name === undefined ? "gonogo --help" : `gonogo ${name} --help`;
  if (code === "commander.help") return { message: "no command was given", fix: help };
  const [said = "", meant] = message.replace(/^error: /, "").split("\n");
  return { message: said, fix: meant === undefined ? help : meant.replace(/^\((.*)\)$/, "$1") };
}
