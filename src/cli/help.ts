import { type Command, Help, type HelpConfiguration } from "commander";
import { wrap } from "./output/plain-text.ts";

/** How help is laid out: where no room is left beside an option, what it does stands below it. */
export const HELP: HelpConfiguration = {
  showGlobalOptions: true,
  formatItem(term, termWidth, description, helper) {
    const width = helper.helpWidth ?? 80;
    if (description === "" || width - termWidth - 4 >= helper.minWidthToWrap)
      return Help.prototype.formatItem.call(helper, term, termWidth, description, helper);
    return [`  ${term}`, ...wrap(description, width - 6).map((line) => `      ${line}`)].join("\n");
  },
};

/** Text behind a command's help, as wide as the terminal; as it is where there is none. */
export function addTextAfter(command: Command, text: (width: number) => readonly string[]): void {
  command.addHelpText("after", ({ command: shown }) => {
    const width = shown.configureOutput().getOutHelpWidth?.() ?? Number.POSITIVE_INFINITY;
    return `\n${text(width).join("\n")}\n`;
  });
}

/** "  $ gonogo check   answer every line", each below the other where that is too wide. A command is never broken. */
export function exampleLines(
  examples: readonly (readonly [line: string, does: string])[],
  width: number,
): string[] {
  const column = Math.max(...examples.map(([line]) => line.length));
  const beside = examples.map(([line, does]) => `  $ ${line.padEnd(column)}  ${does}`);
  if (beside.every((each) => each.length <= width)) return beside;
  return examples.flatMap(([line, does]) => [
    `  $ ${line}`,
    ...wrap(does, width - 6).map((each) => `      ${each}`),
  ]);
}
