import { describe, expect, it } from "vitest";
import { checkCalled, launchOf, personItem, recordOf } from "../../../test/fixtures/check-record.ts";
import { sampleReport } from "../../../test/fixtures/sample-report.ts";
import type { Item } from "../../model/item.ts";
import { pass } from "../../model/outcome.ts";
import { board } from "./board/board.ts";
import { junit } from "./junit.ts";
import { markdown } from "./markdown.ts";
import { reportHtml } from "./report/html.ts";
import { reportMarkdown } from "./report/markdown.ts";
import { sarif } from "./sarif.ts";
import { unblockSteps } from "./unblock.ts";

const DISK = checkCalled("disk.room", {
  figures: { "at-most": { measured: "used", keeps: "no more", in: "percent" } },
});
const asking = (line: number, value: string): Item =>
  personItem(`disk-below-${value}`, {
    line,
    answeredBy: { by: "checks", checks: [{ check: "disk.room" }] },
    asks: [{ name: "at-most", value, said: value, by: `LAUNCH.md:${line}` }],
  });

/** The check is content with what it saw; two lines ask for more, one for less. */
const record = recordOf({
  launch: launchOf({ host: [DISK] }, { checklist: "LAUNCH.md" }),
  outcomes: { "host/disk.room": pass("there is room", { used: 75 }) },
  checklist: [asking(4, "70%"), asking(5, "80%"), asking(6, "60%")],
});
const ASKED = ["75 %, asked by LAUNCH.md:4: at most 70%", "75 %, asked by LAUNCH.md:6: at most 60%"];

describe("a check that passes, and a line that asks it for more", () => {
  it("is told on the board with each line that is not so, and with what to do", () => {
    const text = board(record, { columns: Number.POSITIVE_INFINITY, colour: false });
    expect(text).toContain(`✗ disk.room  ${ASKED.join("; ")}`);
    expect(text).toMatch(/LAUNCH\.md:4 disk below 70%\n +LAUNCH\.md:6 disk below 60%\n/);
    expect(text).not.toContain("LAUNCH.md:5");
    expect(text).toContain("Fix: make it so, or say in the line's comment what it means");
    expect(text).toContain("NO-GO · 1 blocker · 1 check");
  });

  it("is in every format that lists what is wrong", () => {
    const [asked = ""] = ASKED;
    for (const format of [sarif, junit, markdown]) expect(format(record)).toContain(asked);
    const { runs } = JSON.parse(sarif(record)) as { runs: { results: { level: string }[] }[] };
    expect(runs[0]?.results.map(({ level }) => level)).toContain("error");
    expect(unblockSteps(record)[0]).toMatchObject({ what: "host/disk.room", why: ASKED.join("; ") });
  });

  it("is told in the report at each line as that line asks it", () => {
    const report = sampleReport(record);
    const text = reportMarkdown(report).replaceAll("\\", "");
    const below = (line: number): string => text.split(`(line ${line})`)[1]?.split("\n- [")[0] ?? "";
    expect(below(4)).toContain(`failing: ${ASKED[0]};`);
    expect(below(5)).toContain("GO: there is room (asked by LAUNCH.md:5: at most 80%);");
    expect(below(6)).toContain(`failing: ${ASKED[1]};`);
    const page = reportHtml(report);
    expect(page).toContain("there is room (asked by LAUNCH.md:5: at most 80%)");
    expect(page.split("Wrong or weak")[1]).toContain(ASKED.join("; "));
  });
});
