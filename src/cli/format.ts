import type { World } from "../wiring.ts";
import { type Given, text } from "./command.ts";
import type { JsonResult } from "./output/contracts/contract.ts";

/** Writes a record as `--format` asks: text for people, JSON for machines. */
export async function show(
  { output }: World,
  given: Given,
  view: { record: JsonResult; text: () => string },
): Promise<void> {
  if (isJson(given)) output.write((await import("./output/json.ts")).json(view.record));
  else output.write(view.text());
}

/** Of commands that go on until told to stop: notes for people, a line of JSON each time for machines. */
export async function showLine(
  { output }: World,
  given: Given,
  view: { record: JsonResult; notes: readonly string[] },
): Promise<void> {
  if (isJson(given)) output.write((await import("./output/json.ts")).jsonLine(view.record));
  else for (const each of view.notes) output.note(`${each}\n`);
}

/** Which formats there are was seen to as the command line was read (declareFormat). */
export function isJson(given: Given): boolean {
  return text(given, "format") === "json";
}
