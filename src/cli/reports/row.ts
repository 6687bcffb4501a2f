import { UserError } from "../../model/errors.ts";
import { utc } from "../../model/phase-times.ts";
import type { KeptEvidence } from "../../store/store.ts";
import type { World } from "../../wiring.ts";
import { type ExitCode, type Given, text } from "../command.ts";
import { show } from "../format.ts";
import type { EvidenceRecord } from "../output/contracts/evidence.ts";
import { folded, harmless } from "../output/plain-text.ts";
import { openScene } from "../scene.ts";

/** One row of the evidence chain, as a mark in the checklist or a report names it. */
export async function showRow(world: World, given: Given): Promise<ExitCode> {
  const words = text(given, "evidence") ?? "";
  const format = text(given, "format") ?? "text";
  if (format !== "text" && format !== "json") {
    throw new UserError(`--evidence has no format "${format}"`, { fix: "json, or none for text" });
  }
  await using scene = await openScene(world, given);
  const row = /^\d{1,15}$/.test(words) ? await scene.store.evidence.row(Number(words)) : undefined;
  if (!row) {
    throw new UserError(`there is no evidence ${words}`, {
      fix: "a number as a tick's mark or the report gives it",
    });
  }
  await show(world, given, {
    record: rowRecord(row, scene.launch.name),
    text: () => folded(rowText(row), world.output),
  });
  return 0;
}

function rowRecord({ seq, environment, release, ...row }: KeptEvidence, launch: string): EvidenceRecord {
  const known = { launch, environment, row: seq, release: release ?? null };
  return { version: 1, kind: "evidence", ...known, ...row };
}

function rowText({ seq, component, check, environment, outcome, ...row }: KeptEvidence): string {
  const says: [name: string, text: string][] =
    outcome.status === "pass"
      ? [["says", outcome.summary]]
      : outcome.status === "fail" || outcome.status === "warn"
        ? [
            ["says", outcome.summary],
            ["found", outcome.found],
            ["expected", outcome.expected],
            ["fix", outcome.fix],
          ]
        : [["says", outcome.reason]];
  const measured = "measured" in outcome && outcome.measured ? Object.entries(outcome.measured) : [];
  const lines: [name: string, text: string][] = [
    ["outcome", outcome.status],
    ...says,
    ...measured.map(([name, value]): [string, string] => ["measured", `${name} ${value ?? "none"}`]),
    ["seen", `${utc(row.observedAt)}, fresh until ${utc(row.freshUntil)}`],
    ["release", row.release ?? "none"],
    ["configuration", row.configuration],
    ...row.facts.map(({ fact, tookMs, attempts }): [string, string] => [
      "fact",
      `${fact}, ${Math.round(tookMs)} ms, attempts ${attempts.length}`,
    ]),
  ];
  const told = lines.map(
    ([name, words]) =>
      `  ${name.padEnd(14)}${harmless(words, { lines: true }).replaceAll("\n", `\n${" ".repeat(16)}`)}`,
  );
  return `${[`evidence ${seq}: ${component}/${check} in ${environment}`, ...told].join("\n")}\n`;
}
