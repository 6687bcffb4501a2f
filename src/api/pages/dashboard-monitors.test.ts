import { expect, it } from "vitest";
import { monitorOf, readingOf } from "../../../test/fixtures/watched.ts";
import { createLiveBoard } from "../live-board.ts";
import { monitorList } from "./dashboard-monitors.ts";

it("a component's row counts what is wrong among what was heard, and apart what is only good to know", async () => {
  const monitors = [
    monitorOf("web/answers"),
    monitorOf("web/secure"),
    monitorOf("web/policy", { shownOnly: true }),
    monitorOf("web/silent"),
  ];
  const board = createLiveBoard();
  const row = async () => {
    const page = await monitorList({ monitors, board, clock: { now: () => 9 } } as unknown as Parameters<
      typeof monitorList
    >[0]);
    return /<span class="push[^>]*>([^<]*)</.exec(`${page}`)?.[1];
  };
  board.take([readingOf("web/answers", "up", 0), readingOf("web/policy", "down", 0)]);
  expect(await row()).toBe("1 of 2 up, 1 good to know");
  board.take([readingOf("web/secure", "down", 1)]);
  expect(await row()).toBe("1 of 3 down, 1 good to know");
  board.take([readingOf("web/secure", "unknown", 2)]);
  expect(await row()).toBe("1 of 3 up, 1 good to know, 1 unknown");
});
