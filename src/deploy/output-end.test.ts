import { expect, it } from "vitest";
import { outputEnd } from "./output-end.ts";

const properties = Array.from({ length: 22 }, (_, at) => `  property${at}: 'ERROR of ${at}',`);

it("shows what went wrong before the properties of the error that follow it", () => {
  const said = 'error: relation "nope" does not exist';
  const end = outputEnd(
    ["applying 010", "file:///app/migrate.mjs:12", "", said, ...properties, "}"].join("\n"),
  );
  expect(end.split("\n")).toEqual([said, "...", ...properties.slice(-19), "}"]);
});

it.each([
  "TypeError: x is not a function",
  "    org.postgresql.util.PSQLException: ERROR: relation",
  "npm error code ELIFECYCLE: 1",
  "FATAL: password authentication failed",
  "panic: runtime error",
])("knows %s for what went wrong", (said) => {
  expect(outputEnd([said, ...properties].join("\n"))).toMatch(/^\s*\S.*\n\.\.\.\n/);
});

it("leaves alone what is short, what says it in its end, and what says nothing", () => {
  for (const lines of [["one", "two"], [...properties, "Error: at the end"].slice(-20)]) {
    expect(outputEnd(lines.join("\n"))).toBe(lines.join("\n"));
  }
  expect(outputEnd(properties.join("\n"))).toBe(properties.slice(-20).join("\n"));
});
