import { type JsonResult, jsonResult } from "./contracts/contract.ts";

/** The documented shape and nothing besides: a field that the contract does not name is not printed. */
export function json(result: JsonResult): string {
  return `${JSON.stringify(jsonResult.parse(result), null, 2)}\n`;
}
