import { describe, expect, it } from "vitest";
import type { SqlSession } from "../../model/doors.ts";
import { shareSession } from "./reader.ts";

/** Counts sessions; statements answer in their own order, "bad" never well. */
function sessions() {
  const seen = { opened: 0, closed: 0, atOnce: 0, running: 0 };
  const open = async (): Promise<SqlSession> => {
    seen.opened += 1;
    return {
      async query<Row extends object>(text: string) {
        seen.running += 1;
        seen.atOnce = Math.max(seen.atOnce, seen.running);
        await new Promise((resolve) => setImmediate(resolve));
        seen.running -= 1;
        if (text === "bad") throw new Error("bad statement");
        return [{ text }] as Row[];
      },
      async [Symbol.asyncDispose]() {
        seen.closed += 1;
      },
    };
  };
  return { open, seen };
}

describe("a shared session", () => {
  it("answers many at once over one session, one statement at a time, and closes it", async () => {
    const { open, seen } = sessions();
    const reader = shareSession(open);
    const answers = await Promise.allSettled(["a", "bad", "c"].map((text) => reader.query(text)));
    expect(answers.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(seen).toEqual({ opened: 1, closed: 1, atOnce: 1, running: 0 });
  });

  it("opens again for who comes later, and closes again", async () => {
    const { open, seen } = sessions();
    const reader = shareSession(open);
    await reader.query("a");
    await reader.query("b");
    expect(seen).toMatchObject({ opened: 2, closed: 2 });
  });

  it("tells everybody who waits that it cannot be opened, and tries again for the next", async () => {
    let attempts = 0;
    const { open } = sessions();
    const reader = shareSession(() => {
      attempts += 1;
      return attempts === 1 ? Promise.reject(new Error("refused")) : open();
    });
    const first = await Promise.allSettled([reader.query("a"), reader.query("b")]);
    expect(first.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    await expect(reader.query("c")).resolves.toEqual([{ text: "c" }]);
  });
});
