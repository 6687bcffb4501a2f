import { type Case, casesOf } from "./cases.ts";
import type { CheckRecord } from "./contracts/check.ts";
import { harmless } from "./plain-text.ts";

/** TAP version 14 (https://testanything.org/tap-version-14-specification.html). Warnings are "not ok # TODO". */
export function tap(record: CheckRecord): string {
  const cases = casesOf(record);
  return [
    "TAP version 14",
    `1..${cases.length}`,
    ...cases.flatMap((each, index) => testPoint(each, index + 1)),
    "",
  ].join("\n");
}

function testPoint(each: Case, number: number): string[] {
  const name = plain(`${each.group}/${each.name}`);
  switch (each.result) {
    case "pass":
      return [`ok ${number} - ${name}`];
    case "skip":
      return [`ok ${number} - ${name} # SKIP ${plain(each.message)}`];
    case "warning":
      return [`not ok ${number} - ${name} # TODO ${plain(each.message)}`, ...diagnostic(each)];
    case "fail":
    case "error":
      return [`not ok ${number} - ${name}`, ...diagnostic(each)];
  }
}

/** Every JSON string is a YAML string. */
function diagnostic({ message, severity, detail }: Case): string[] {
  const pairs = [["message", message], ["severity", severity], ...detail];
  return ["  ---", ...pairs.map(([name, text]) => `  ${name}: ${JSON.stringify(text)}`), "  ..."];
}

function plain(text: string): string {
  return harmless(text).replaceAll("\\", "\\\\").replaceAll("#", "\\#");
}
