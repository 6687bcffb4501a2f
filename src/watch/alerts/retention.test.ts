import { afterAll, describe, expect, it } from "vitest";
import { notice } from "../../../test/fixtures/notice.ts";
import { STORE_KINDS } from "../../../test/fixtures/store-places.ts";
import { type Incident, UNTOUCHED } from "../../model/incident.ts";
import type { Store } from "../../store/store.ts";
import { openDoors } from "../../system/doors.ts";
import { KEPT_MS, startRetention } from "./retention.ts";

const ENVIRONMENT = "production";
const MANY = 1_200;

const INCIDENT: Omit<Incident, "id"> = {
  environment: ENVIRONMENT,
  ...UNTOUCHED,
  severity: "P1",
  title: "db: answers fails",
  component: "db",
  affected: ["db"],
  openedAt: 1,
  firstFailureAt: 1,
  release: undefined,
  suspect: undefined,
};

/** A message of that key, as it stands after its channel had it. */
async function message(
  { outbox }: Store,
  given: { key: string; at: number; incident?: string; ends: "sent" | "dead" | "waiting" },
): Promise<void> {
  const { key, at, incident, ends } = given;
  await outbox.add(ENVIRONMENT, [{ channel: "mail", incident, notice: notice({ key }) }], at);
  const row = (await outbox.byKey(ENVIRONMENT, key))[0];
  if (!row || ends === "waiting") return;
  if (ends === "sent") await outbox.sent(row, { at, receipt: "250" });
  else await outbox.failed(row, { nextAt: undefined, error: "550 no such mailbox" });
}

describe.each(STORE_KINDS)("retention of a store in $database", (kind) => {
  const places = kind.places();
  afterAll(() => places.stop());
  it("removes what was told and is over; dead letters, what waits and what is open stay", async () => {
    using place = await places.newPlace();
    await using store = await place.open();
    await using doors = openDoors();
    const now = doors.clock.now();
    const [old, young] = [now - KEPT_MS - 60_000, now - KEPT_MS + 3_600_000];
    const none = { events: () => [], messages: () => [] };
    const over = await store.incidents.open({ ...INCIDENT, resolvedAt: old }, none);
    const open = await store.incidents.open(INCIDENT, none);
    await message(store, { key: "old, over", at: old, incident: over.id, ends: "sent" });
    await message(store, { key: "old, of no incident", at: old, ends: "sent" });
    await message(store, { key: "old, still open", at: old, incident: open.id, ends: "sent" });
    await message(store, { key: "old, dead", at: old, incident: over.id, ends: "dead" });
    await message(store, { key: "old, waiting", at: old, ends: "waiting" });
    await message(store, { key: "young", at: young, ends: "sent" });
    const transitions = Array.from({ length: MANY + 1 }, (_, index) => ({
      monitor: "db/answers",
      component: "db",
      at: index < MANY ? old + index : young,
      to: index % 2 === 0 ? ("down" as const) : ("up" as const),
      since: old,
      detail: "",
      release: undefined,
    }));
    const nothing = { tracks: [], groups: [], closed: [], incidents: [], events: [], messages: [] };
    await store.alerts.commit({ ...nothing, environment: ENVIRONMENT, at: now, transitions });
    await store.alerts.commit({
      ...nothing,
      environment: "staging",
      at: now,
      transitions: transitions.slice(0, 1),
    });

    const kept = async (environment: string) =>
      (await store.alerts.transitions(environment, { since: 0, limit: 10_000 })).length;
    {
      await using _ = startRetention({
        store,
        environment: ENVIRONMENT,
        clock: doors.clock,
        onTrouble: (text) => expect.unreachable(text),
        firstMs: 1,
      });
      await expect.poll(() => kept(ENVIRONMENT), { timeout: 20_000 }).toBe(1);
    }
    expect((await store.outbox.list(ENVIRONMENT)).map((row) => row.notice.key)).toEqual([
      "young",
      "old, waiting",
      "old, dead",
      "old, still open",
    ]);
    expect(await kept("staging")).toBe(1);
    // What goes on after it takes numbers nobody has, and a message that is still there is not written again.
    await message(store, { key: "new", at: now, ends: "waiting" });
    await message(store, { key: "old, dead", at: now, ends: "waiting" });
    expect((await store.outbox.list(ENVIRONMENT))[0]?.notice.key).toBe("new");
    expect(await store.outbox.byKey(ENVIRONMENT, "old, dead")).toMatchObject([{ state: "dead" }]);
  });
});
