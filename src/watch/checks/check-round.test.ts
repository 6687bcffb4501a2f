import { expect, test } from "vitest";
import { monitorOf } from "../../../test/fixtures/watched.ts";
import type { Answer } from "../../assess/ask.ts";
import { watch } from "../../components/watch/watch.ts";
import { type AnyCheck, defineCheck } from "../../model/check.ts";
import { defineFact } from "../../model/fact.ts";
import { findingFingerprint } from "../../model/finding.ts";
import { fail, notApplicable, pass } from "../../model/outcome.ts";
import type { Waiver } from "../../model/sign-off.ts";
import { openDoors } from "../../system/doors.ts";
import { acceptedIn, askRound } from "./check-round.ts";

const NOW = { environment: "staging", at: Date.UTC(2026, 10, 21) };

function answer(outcome: Answer["outcome"]): Parameters<typeof acceptedIn>[0] {
  return { subject: { component: "db" }, check: { id: "postgres.index.foreign-key" }, outcome } as Parameters<
    typeof acceptedIn
  >[0];
}

function waiver(name: string, given: Partial<Waiver> = {}): Waiver {
  const finding = findingFingerprint("db", "postgres.index.foreign-key", name);
  const { at } = NOW;
  return {
    environment: "staging",
    finding,
    by: "ada",
    at: at - 1,
    until: at + 86_400_000,
    reason: "small table",
    ...given,
  };
}

const failing = answer(
  fail("2 keys have no index", {
    expected: "an index",
    found: "none",
    fix: "create one",
    findings: ["a.b", "c.d"],
  }),
);

test("what a person accepted is no news while the waiver stands, for every finding of it", () => {
  expect(acceptedIn(failing, [waiver("a.b"), waiver("c.d")], NOW)).toEqual({
    state: "up",
    detail: "accepted by ada until 2026-11-22: 2 keys have no index",
  });
  expect(acceptedIn(failing, [waiver("a.b")], NOW)).toBeUndefined();
  expect(acceptedIn(failing, [waiver("a.b"), waiver("c.d", { until: NOW.at })], NOW)).toBeUndefined();
  expect(
    acceptedIn(failing, [waiver("a.b"), waiver("c.d", { environment: "production" })], NOW),
  ).toBeUndefined();
  expect(acceptedIn(answer(pass("fine")), [waiver("a.b")], NOW)).toBeUndefined();
});

test("a round sees the backups there are, and reads them once for all its checks", async () => {
  let reads = 0;
  const places = defineFact<number, unknown>({
    id: "test.backups",
    access: "read",
    reach: "schema",
    collect: async ({ subject }) => (await subject.backups?.())?.places.length ?? 0,
  });
  const checks = ["test.one", "test.two"].map((id) => ({
    monitor: monitorOf(`db/${id}`, { component: "db" }),
    check: defineCheck({
      id,
      title: "Backups are seen",
      consequence: "None.",
      severity: "info",
      phase: "staging",
      freshFor: "1h",
      asks: [],
      needs: { places },
      run: ({ places: count }) => (count > 0 ? pass(`${count} places`) : notApplicable("none declared")),
    }),
  }));
  await using doors = openDoors();
  const readBackups = async () => {
    reads += 1;
    return { policy: {}, places: [{}], isKeyHere: true };
  };
  const people = { waivers: async () => [] };
  const launch = { name: "shop", directory: "/", components: [{ name: "db", kind: { kind: "postgres" } }] };
  const scene = { launch, environment: NOW, doors, target: {}, store: { people }, readBackups };
  const variables = { declared: [], values: new Map() };
  const surroundings = { status: { instances: [], schedules: [] }, variables, otherEnvironments: [] };
  const { readings } = await askRound({ component: "db", everyMs: 1_000, checks }, {
    scene,
    surroundings,
    signal: new AbortController().signal,
  } as unknown as Parameters<typeof askRound>[1]);
  expect(readings.map(({ state, detail }) => [state, detail])).toEqual([
    ["up", "1 places"],
    ["up", "1 places"],
  ]);
  expect(reads).toBe(1);
});

test("a round whose check asks what is watched reads it; another one does not", async () => {
  let reads = 0;
  const readWatch = async () => {
    reads += 1;
    return {
      at: NOW.at,
      watcher: { who: "ada@laptop", since: NOW.at - 1_000 },
      latest: [],
      promises: { availability: undefined, latency: {}, errors: undefined, rollbackMs: undefined },
      toldOf: { P0: [], P1: [] },
    };
  };
  const { checks } = watch.definition;
  const statusPage = checks.filter(({ id }) => id === "status.page.answers");
  const plain = defineCheck({
    ...{ id: "test.plain", title: "Fine", consequence: "None.", severity: "info", phase: "staging" },
    ...{ freshFor: "1h", asks: [], needs: {}, run: () => pass("fine") },
  });
  await using doors = openDoors();
  const kind = { kind: "watch", checks };
  const scene = {
    launch: { name: "shop", directory: "/", components: [{ name: "watch", kind, options: {} }] },
    environment: { name: "staging", stage: "staging", allows: ["read"] },
    doors,
    target: {},
    store: { people: { waivers: async () => [] } },
    readWatch,
  };
  const surroundings = {
    status: { live: "r1", instances: [], schedules: [] },
    variables: { declared: [], values: new Map() },
    otherEnvironments: [],
  };
  const asked = async (of: readonly AnyCheck[]) => {
    const monitors = of.map((check) => ({ monitor: monitorOf(`watch/${check.id}`), check }));
    const { answers } = await askRound({ component: "watch", everyMs: 1_000, checks: monitors }, {
      scene,
      surroundings,
      signal: new AbortController().signal,
    } as unknown as Parameters<typeof askRound>[1]);
    return answers.map(({ outcome }) => outcome);
  };
  expect(await asked([plain])).toMatchObject([{ status: "pass" }]);
  expect(reads).toBe(0);
  // It sees that somebody watches, and that no address of a status page is declared.
  expect(await asked(statusPage)).toMatchObject([
    { status: "not applicable", reason: expect.stringContaining("no address of a status page is declared") },
  ]);
  expect(reads).toBe(1);
});
