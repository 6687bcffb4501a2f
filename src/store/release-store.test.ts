import { afterAll, describe, expect, it } from "vitest";
import { STORE_KINDS } from "../../test/fixtures/store-places.ts";
import type { Release } from "../model/release.ts";

function release(given: Partial<Release> = {}): Omit<Release, "id"> {
  return {
    environment: "staging",
    commit: "a1b2c3d",
    createdAt: 1_000,
    createdBy: "ada@laptop",
    variables: { DATABASE_URL: "0123456789ab" },
    configuration: "c1",
    migrations: ["001_first"],
    backup: undefined,
    state: "staged",
    ...given,
  };
}

describe.each(STORE_KINDS)("releases in $database", (kind) => {
  const places = kind.places();
  afterAll(() => places.stop());

  it("are numbered per environment and come back as they were kept", async () => {
    using place = await places.newPlace();
    const kept: Release[] = [];
    {
      await using store = await place.open();
      kept.push(await store.releases.add(release()));
      kept.push(await store.releases.add(release({ commit: "tree:0f", backup: "/b/1.dump" })));
      expect((await store.releases.add(release({ environment: "production" }))).id).toBe("r1");
    }
    expect(kept.map((each) => each.id)).toEqual(["r1", "r2"]);
    await using store = await place.open();
    expect(await store.releases.list("staging")).toEqual(kept.toReversed());
    expect(await store.releases.list("staging", 1)).toEqual(kept.slice(1));
    expect(await store.releases.get("staging", "r2")).toEqual({
      ...release({ commit: "tree:0f", backup: "/b/1.dump" }),
      id: "r2",
    });
  });

  it("never share a number, whoever adds at the same time", async () => {
    using place = await places.newPlace();
    await using one = await place.open();
    await using other = await place.open();
    const added = await Promise.all(
      Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? one : other).releases.add(release())),
    );
    expect(new Set(added.map((each) => each.id)).size).toBe(20);
  });

  it("change state, migrations and backup, and nothing else with them", async () => {
    using place = await places.newPlace();
    await using store = await place.open();
    const first = await store.releases.add(release());
    const second = await store.releases.add(release());
    await store.releases.setState("staging", "r2", "live");
    await store.releases.update("staging", "r2", { migrations: ["001_first", "002_second"] });
    await store.releases.update("staging", "r2", { backup: "/b/2.dump" });
    await store.releases.update("staging", "r2", {});
    expect(await store.releases.list("staging")).toEqual([
      { ...second, state: "live", migrations: ["001_first", "002_second"], backup: "/b/2.dump" },
      first,
    ]);
  });

  it.each(["r3", "r0", "r", "", "8", "d1", "r1x", "r99999999999999999999"])(
    "there is none called %j",
    async (id) => {
      using place = await places.newPlace();
      await using store = await place.open();
      await store.releases.add(release());
      expect(await store.releases.get("staging", id)).toBeUndefined();
      await expect(store.releases.setState("staging", id, "live")).rejects.toThrow(
        `no release ${id} in staging`,
      );
      expect((await store.releases.get("staging", "r1"))?.state).toBe("staged");
    },
  );
});
