import { UserError } from "../model/errors.ts";
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

/** Throws UserError on a format there is not. */
export function isJson(given: Given): boolean {
  const format = text(given, "format") ?? "text";
  if (format === "json" || format === "text") return format === "json";
  throw new UserError(`there is no format "${format}"`, { fix: "text or json" });
}
