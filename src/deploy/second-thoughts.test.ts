import { afterEach, beforeEach, expect, it } from "vitest";
import { openRealStore, storeFile } from "../../test/fixtures/store-file.ts";
import type { Alert } from "../model/alert.ts";
import type { Store } from "../store/store.ts";
import { isUselessAgain, stillDown } from "./second-thoughts.ts";

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
const environment = { name: "production" };

const alert = (monitor: string, given: Partial<Alert> = {}): Alert => ({
  monitor,
  component: monitor.split("/")[0] ?? "",
  check: undefined,
  title: "",
  consequence: "",
  severity: "P1",
  firstFailureAt: 100,
  confirmedAt: 110,
  resolvedAt: undefined,
  detail: "no answer",
  release: "r2",
  changes: 1,
  ...given,
});

const keep = (...alerts: Alert[]) =>
  store.alerts.commit({
    environment: "production",
    at: 0,
    tracks: [],
    transitions: [],
    groups: [
      {
        incident: "i1",
        key: undefined,
        createdAt: 0,
        flushedAt: undefined,
        nextFlushAt: 0,
        alerts,
        told: {},
      },
    ],
    closed: [],
    incidents: [],
    events: [],
    messages: [],
  });

it("does not end a deploy on what it touched and what went down since", async () => {
  await keep(alert("api/up"), alert("api/health"), alert("db/up"));
  expect(await stillDown({ store, environment }, { touched: ["api"], since: 100 })).toBe(
    "still down at the end of the bake: api/up and 1 more: no answer",
  );
});

it.each([
  ["came up again", alert("api/up", { resolvedAt: 120 })],
  ["was down before", alert("api/up", { firstFailureAt: 99 })],
  ["is not grave", alert("api/up", { severity: "P2" })],
  ["it did not touch", alert("db/up")],
])("ends it on what %s", async (_, each) => {
  await keep(each);
  expect(await stillDown({ store, environment }, { touched: ["api"], since: 100 })).toBeUndefined();
});

const probe = (release: string, failure: string | undefined) => ({
  at: 0,
  path: "/",
  tookMs: 1,
  release,
  failure,
});

async function deployed(state: "done" | "rolled back"): Promise<void> {
  const deploy = { environment: "production", kind: "deploy" as const, release: "r2", from: "r1", by: "ada" };
  const { id } = await store.deploys.begin(deploy);
  await store.deploys.finish("production", id, state);
}

it.each([
  ["the first time, whatever the release before did", "done", [], false],
  ["a second time to one that did well", "rolled back", [probe("r1", undefined), probe("r2", "500")], false],
  ["a second time to one that fails too", "rolled back", [probe("r1", "500"), probe("r2", "500")], true],
  ["a second time to one that nobody asked", "rolled back", [probe("r2", "500")], true],
] as const)("says whether going back is useless: %s", async (_, state, probes, useless) => {
  await deployed(state);
  const ground = { store, environment, deployId: "d9", before: { id: "r1" } };
  expect(await isUselessAgain(ground, probes)).toBe(useless);
});
