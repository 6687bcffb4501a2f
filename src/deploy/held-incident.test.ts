import { afterEach, beforeEach, expect, it } from "vitest";
import { testChannel } from "../../test/fixtures/channels.ts";
import { launchOf } from "../../test/fixtures/check-record.ts";
import { openRealStore, storeFile } from "../../test/fixtures/store-file.ts";
import { policyOf } from "../../test/fixtures/watched.ts";
import type { Doors } from "../model/doors.ts";
import type { Release } from "../model/release.ts";
import type { Store } from "../store/store.ts";
import { openDoors } from "../system/doors.ts";
import { askAboutHeld, type HeldRelease } from "./held-incident.ts";
import { answerQuestions, openQuestions } from "./open-questions.ts";
import type { DeployScene } from "./scene.ts";

let place: ReturnType<typeof storeFile>;
let store: Store;
let doors: Doors & AsyncDisposable;
let channel: ReturnType<typeof testChannel>;
beforeEach(async () => {
  place = storeFile();
  store = await openRealStore(place.file);
  doors = openDoors();
  channel = testChannel("oncall");
});
afterEach(async () => {
  await store[Symbol.asyncDispose]();
  await doors[Symbol.asyncDispose]();
  place[Symbol.dispose]();
});

const scene = () =>
  ({
    launch: { ...launchOf({}), alerts: policyOf({ channels: [channel] }), directory: "/" },
    environment: { name: "staging" },
    store,
    doors,
    readVariables: async () => ({ declared: [], values: new Map() }),
  }) as unknown as DeployScene;

const release = (id: string): Release =>
  ({ id, commit: "3f253e4", variables: {}, migrations: [], configuration: "c" }) as unknown as Release;

const held = (given: Partial<HeldRelease> = {}): HeldRelease => ({
  release: release("r2"),
  back: release("r1"),
  reason: "12 % of 40 requests failed",
  why: 'the policy is "ask"',
  severity: "P1",
  liveSince: 10,
  firstFailureAt: 20,
  incident: undefined,
  ...given,
});

const factsOf = () => channel.taken.map(({ facts }) => Object.fromEntries(facts));

it("opens an incident where none is, asks in a message, and says where and what to type", async () => {
  const said = await askAboutHeld(scene(), held());
  const keep = 'gonogo incidents mitigate i1 "it stays: ..." --env staging';
  expect(said).toBe(`incident i1 asks what is to become of it: gonogo rollback --env staging or ${keep}`);
  expect(channel.taken.map(({ kind, title }) => `${kind}: ${title}`)).toEqual([
    'firing: release r2 stays live: the policy is "ask"',
  ]);
  expect(factsOf()[0]).toMatchObject({
    because: "12 % of 40 requests failed",
    "go back": "gonogo rollback --env staging",
    "keep it": keep,
  });
  expect(await store.incidents.get("staging", "i1")).toMatchObject({
    state: "open",
    severity: "P1",
    suspect: { release: "r2" },
  });
});

it("asks in the incident that tells of it already, and offers no way back where there is none", async () => {
  await askAboutHeld(scene(), held());
  await askAboutHeld(scene(), held({ incident: "i1", back: undefined, why: "there is nothing before it" }));
  expect(await store.incidents.list("staging")).toHaveLength(1);
  expect(factsOf()[1]).not.toHaveProperty("go back");
  const [question, ...more] = await openQuestions(scene());
  expect(more).toEqual([]);
  expect(question?.text).toBe(
    "r2 stays live although 12 % of 40 requests failed: there is nothing before it",
  );
});

it.each([
  [true, ["opened", "asked", "note", "told", "rolled back", "mitigated"]],
  [false, ["opened", "asked", "note", "told", "mitigated"]],
])("is answered once another release is live: back %s", async (isBack, kinds) => {
  await askAboutHeld(scene(), held());
  await answerQuestions(scene(), { by: "ada", text: "d3: r2 to r1", isBack });
  expect(await openQuestions(scene())).toEqual([]);
  const events = await store.incidents.events("staging", "i1");
  expect(events.map(({ kind }) => kind)).toEqual(kinds);
});

it("never throws: what it was asked after is done already", async () => {
  const broken = { ...store.incidents, open: () => Promise.reject(new Error("disk full")) };
  const said = await askAboutHeld({ ...scene(), store: { ...store, incidents: broken } }, held());
  expect(said).toBe("nobody could be asked: disk full");
});
