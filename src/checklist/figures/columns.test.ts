import { describe, expect, it } from "vitest";
import { parseChecklist } from "../markdown/parse.ts";
import { figuresOf } from "./figures.ts";

/** Of the last line of a list. */
function saidIn(markdown: string): string {
  const item = parseChecklist(markdown).items.at(-1);
  return (item ? figuresOf(item) : []).map(({ name, value }) => `${name}=${value}`).join(" ");
}

describe("how much there has to be", () => {
  it.each([
    ["API latency p95", "< 800 ms", "p95=800ms"],
    ["Error rate", "< 0.5%", "errors=0.5%"],
    ["Uptime", "99.99%", "availability=99.99%"],
    ["Test coverage", "85%", "at-least=85%"],
    ["Backup retention", "90 days", "backup-keep=90d"],
    ["Rollback time", "5 min", "rollback=5m"],
  ])("is said of %s in a column of its own: %s", (what, threshold, says) => {
    const table = (header: string) =>
      `| Done | Item | ${header} |\n|--|--|--|\n| [ ] | ${what} | ${threshold} |\n`;
    expect(saidIn(table("Threshold"))).toBe(says);
    expect(saidIn(table("Grenzwert"))).toBe(says);
    expect(saidIn(table("基準"))).toBe(says);
    expect(saidIn(table("Today"))).toBe("");
  });

  it.each([
    ["Test coverage 85%", "at-least=85%"],
    ["Testabdeckung: 70 %", "at-least=70%"],
    ["Raise test coverage from 60%", ""],
    ["Coverage report is published (currently 72%)", ""],
  ])("of coverage: %s", (line, says) => {
    expect(saidIn(`- [ ] ${line}\n`)).toBe(says);
  });
});
