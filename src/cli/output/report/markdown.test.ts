import fc from "fast-check";
import type { Nodes } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import { describe, expect, it } from "vitest";
import { AT } from "../../../../test/fixtures/check-record.ts";
import { sampleReport } from "../../../../test/fixtures/sample-report.ts";
import { wildRecord } from "../../../../test/fixtures/wild-check-record.ts";
import { countdownLines, countdownOf } from "../countdown.ts";
import { unblockSteps } from "../unblock.ts";
import { reportHtml } from "./html.ts";
import { reportMarkdown } from "./markdown.ts";

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

  it("tells of a line that a drill answers when it was held, until when that holds, and its row", () => {
    const report = sampleReport();
    const [first, ...others] = report.check.items;
    if (!first) throw new Error("the sample has no line");
    const drill = {
      drill: "drill.rollback",
      evidence: 71,
      release: "r7",
      observedAt: AT,
      freshUntil: AT + 3_600_000,
    };
    const id = "rehearsed";
    const line = {
      ...first,
      id,
      line: 99,
      state: "go",
      reason: "walked",
      answeredBy: "drill",
      drill,
    } as const;
    const held = { ...report, check: { ...report.check, items: [line, ...others] } };
    const told = "seen 2026-11-21 09:00 on r7, fresh until 2026-11-21 10:00, evidence 71";
    expect(reportMarkdown(held)).toContain(`\n  - \`drill.rollback\` walked; ${told}\n`);
    expect(reportHtml(held)).toContain(`<span class="id">drill.rollback</span> · ${told}`);
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

describe("what would unblock it", () => {
  it("is one list however many steps it has, each with its command inside", () => {
    const sample = sampleReport();
    const [step] = sample.unblock;
    const nodes = parsed(reportMarkdown({ ...sample, unblock: Array(12).fill(step) }));
    const list = nodes.find((node) => node.type === "list" && node.ordered === true);
    const steps = list?.type === "list" ? list.children : [];
    expect(steps.map(({ children }) => children.map(({ type }) => type))).toEqual(
      Array(12).fill(["paragraph", "code"]),
    );
  });

  it("is first of all the first deploy, said once for all that waits for it", () => {
    const { check } = sampleReport();
    const open = check.answers.find((each) => each.outcome?.status === "unknown");
    const waiting = ["web.page", "web.other"].map((id) => ({
      ...open,
      check: id,
      blocks: true,
      outcome: { status: "unknown", reason: "nothing is deployed in staging yet" },
    }));
    const none = { ...check, release: null, answers: waiting, items: [] } as unknown as typeof check;
    expect(unblockSteps(none)).toEqual([
      {
        what: "Nothing is deployed in staging yet",
        why: "2 blocking checks can be answered only then",
        how: "gonogo plan --env staging\ngonogo deploy --env staging",
      },
    ]);
  });

  it("names each root cause once, then blockers with their fix, then people", () => {
    const told = sampleReport().unblock.map(({ what, how }) => [what, how.split("\n")[0]]);
    expect(told).toEqual([
      ["redis.connection", "mend it, then gonogo check --env staging --only cache"],
      ["database/postgres.index.foreign-key", "create index concurrently on session (reader_id);"],
      ["Everything is fine", "bind it: gonogo import LAUNCH.md"],
      ["Support team trained", "gonogo sign support-team-trained --env staging --by NAME --evidence FILE"],
      [
        "Privacy policy approved",
        "gonogo sign privacy-policy-approved --env staging --by NAME --evidence FILE",
      ],
    ]);
  });

  it("names a line that says otherwise than the declaration, and a list of which nothing is known", () => {
    const { check } = sampleReport();
    const [item] = check.items;
    const contradiction = {
      name: "p95",
      what: "response time",
      says: "500ms",
      declares: "300ms",
      where: "promises.latency.p95",
      fingerprint: "0123456789ab",
    };
    const contradicting = {
      ...item,
      state: "failing",
      blocks: true,
      line: 9,
      contradictions: [contradiction],
    };
    const one = { ...check, answers: [], items: [contradicting] } as typeof check;
    expect(unblockSteps(one)[0]?.how).toBe("say the same in LAUNCH.md:9 and in the declaration");
    expect(unblockSteps({ ...check, answers: [], items: [] })).toEqual([
      expect.objectContaining({ what: "Nothing was answered", how: "gonogo check --env staging" }),
    ]);
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
