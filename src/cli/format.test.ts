import { Command } from "commander";
import { expect, it } from "vitest";
import { UserError } from "../model/errors.ts";
import { COMMANDS } from "./commands.ts";

/** What came of a command line by the time the command would begin: "began", or what was thrown before. */
async function outcomeOf(name: string, args: readonly string[]): Promise<unknown> {
  const entry = COMMANDS.find((each) => each.name === name);
  if (!entry) throw new Error(`there is no command ${name}`);
  const command = new Command(name).exitOverride();
  (await entry.load()).declare(command);
  // Words that a command demands have no part in this.
  for (const argument of command.registeredArguments) argument.required = false;
  for (const option of command.options) option.mandatory = false;
  let outcome: unknown = "never began";
  command.action(() => {
    outcome = "began";
  });
  try {
    await command.parseAsync([...args], { from: "user" });
  } catch (thrown) {
    return thrown;
  }
  return outcome;
}

const FORMATS: Readonly<Record<string, readonly string[]>> = {
  check: ["text", "json", "junit", "sarif", "tap", "markdown", "html", "prometheus"],
  report: ["markdown", "html", "json"],
};
const WITH_FORMAT: string[] = [];
for (const { name, load } of COMMANDS) {
  const command = new Command(name);
  (await load()).declare(command);
  const hasFormat = command.options.some((each) => each.long === "--format");
  if (hasFormat) WITH_FORMAT.push(name);
}

it.each(WITH_FORMAT)("%s refuses a format it has not before it begins", async (name) => {
  const formats = FORMATS[name] ?? ["text", "json"];
  for (const args of [["--format", "yaml"], ["-f", "yaml"], ["--format="]]) {
    const thrown = await outcomeOf(name, args);
    expect(thrown).toBeInstanceOf(UserError);
    expect(thrown).toMatchObject({
      message: `there is no format "${args[1] ?? ""}"`,
      fix: `one of: ${formats.join(", ")}`,
    });
  }
  for (const format of formats) expect(await outcomeOf(name, ["--format", format])).toBe("began");
  expect(await outcomeOf(name, [])).toBe("began");
});

it("says which format a mistyped one is near to", async () => {
  expect(await outcomeOf("check", ["--format", "sariff"])).toMatchObject({
    message: 'there is no format "sariff" (did you mean "sarif"?)',
  });
  expect(await outcomeOf("status", ["--format", "JSON"])).toMatchObject({
    message: 'there is no format "JSON" (did you mean "json"?)',
  });
});
