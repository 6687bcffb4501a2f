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

/** Which formats there are was seen to as the command line was read (declareFormat). */
export function isJson(given: Given): boolean {
  return text(given, "format") === "json";
}
