import { Command } from "commander";
import { expect, it } from "vitest";
import { UserError } from "../../model/errors.ts";
import type { World } from "../../wiring.ts";
import { restoreCommand } from "./restore.ts";

/** Nothing may be done before the refusal: whoever looks at this world fails. */
const UNTOUCHED = new Proxy({} as World, {
  get: (_, name) => {
    throw new Error(`the world's ${String(name)} was used`);
  },
});

function refused(...args: string[]): Promise<unknown> {
  const command = new Command();
  restoreCommand.declare(command);
  command.parse(args, { from: "user" });
  const run = restoreCommand.run(UNTOUCHED, { args: command.args, options: command.opts() });
  return run.catch((thrown: unknown) => thrown);
}

it.each([
  ["--beside and --over", ["--beside", "copy", "--over"]],
  ["--beside and --over", ["--over", "--beside"]],
  ["--into and --over", ["--into", "SPARE_DATABASE_URL", "--over"]],
  // A shell's variable that is not set must not turn a copy into a replacement.
  ["--into and --over", ["--into", "", "--over", "--confirm", "staging"]],
  ["--beside and --into", ["--beside", "--into", "SPARE_DATABASE_URL"]],
  ["--beside, --into and --over", ["--beside", "--into", "SPARE_DATABASE_URL", "--over"]],
  ["--beside and --into", ["--at", "2026-11-21T10:00:00Z", "--beside", "--into", "SPARE_DATABASE_URL"]],
  ["--into and --over", ["--at", "2026-11-21T10:00:00Z", "--into", "SPARE_DATABASE_URL", "--over"]],
])("refuses more than one place before anything is done: %s of %j", async (named, args) => {
  const thrown = await refused(...args);
  expect(thrown).toBeInstanceOf(UserError);
  expect(thrown).toMatchObject({
    message: `${named} are different places, and a backup is restored to one`,
    fix: expect.stringContaining("keep one"),
  });
});

it.each([
  [["--beside", "b20261121T073000Z-4f2a"]],
  [["--at", "2026-11-21T10:00:00Z", "--beside", "b20261121T073000Z-4f2a"]],
])("refuses a backup in the place of the new database's name: %j", async (args) => {
  const thrown = await refused(...args);
  expect(thrown).toBeInstanceOf(UserError);
  expect(thrown).toMatchObject({
    message: "--beside takes the name of the new database, and b20261121T073000Z-4f2a is a backup",
    fix: "gonogo restore b20261121T073000Z-4f2a --beside",
  });
});

it.each([[["b99"]], [["b20261121T073000Z-4f2a", "--list"]]])(
  "asks where a backup is to go: %j",
  async (args) => {
    const thrown = await refused(...args);
    expect(thrown).toBeInstanceOf(UserError);
    expect(thrown).toMatchObject({
      message: `nothing says where ${args[0]} is to be restored`,
      fix: expect.stringContaining(`gonogo restore ${args[0]} --beside`),
    });
  },
);

it("asks where a part is to go that is named alone", async () => {
  expect(await refused("--component", "uploads")).toMatchObject({
    message: "nothing says where uploads is to be restored",
    fix: expect.stringContaining("gonogo restore --component uploads --into"),
  });
});

it.each([
  ["or --beside", ["--confirm", "staging"]],
  ["or --beside", ["b20261121T073000Z-4f2a", "--confirm", "staging"]],
  ["leave out --confirm", ["--at", "2026-11-21T10:00:00Z", "--confirm", "staging"]],
  ["leave out --confirm", ["--beside", "--confirm", "staging"]],
])("asks for --over where it is confirmed, or %s: %j", async (other, args) => {
  expect(await refused(...args)).toMatchObject({
    message: "--confirm answers what --over asks, and --over was not given",
    fix: expect.stringMatching(
      new RegExp(`^gonogo restore .*--over --confirm staging replaces the live data; ${other}`),
    ),
  });
});

it.each([
  ["--beside", ["--list", "--beside"]],
  ["--into", ["--list", "--into", "SPARE_DATABASE_URL"]],
  ["--over", ["--list", "--over"]],
  ["--at", ["--list", "--at", "2026-11-21T10:00:00Z"]],
  ["--over and --at", ["--at", "2026-11-21T10:00:00Z", "--list", "--over"]],
])("refuses to list and restore in one: %s of %j", async (named, args) => {
  const thrown = await refused(...args);
  expect(thrown).toBeInstanceOf(UserError);
  expect(thrown).toMatchObject({
    message: `--list only shows what there is, and ${named} would restore it`,
    fix: expect.stringContaining("leave out --list"),
  });
});

it.each([
  [["--over"]],
  [["--beside"]],
  [["--into", "SPARE_DATABASE_URL"]],
  [["--list"]],
  [[]],
  [["--at", "2026-11-21T10:00:00Z"]],
  [["--at", "2026-11-21T10:00:00Z", "--over"]],
])("goes on with %j", async (args) => {
  expect(String(await refused(...args))).toMatch(/the world's \w+ was used/);
});
