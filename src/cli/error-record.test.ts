import { CommanderError } from "commander";
import { expect, it } from "vitest";
import { OutsideError, UserError } from "../model/errors.ts";
import { stoppedBy } from "../model/stop-signal.ts";
import { DeclarationError } from "./declaration-error.ts";
import { asksForJson, errorRecord } from "./error-record.ts";
import { json } from "./output/json.ts";

it.each([
  "--format json",
  "--format=json",
  "-f json",
  "-fjson",
  "-aqf json",
  "-aqfjson",
  "--format text --format json",
  "--format JSON",
  "--format jsno",
  "--format jsn",
])("sees that %s asks for JSON", (words) => {
  expect(asksForJson(["check", ...words.split(" ")])).toBe(true);
});

it.each([
  "",
  "--format text",
  "--format",
  "-f yaml",
  "--format json --format text",
  "-- --format json",
  "--only json",
])("sees that %j does not", (words) => {
  expect(asksForJson(["check", ...words.split(" ")])).toBe(false);
});

const at = { exitCode: 2, name: "check" };

it("tells what is wrong, where and what mends it, each by itself", () => {
  expect(
    errorRecord(new UserError("it is a directory", { where: "LAUNCH.md", fix: "name a file" }), at),
  ).toEqual({
    version: 1,
    kind: "error",
    message: "it is a directory",
    place: "LAUNCH.md",
    fix: "name a file",
    exitCode: 2,
    mistakes: [],
  });
  expect(errorRecord(new OutsideError("no answer"), { ...at, exitCode: 3 })).toMatchObject({
    message: "no answer",
    exitCode: 3,
  });
  expect(errorRecord(stoppedBy("SIGTERM"), { ...at, exitCode: 143 })).toMatchObject({
    message: "stopped by SIGTERM",
    exitCode: 143,
  });
});

it("tells each mistake of a declaration", () => {
  const mistake = {
    path: "components.db",
    expected: "a component",
    found: "a number",
    fix: "write postgres()",
  };
  const thrown = new DeclarationError([
    { ...mistake, file: "gonogo.config.ts", line: 3, column: 5, didYouMean: undefined },
    { ...mistake, file: "gonogo.config.ts", line: undefined, column: undefined, didYouMean: "db" },
  ]);
  const record = errorRecord(thrown, at);
  expect(record).toMatchObject({
    place: "gonogo.config.ts:3:5",
    mistakes: [
      { ...mistake, line: 3, column: 5, didYouMean: null },
      { line: null, didYouMean: "db" },
    ],
  });
  expect(JSON.parse(json(record))).toEqual(record);
});

it("has what Commander says as what is wrong, and what it takes a word for as the fix", () => {
  const told = (message: string, code = "commander.unknownOption") =>
    errorRecord(new CommanderError(1, code, message), at);
  expect(told("error: unknown option '--fomat'\n(Did you mean --format?)")).toMatchObject({
    message: "unknown option '--fomat'",
    fix: "Did you mean --format?",
  });
  expect(told("error: unknown option '--x'")).toMatchObject({ fix: "gonogo check --help" });
  expect(told("(outputHelp)", "commander.help")).toMatchObject({ message: "no command was given" });
});
