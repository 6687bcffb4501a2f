import { afterAll, beforeAll, expect, it } from "vitest";
import { startPostgres, type TestPostgres } from "../../test/fixtures/postgres.ts";
import { storeFile } from "../../test/fixtures/store-file.ts";
import { openClock } from "../system/clock.ts";
import { openRandom } from "../system/random.ts";
import { openAwayStore } from "./away-store.ts";
import { openServerStore } from "./open-server-store.ts";
import type { Store } from "./store.ts";
import type { StoreServer } from "./store-server.ts";

const clock = openClock();
const random = openRandom();
const environment = "production";
let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

interface Served {
  readonly store: Store;
  readonly server: StoreServer;
}

async function open(launch: string): Promise<Served> {
  const address = postgres.url;
  const store = await openServerStore({ address, variable: "GONOGO_STORE", launch, clock, random });
  if (!store.server) throw new Error("it is on no server");
  return { store, server: store.server };
}

async function release(store: Store, state: "live" | "replaced"): Promise<string> {
  const added = await store.releases.add({
    environment,
    commit: "a".repeat(40),
    createdAt: clock.now(),
    createdBy: "ada@laptop",
    variables: {},
    configuration: "c",
    migrations: [],
    backup: undefined,
    state,
  });
  return added.id;
}

const back = { environment, kind: "rollback", release: "r1", from: "r2", by: "ada@laptop" } as const;

it("what was done meanwhile is taken in once, after what others did, and keeps what it did to releases", async () => {
  using place = storeFile();
  const { store, server } = await open("once");
  await using _ = store;
  await release(store, "replaced");
  await release(store, "live");
  const known = await server.known(environment);
  const runs = { live: "r2", warm: { release: "r1" }, releases: ["r1", "r2"] };
  {
    await using away = await openAwayStore({ file: place.file, environment, known, runs, clock, random });
    expect((await away.releases.list(environment)).map(({ id, state }) => [id, state])).toEqual([
      ["r2", "live"],
      ["r1", "replaced"],
    ]);
    const { id } = await away.deploys.begin(back);
    await away.deploys.record(environment, { deploy: id, step: "switch", state: "done", detail: {} });
    await away.deploys.finish(environment, id, "done");
    await away.stops.keep(environment, "ada@laptop");
  }
  // Somebody whom the server answered has deployed meanwhile: that one is live, whatever was live here.
  const other = await store.deploys.begin({ ...back, kind: "deploy", release: "r3", from: "r2" });
  await store.deploys.finish(environment, other.id, "done");
  await store.releases.setState(environment, "r2", "replaced");
  await release(store, "live");

  const taken = await server.takeIn(environment, place.file);
  expect(taken).toMatchObject([{ was: "d1", deploy: { id: "d2", state: "done", by: "ada@laptop" } }]);
  // As after a process that was killed before it could remove the file.
  expect(await server.takeIn(environment, place.file)).toEqual([]);
  expect((await store.deploys.list(environment)).map(({ id, kind }) => [id, kind])).toEqual([
    ["d2", "rollback"],
    ["d1", "deploy"],
  ]);
  expect(await store.deploys.steps(environment, "d2")).toMatchObject([{ step: "switch", state: "done" }]);
  expect((await store.releases.list(environment)).map(({ id, state }) => [id, state])).toEqual([
    ["r3", "live"],
    ["r2", "rolled back"],
    ["r1", "replaced"],
  ]);
  expect(await store.stops.last(environment)).toMatchObject({ by: "ada@laptop" });
});

it("a release that came from elsewhere is known by what runs, and never said to have left the schema alone", async () => {
  const known = { releases: [], deploys: [] };
  const runs = { live: "r9", warm: { release: "r8" }, releases: ["r9", "r8", "r7"] };
  await using away = await openAwayStore({ file: undefined, environment, known, runs, clock, random });
  const releases = await away.releases.list(environment);
  expect(releases.map(({ id, state }) => [id, state])).toEqual([
    ["r9", "live"],
    ["r8", "replaced"],
    ["r7", "staged"],
  ]);
  expect(releases[0]?.migrations).toEqual(["what r9 migrated, which this machine has not seen"]);
});
