import type { Command, Option } from "commander";

/** A command line that is being typed, read as far as it goes. */
export interface Line {
  readonly wanted: Wanted;
  /** By long name, as given last; "" for those without a value. */
  readonly options: ReadonlyMap<string, string>;
  readonly args: readonly string[];
}

export type Wanted =
  | { readonly what: "option"; readonly typed: string }
  /** `lead` stands before each value in what a shell puts in: "--env=" where that is one word with it. */
  | { readonly what: "value"; readonly of: string; readonly typed: string; readonly lead: string }
  | { readonly what: "nothing" };

const NOTHING = { what: "nothing" } as const;

/** `words`: what follows the command's name, the last one as far as it is typed; `isApart` as `joined` tells. */
export function readLine(
  command: Command,
  words: readonly string[],
  { isApart = false }: { isApart?: boolean } = {},
): Line {
  const options = new Map<string, string>();
  const args: string[] = [];
  const typed = words.at(-1) ?? "";
  let needs: Option | undefined;
  let takes: Option | undefined;
  let isPlain = false;
  for (const word of words.slice(0, -1)) {
    const option = needs ?? (word.startsWith("-") || isPlain ? undefined : takes);
    if (option) {
      options.set(nameOf(option), word);
      [needs, takes] = [undefined, option.variadic ? option : undefined];
    } else if (isPlain || !word.startsWith("-") || word === "-") args.push(word);
    else if (word === "--") [isPlain, takes] = [true, undefined];
    else [needs, takes] = readOption(command, word, options);
  }
  return { wanted: wanted(), options, args };

  function wanted(): Wanted {
    if (needs) return { what: "value", of: nameOf(needs), typed, lead: "" };
    const [, name = "", value = ""] = /^(--[\w-]+)=(.*)$/s.exec(typed) ?? [];
    if (!isPlain && name !== "") {
      const lead = isApart ? "" : `${name}=`;
      return hasValue(find(command, name)) ? { what: "value", of: name, typed: value, lead } : NOTHING;
    }
    if (!isPlain && typed.startsWith("-")) return { what: "option", typed };
    if (takes) return { what: "value", of: nameOf(takes), typed, lead: "" };
    const known = command.registeredArguments;
    const argument = known[args.length] ?? (known.at(-1)?.variadic ? known.at(-1) : undefined);
    return argument ? { what: "value", of: argument.name(), typed, lead: "" } : NOTHING;
  }
}

/** Takes a word of options for what it gives; returns the option that needs the next word, and one that may take it. */
function readOption(
  command: Command,
  word: string,
  options: Map<string, string>,
): [needs: Option | undefined, takes: Option | undefined] {
  const [, name = word, value] = /^(--[^=]+)=(.*)$/s.exec(word) ?? [];
  const isLong = word.startsWith("--");
  const option = find(command, isLong ? name : word.slice(0, 2));
  if (!option) return [undefined, undefined];
  const rest = isLong ? value : word.slice(2) || undefined;
  if (!hasValue(option)) {
    options.set(nameOf(option), "");
    return isLong || rest === undefined ? [undefined, undefined] : readOption(command, `-${rest}`, options);
  }
  options.set(nameOf(option), rest ?? "");
  if (rest !== undefined) return [undefined, option.variadic ? option : undefined];
  return option.required ? [option, undefined] : [undefined, option];
}

function find(command: Command, flag: string): Option | undefined {
  return command.options.find(({ long, short }) => long === flag || short === flag);
}

function hasValue(option: Option | undefined): boolean {
  return option !== undefined && (option.required || option.optional);
}

function nameOf({ long, short }: Option): string {
  return long ?? short ?? "";
}

/**
 * Bash takes "=" and ":" for words of their own (COMP_WORDBREAKS) and replaces what follows the last of them: the words
 * as they were typed, and whether the last one is put together from several.
 */
export function joined(words: readonly string[]): { words: string[]; isApart: boolean } {
  const whole: string[] = [];
  let isApart = false;
  let isOpen = false;
  for (const [index, word] of words.entries()) {
    const isBreak = /^[=:]+$/.test(word) && index > 0;
    isApart = isBreak || isOpen;
    if (isApart) whole.push(`${whole.pop() ?? ""}${word}`);
    else whole.push(word);
    isOpen = isBreak;
  }
  return { words: whole, isApart };
}
