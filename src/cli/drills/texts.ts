import { formatDuration } from "../../model/duration.ts";
import { joined } from "../texts.ts";
import type { DrillRecord, DrillsRecord } from "./records.ts";

const MARKS = { pass: "✓", warn: "!", fail: "✗" } as const;

/** What came of one drill, and until when it answers the checklist. */
export function drillText({ launch, environment, drill, outcome, heldAt, freshUntil }: DrillRecord): string {
  const { status, summary, expected, found, fix } = outcome;
  const lines = [`${launch} · ${environment} · drill ${drill}`, `  ${MARKS[status]} ${summary}`];
  if (expected !== null) lines.push(`    expected  ${expected}`);
  if (found !== null) lines.push(`    found     ${found}`);
  if (fix !== null) lines.push(`    fix       ${fix}`);
  lines.push(
    status === "fail"
      ? `Next: mend it, then gonogo drill ${drill} --env ${environment}`
      : `Next: gonogo check --env ${environment}; this stands for ${formatDuration(freshUntil - heldAt)}`,
  );
  return joined(lines);
}

/** Every drill, what it disturbs, and when it was held last. */
export function drillsText({ launch, environment, allowed, drills }: DrillsRecord, now: number): string {
  const lines = [`${launch} · ${environment} · drills`];
  for (const { drill, title, unfit, disturbs, last } of drills) {
    lines.push(`  ${drill.padEnd(15)}${title}`);
    // What cannot be held disturbs nothing, and has no names to say it with.
    if (unfit === null) lines.push(...disturbs.map((each) => `    ${each}`));
    if (unfit !== null) lines.push(`    cannot be held here: ${unfit}`);
    else if (last === null) lines.push("    not held yet");
    else {
      const age = `${formatDuration(now - last.heldAt)} ago${now >= last.freshUntil ? ", too long ago" : ""}`;
      lines.push(`    ${MARKS[last.outcome.status]} held ${age}: ${last.outcome.summary}`);
    }
  }
  lines.push(
    allowed
      ? `Next: gonogo drill rollback --env ${environment}`
      : `Next: add "drill" to environments.${environment}.allows; gonogo drill alert --env ${environment} needs no leave`,
  );
  return joined(lines);
}
