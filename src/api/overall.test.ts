import { expect, it } from "vitest";
import { monitorOf, readingOf } from "../../test/fixtures/watched.ts";
import { createLiveBoard } from "./live-board.ts";
import { overall, tally } from "./overall.ts";

it("is well while all that fails is good to know, and not when more does", () => {
  const monitors = [
    monitorOf("web/answers", { severity: "P0" }),
    monitorOf("web/secure", { severity: "P2" }),
    monitorOf("web/policy", { severity: "P3", shownOnly: true }),
  ];
  const board = createLiveBoard();
  const seen = () => [overall({ monitors, board }), tally({ monitors, board })];
  board.take([readingOf("web/answers", "up", 0), readingOf("web/policy", "down", 0)]);
  expect(seen()).toEqual(["up", { up: 1, down: 0, noted: 1, unknown: 0, silent: 1 }]);
  board.take([readingOf("web/secure", "down", 1)]);
  expect(seen()).toEqual(["degraded", { up: 1, down: 1, noted: 1, unknown: 0, silent: 0 }]);
  board.take([readingOf("web/answers", "down", 2)]);
  expect(seen()).toEqual(["down", { up: 0, down: 2, noted: 1, unknown: 0, silent: 0 }]);
});
