import { describe, expect, it } from "vitest";
import { startProgress } from "./progress.ts";

/** A screen that keeps what is written, and a clock that is set by hand. */
function watched(given: { interactive: boolean; quiet?: boolean; columns?: number }) {
  const written: string[] = [];
  let now = 0;
  const output = {
    note: (text: string) => void written.push(text),
    columns: given.columns ?? 100,
    interactive: given.interactive,
  };
  const progress = startProgress(output, { quiet: given.quiet ?? false, monotonicMs: () => now });
  return {
    written,
    at(ms: number, text: string) {
      now = ms;
      progress.update(text);
    },
    end: () => progress.end(),
  };
}

const CLEAR = "\r\u001b[2K";

describe("progress", () => {
  it("rewrites one line for a person and takes it away", () => {
    const screen = watched({ interactive: true });
    screen.at(1_000, "3/9 web.one");
    screen.at(1_010, "4/9 web.two");
    screen.end();
    expect(screen.written).toEqual([`${CLEAR}3/9 web.one`, `${CLEAR}4/9 web.two`, CLEAR]);
  });

  it("says nothing of what ends within a second", () => {
    for (const interactive of [true, false]) {
      const screen = watched({ interactive });
      screen.at(10, "1/2 web.one");
      screen.at(990, "2/2 web.two");
      screen.end();
      expect(screen.written).toEqual([]);
    }
  });

  it("writes whole lines, and few of them, into a log", () => {
    const log = watched({ interactive: false });
    for (const [ms, text] of [
      [999, "a"],
      [1_000, "b"],
      [1_500, "c"],
      [5_900, "d"],
      [6_000, "e"],
      [12_000, "f"],
    ] as const) {
      log.at(ms, text);
    }
    log.end();
    expect(log.written).toEqual(["b\n", "e\n", "f\n"]);
  });

  it("is silent when a machine reads", () => {
    for (const interactive of [true, false]) {
      const screen = watched({ interactive, quiet: true });
      screen.at(60_000, "a");
      screen.end();
      expect(screen.written).toEqual([]);
    }
  });

  it("never needs two lines and never passes on control characters", () => {
    const screen = watched({ interactive: true, columns: 20 });
    screen.at(2_000, "a very long name of something slow");
    screen.at(2_001, "x\u001b[2Jy\nz");
    screen.at(2_002, "世界世界世界世界世界世界");
    expect(screen.written).toEqual([
      `${CLEAR}a very long name o…`,
      `${CLEAR}x\\x1b[2Jy z`,
      `${CLEAR}世界世界世界世界世…`,
    ]);
  });
});
