import { Command } from "commander";
import type { World } from "../../wiring.ts";
import type { CommandEntry, CommandModule } from "../command.ts";
import { harmless } from "../output/plain-text.ts";
import type { Candidate, Completes, Completion } from "./completes.ts";
import { joined, type Line, readLine } from "./line.ts";

/** Whoever types waits for it. */
const PATIENCE_MS = 5_000;
const MOST = 500;
/** What a shell puts into a line is run as it stands: nothing that means more than itself to one. */
const PLAIN = /^[\p{L}\p{N}_.:/@%+,=-]+$/u;

/** Of every command, unless it says otherwise. */
const COMMON: Completes = {
  "--env": "environments",
  "--project": "directories",
  "--config": "files",
  "--format": ["text", "json"],
};

/**
 * `gonogo complete -- WORDS`: what may stand in the place of the last word, a line each, its meaning behind a tab;
 * ":files" or ":directories" where the shell knows best. Whatever is wrong, it says nothing and ends well.
 */
export function completeCommand(commands: readonly CommandEntry[]): CommandModule {
  return {
    declare(command) {
      command.argument("[words...]", "the words behind `gonogo`, the last one as far as it is typed");
    },
    async run(world, { args }) {
      const signal = AbortSignal.any([world.signal, AbortSignal.timeout(PATIENCE_MS)]);
      const found = await candidatesFor(args, { world: { ...world, signal }, commands }).catch(() => []);
      world.output.write(found.map((line) => `${line}\n`).join(""));
      return 0;
    },
  };
}

async function candidatesFor(
  given: readonly string[],
  { world, commands }: { world: World; commands: readonly CommandEntry[] },
): Promise<string[]> {
  const { words, isApart } = joined(given);
  const at = words.slice(0, -1).findIndex((word) => !word.startsWith("-"));
  const typed = words.at(-1) ?? "";
  const shown = commands.filter(({ hidden }) => !hidden);
  const named = shown.map(({ name, summary }) => ({ value: name, about: summary }));
  if (at === -1) {
    if (typed.startsWith("-")) return told([{ value: "--help" }, { value: "--version" }], { typed });
    return told([...named, { value: "help", about: "how a command is used" }], { typed });
  }
  if (words[at] === "help") return words.length - at === 2 ? told(named, { typed }) : [];
  const entry = shown.find(({ name }) => name === words[at]);
  if (!entry) return [];
  const module = await entry.load();
  const command = new Command(entry.name);
  module.declare(command);
  const line = readLine(command, words.slice(at + 1), { isApart });
  const { wanted } = line;
  if (wanted.what === "nothing") return [];
  if (wanted.what === "option") return told(optionsOf(command, line), wanted);
  const completion = { ...COMMON, ...module.completes }[wanted.of];
  const source = completion === undefined ? undefined : sourceOf(completion, line);
  if (source === "files" || source === "directories") return [`:${source}`];
  if (source === undefined || typeof source !== "string")
    return told(
      (source ?? []).map((value) => ({ value })),
      wanted,
    );
  // The declaration's thread comes up while the modules are read.
  if (source !== "drills") world.declarations.prepare();
  const { offer } = await import("./sources.ts");
  return told(await offer(source, { world, line, commands: named }), wanted);
}

function sourceOf(
  completion: Completion,
  { args }: Line,
): Exclude<Completion, { after: object }> | undefined {
  if (typeof completion === "string" || !("after" in completion)) return completion;
  return completion.after[args[0] ?? ""];
}

/** Those that were not given yet, or may be given again. */
function optionsOf(command: Command, { options }: Line): Candidate[] {
  const open = command.options.filter(
    ({ long, variadic, hidden }) => !hidden && (variadic || !options.has(long ?? "")),
  );
  return [
    ...open.flatMap(({ long, description }) => (long ? [{ value: long, about: description }] : [])),
    { value: "--help", about: "how it is used" },
  ];
}

function told(
  candidates: readonly Candidate[],
  { typed, lead = "" }: { typed: string; lead?: string },
): string[] {
  const seen = new Set<string>();
  const fitting = candidates.filter(({ value }) => {
    if (seen.has(value) || !value.startsWith(typed) || !PLAIN.test(value)) return false;
    seen.add(value);
    return true;
  });
  return fitting.slice(0, MOST).map(({ value, about }) => {
    const said = about === undefined || about === "" ? "" : `\t${harmless(about)}`;
    return `${lead}${value}${said}`;
  });
}
