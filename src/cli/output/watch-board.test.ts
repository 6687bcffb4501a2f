import { expect, it } from "vitest";
import type { WatchRecord } from "./contracts/watch.ts";
import { watchBoard } from "./watch-board.ts";

const NOW = Date.UTC(2026, 10, 21, 12);
const PLAIN = { columns: 100, rows: 40, colour: false };

function record(change: Partial<WatchRecord> = {}): WatchRecord {
  const monitor = (id: string, state: "up" | "down" | "unknown", detail: string | null) => ({
    id,
    component: id.split("/")[0] ?? id,
    severity: "P1" as const,
    shownOnly: false,
    state,
    at: NOW - 5_000,
    detail,
  });
  return {
    version: 1,
    kind: "watch",
    launch: "soulseer",
    environment: "staging",
    stage: "staging",
    release: "r3",
    at: NOW,
    watcher: { who: "ada@laptop", pid: 7, since: NOW - 3_600_000, seen: NOW - 1_000 },
    workers: [],
    tally: { up: 1, down: 1, noted: 0, unknown: 0, silent: 1 },
    monitors: [
      monitor("web/up", "up", "200 in 4 ms"),
      monitor("db/up", "down", "refused\u001b[2J the connection"),
    ],
    incidents: [
      { id: "i4", severity: "P0", title: "db: up fails", openedAt: NOW - 120_000, acknowledgedBy: null },
    ],
    ...change,
  };
}

it("tells what is wrong before what is well", () => {
  const text = watchBoard(record(), PLAIN);
  expect(text).toContain("soulseer · staging · r3 · watched by ada@laptop for 1 h");
  expect(text).toContain("1 up  1 down  0 unknown  1 not asked yet, or not applicable");
  expect(text).toContain("i4  P0  db: up fails, for 2 min, nobody has it");
  expect(text.indexOf("Down")).toBeLessThan(text.indexOf("Components"));
});

it("lets nothing that was seen steer the terminal", () => {
  expect(watchBoard(record(), PLAIN)).toContain("refused\\x1b[2J the connection");
});

it("says so when nobody watches", () => {
  expect(watchBoard(record({ watcher: null }), PLAIN)).toContain("nobody watches: gonogo serve");
  const frozen = { who: "ada@laptop", pid: 7, since: NOW - 3_600_000, seen: NOW - 120_000 };
  expect(watchBoard(record({ watcher: frozen }), { ...PLAIN, columns: 200 })).toContain(
    "nobody watches: ada@laptop, process 7, stands still and was last seen 2 min ago: gonogo serve takes over",
  );
  const ours = { who: "ada@one", pid: 1, since: NOW, tasks: 12 };
  expect(watchBoard(record({ workers: [ours, { ...ours, who: "ada@two" }] }), PLAIN)).toContain(
    "2 processes share the asking: ada@one 12, ada@two 12",
  );
});

it("fits the window, and says what it leaves out", () => {
  const many = Array.from({ length: 60 }, (_, index) => ({
    id: `part-${index}/up`,
    component: `part-${index}`,
    severity: "P2" as const,
    shownOnly: false,
    state: "up" as const,
    at: NOW,
    detail: null,
  }));
  const lines = watchBoard(record({ monitors: many }), { ...PLAIN, rows: 20 })
    .trimEnd()
    .split("\n");
  expect(lines.length).toBeLessThanOrEqual(20);
  expect(lines.at(-1)).toMatch(/and \d+ more lines/);
});

it("loses no word on a terminal of 40 columns", () => {
  const words = (columns: number) =>
    watchBoard(record(), { ...PLAIN, columns })
      .split(/\s+/)
      .join(" ");
  expect(words(40)).toBe(words(Number.POSITIVE_INFINITY));
  const lines = watchBoard(record(), { ...PLAIN, columns: 40 }).split("\n");
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(40);
});
