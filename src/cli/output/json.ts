import { type JsonResult, jsonResult } from "./contracts/contract.ts";

/** The documented shape and nothing besides: a field that the contract does not name is not printed. */
export function json(result: JsonResult): string {
  return `${JSON.stringify(jsonResult.parse(result), null, 2)}\n`;
}

/** The same on a line of its own, for commands that go on and tell more. */
export function jsonLine(result: JsonResult): string {
  return `${JSON.stringify(jsonResult.parse(result))}\n`;
}
