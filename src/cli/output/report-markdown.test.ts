import fc from "fast-check";
import type { Nodes } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import { describe, expect, it } from "vitest";
import { sampleReport } from "../../../test/fixtures/sample-report.ts";
import { wildRecord } from "../../../test/fixtures/wild-check-record.ts";
import { countdownLines, countdownOf } from "./countdown.ts";
import { reportMarkdown } from "./report-markdown.ts";

function nodesOf(node: Nodes): Nodes[] {
  return [node, ...("children" in node ? node.children.flatMap(nodesOf) : [])];
}

function parsed(text: string): Nodes[] {
  return nodesOf(fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }));
}

describe("the report as Markdown", () => {
  it("has the verdict first, every line, who signed, what is waived, deploys and the proof", () => {
    const text = reportMarkdown(sampleReport());
    expect(text).toMatch(/^# soulseer · staging · release r7\n\n\*\*NO-GO\.\*\* What follows/);
    const titles = parsed(text).flatMap((node) =>
      node.type === "heading" && node.depth === 2
        ? [text.slice(node.position?.start.offset, node.position?.end.offset)]
        : [],
    );
    expect(titles).toEqual([
      "## What would unblock it",
      "## Countdown: T-18 h",
      "## Checklist",
      "## Findings",
      "## Who signed",
      "## Waived",
      "## Deploys",
      "## Checks that no line speaks of",
      "## Proof",
    ]);
    expect(text).toContain("- [ ] Database indexes optimised (line 12): ✗ failing\n");
    expect(text).toContain("0 of 4187 probes failed, worst 127 ms");
    const ticks = parsed(text).filter((node) => node.type === "listItem" && node.checked === true);
    expect(ticks).toHaveLength(sampleReport().check.items.filter(({ state }) => state === "go").length);
  });

  it("lets no word become mark-up", () => {
    const allowed = new Set(
      "root heading paragraph text strong table tableRow tableCell list listItem code inlineCode link".split(
        " ",
      ),
    );
    fc.assert(
      fc.property(wildRecord, (record) => {
        const odd = parsed(reportMarkdown(sampleReport(record))).filter((node) => !allowed.has(node.type));
        expect(odd).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});

describe("the countdown", () => {
  const { check } = sampleReport();
  const HOUR = 3_600_000;

  it("has what came due by the clock first, then the checklist's other lines; not what no line speaks of", () => {
    const items = check.items.map((item) =>
      item.id === "privacy-policy-approved" ? { ...item, dueAt: check.at - 1 } : item,
    );
    expect(countdownOf({ ...check, items }, check.at).dueNow).toEqual([
      "privacy-policy-approved",
      "support-team-trained",
      "everything-is-fine",
      "database-indexes-optimised",
    ]);
  });

  it("has turns in order, those at the same time in one", () => {
    const at = [3, 1, 3].map((hours) => check.at + hours * HOUR);
    const items = check.items.slice(0, 3).map((item, index) => ({ ...item, dueAt: at[index] ?? null }));
    const { next } = countdownOf({ ...check, items }, check.at + HOUR);
    expect(next.map((turn) => [turn.at, turn.items.length])).toEqual([
      [check.at + HOUR, 1],
      [check.at + 3 * HOUR, 2],
    ]);
  });

  it("fits a terminal", () => {
    const [launch, due, first] = countdownLines(countdownOf(check, check.at - 2 * HOUR), check.at);
    expect(launch).toBe("  launch 2026-11-21 07:00 UTC, T+2 h");
    expect(due).toMatch(/^ {2}due now and not answered: 4 lines: support-team-trained, /);
    expect(first).toBeUndefined();
  });
});
