import { Command } from "commander";
import { expect, it } from "vitest";
import { COMMANDS } from "./commands.ts";
import { exampleLines, HELP } from "./help.ts";

/** Help as a terminal of so many columns shows it. */
async function helpAt(columns: number, name: string): Promise<string> {
  const entry = COMMANDS.find((each) => each.name === name);
  const command = new Command(name).configureHelp(HELP);
  let text = "";
  const writeOut = (more: string): void => {
    text += more;
  };
  command.configureOutput({ writeOut, getOutHelpWidth: () => columns });
  (await entry?.load())?.declare(command);
  command.outputHelp();
  return text;
}

const shown = COMMANDS.filter(({ hidden }) => !hidden).map(({ name }) => name);

it.each(shown)("help of %s fits 40 columns but for what is to be pasted, and loses no word", async (name) => {
  const narrow = await helpAt(40, name);
  const wide = narrow
    .split("\n")
    .filter((line) => line.length > 40 && !/^Usage:|^ {2}\$ |^ {2,6}\S+$|gonogo |["'`]/.test(line));
  expect(wide).toEqual([]);
  const words = (text: string) => text.split(/\s+/).join(" ");
  expect(words(narrow)).toBe(words(await helpAt(500, name)));
});

it("examples stand beside what they do where there is room, else above it", () => {
  const examples = [["gonogo check", "answer every line for staging"]] as const;
  expect(exampleLines(examples, 80)).toEqual(["  $ gonogo check  answer every line for staging"]);
  expect(exampleLines(examples, 40)).toEqual(["  $ gonogo check", "      answer every line for staging"]);
});
