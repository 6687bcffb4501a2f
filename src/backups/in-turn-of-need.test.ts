import { expect, it } from "vitest";
import { inTurnOfNeed, type Job } from "./in-turn-of-need.ts";

const { signal } = new AbortController();
const job = (name: string, cost: number, needs: string[] = [], alone: string[] = []): Job => ({
  ...{ name, cost, needs, alone },
});

/** Jobs take as many turns as they cost. */
async function clocked(jobs: readonly Job[]): Promise<string[]> {
  const begun: { readonly name: string; left: number; end(): void }[] = [];
  const told: string[] = [];
  let isOver = false;
  const all = inTurnOfNeed(jobs, { width: 2, signal }, ({ name, cost }) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    begun.push({ name, left: cost, end: resolve });
    return promise;
  }).finally(() => {
    isOver = true;
  });
  for (;;) {
    await new Promise((done) => setImmediate(done));
    if (isOver) break;
    told.push(
      begun
        .map(({ name }) => name)
        .toSorted()
        .join("+"),
    );
    for (const each of begun) each.left -= 1;
    for (const each of begun.splice(0)) each.left > 0 ? begun.push(each) : each.end();
  }
  await all;
  return told;
}

it("begins with what the most waits for, keeps both busy, and never runs two at once that want the same", async () => {
  const told = await clocked([
    job("event", 3),
    job("wallet", 1),
    job("entry", 3),
    job("rules of entry", 1, ["entry"]),
    job("key", 1, ["rules of entry", "wallet"], ["entry", "wallet"]),
    job("other key", 1, ["wallet"], ["wallet"]),
  ]);
  // Largest first alone would begin with event, and end with a key by itself.
  expect(told).toEqual([
    "entry+event",
    "entry+event",
    "entry+event",
    "rules of entry+wallet",
    "key",
    "other key",
  ]);
});

it("stops the others when one fails, begins no more, and tells why", async () => {
  const begun: string[] = [];
  const stopped: string[] = [];
  const all = inTurnOfNeed(
    [job("bad", 3), job("long", 2), job("next", 1, ["bad"])],
    { width: 2, signal },
    (one, limit) => {
      begun.push(one.name);
      if (one.name === "bad") return Promise.reject(new Error("a byte was changed"));
      return new Promise((_, reject) => {
        limit.addEventListener("abort", () => {
          stopped.push(one.name);
          reject(limit.reason);
        });
      });
    },
  );
  await expect(all).rejects.toThrow("a byte was changed");
  expect({ begun, stopped }).toEqual({ begun: ["bad", "long"], stopped: ["long"] });
});

it("says what can never begin", async () => {
  const jobs = [job("one", 1, ["other"]), job("other", 1, ["one"])];
  await expect(inTurnOfNeed(jobs, { width: 2, signal }, async () => undefined)).rejects.toThrow(
    "nothing can begin: one, other",
  );
});
