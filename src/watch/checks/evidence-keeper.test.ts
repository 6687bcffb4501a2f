import { afterEach, beforeEach, expect, test } from "vitest";
import { checkCalled } from "../../../test/fixtures/check-record.ts";
import { openRealStore, storeFile } from "../../../test/fixtures/store-file.ts";
import type { Answer } from "../../assess/ask.ts";
import type { AskedFigure } from "../../model/asked-figure.ts";
import type { AnyCheck } from "../../model/check.ts";
import type { Item } from "../../model/item.ts";
import { fail, type Measured, type Outcome, pass, unknown } from "../../model/outcome.ts";
import type { Store } from "../../store/store.ts";
import { createEvidenceKeeper } from "./evidence-keeper.ts";

const START = Date.UTC(2026, 10, 21);
const HOUR = 3_600_000;
let place: ReturnType<typeof storeFile>;
let store: Store;
beforeEach(async () => {
  place = storeFile();
  store = await openRealStore(place.file);
});
afterEach(async () => {
  await store[Symbol.asyncDispose]();
  place[Symbol.dispose]();
});

function keeping(check: Partial<AnyCheck>, asks: readonly AskedFigure[] = []) {
  const line = { id: "line", asks, answeredBy: { by: "checks", checks: [{ check: "test.disk" }] } };
  const { evidence, salt } = store;
  const keeper = createEvidenceKeeper(evidence, {
    ...{ environment: "staging", configuration: "c1", salt },
    items: [line as unknown as Item],
  });
  const asked = checkCalled("test.disk", { freshFor: "30d", ...check });
  let at = START;
  /** Whether the answer of an hour later is kept. */
  return async (outcome: Outcome, hours = 1): Promise<boolean> => {
    at += hours * HOUR;
    const answer = { subject: { component: "host" }, check: asked, outcome, facts: [] } as unknown as Answer;
    await keeper.keep([answer], { at, release: "r1" });
    const [latest] = await evidence.latest("staging");
    return latest?.observedAt === at;
  };
}

test("the same answer is kept once in half of the time for which it stands, and what nobody saw is not", async () => {
  const isKept = keeping({});
  expect(await isKept(pass("fine"))).toBe(true);
  expect(await isKept(pass("fine still"))).toBe(false);
  expect(await isKept(unknown("no answer"))).toBe(false);
  expect(await isKept(pass("fine"), 15 * 24)).toBe(true);
});

test("what fails by another finding is kept: accepting one does not accept the next", async () => {
  const failing = (...findings: string[]) =>
    fail("keys have no index", { expected: "an index", found: "none", fix: "create one", findings });
  const isKept = keeping({});
  expect(await isKept(failing("a.b"))).toBe(true);
  expect(await isKept(failing("a.b"))).toBe(false);
  expect(await isKept(failing("a.b", "c.d"))).toBe(true);
  expect(await isKept(failing("c.d", "a.b"))).toBe(false);
  expect(await isKept(failing("c.d"))).toBe(true);
});

test("a figure that moves is kept when it passes what a line asks, not each time it moves", async () => {
  const asks = [{ name: "at-most", value: "70%", said: "below 70 %", by: "LAUNCH.md:4" }];
  const isKept = keeping(
    { figures: { "at-most": { measured: "usedShare", keeps: "no more", in: "share" } } },
    asks,
  );
  const used = (usedShare: number) => pass("room", { usedShare });
  const kept: boolean[] = [];
  for (const share of [0.5, 0.51, 0.69, 0.71, 0.9, 0.66]) kept.push(await isKept(used(share)));
  expect(kept).toEqual([true, false, false, true, false, true]);
});

test("a version, or a variable's value, that is another one is kept, whichever line comes to ask for it", async () => {
  const seen = (measured: Measured, print: string) => ({
    ...pass("there", measured),
    settings: { KEY: { print, characters: 8, bits: 40, faults: [] } },
  });
  const isKept = keeping({
    figures: {
      version: { quality: "version", keeps: "no older" },
      variable: { setting: "is set" },
    },
  });
  expect(await isKept(seen({ version: "node@24.1", tookMs: 3 }, "x"))).toBe(true);
  expect(await isKept(seen({ version: "node@24.1", tookMs: 4 }, "x"))).toBe(false);
  expect(await isKept(seen({ version: "node@22.1", tookMs: 4 }, "x"))).toBe(true);
  expect(await isKept(seen({ version: "node@22.1", tookMs: 4 }, "y"))).toBe(true);
  expect(await isKept(seen({ version: "node@22.1", tookMs: 5 }, "y"))).toBe(false);
});
