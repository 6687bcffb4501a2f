import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { testChannel } from "../../test/fixtures/channels.ts";
import { notice } from "../../test/fixtures/notice.ts";
import { STORE_KINDS, type StorePlace } from "../../test/fixtures/store-places.ts";
import { slack } from "../channels/slack.ts";
import type { Channel } from "../model/alert-policy.ts";
import type { Doors } from "../model/doors.ts";
import { OutsideError } from "../model/errors.ts";
import { Secret } from "../model/secret.ts";
import type { Store } from "../store/store.ts";
import { openDoors } from "../system/doors.ts";
import { channelTroubles } from "./channel-health.ts";
import { type NotifierSetting, startNotifier } from "./notifier.ts";

/** The machine that runs this may be busy. */
const eventually = <T>(look: () => T) => expect.poll(look, { timeout: 20_000, interval: 20 });

describe.each(STORE_KINDS)("on a store in $database", (kind) => {
  const places = kind.places();
  afterAll(() => places.stop());
  let place: StorePlace;
  let store: Store;
  let doors: Doors & AsyncDisposable;
  beforeEach(async () => {
    place = await places.newPlace();
    store = await place.open();
    doors = openDoors();
  });
  afterEach(async () => {
    await store[Symbol.asyncDispose]();
    await doors[Symbol.asyncDispose]();
    place[Symbol.dispose]();
  });

  const start = (given: Pick<NotifierSetting, "channels"> & Partial<NotifierSetting>) =>
    startNotifier({
      environment: "production",
      outbox: store.outbox,
      doors,
      variables: async () => new Map(),
      holder: "test",
      ...given,
    });

  const add = (...messages: (readonly [channel: string, key: string])[]) =>
    store.outbox.add(
      "production",
      messages.map(([channel, key]) => ({ channel, incident: undefined, notice: notice({ key }) })),
      doors.clock.now(),
    );

  const keys = (channel: { taken: readonly { key: string }[] }) => channel.taken.map(({ key }) => key);

  it("sends each channel its messages in their order, and writes down what the receiver said", async () => {
    const [a, b] = [testChannel("a"), testChannel("b")];
    await add(["a", "1"], ["b", "1"], ["a", "2"], ["a", "3"]);
    await using notifier = await start({ channels: [a, b] });
    await notifier.idle();
    expect([keys(a), keys(b)]).toEqual([["1", "2", "3"], ["1"]]);
    const rows = await store.outbox.list("production", { state: "sent" });
    expect(rows.map(({ channel, receipt, attempts }) => `${channel} ${receipt} ${attempts}`)).toEqual([
      "a taken 3 1",
      "a taken 2 1",
      "b taken 1 1",
      "a taken 1 1",
    ]);
  });

  it("is not held up by a channel that hangs, and tries that one again with the same key", async () => {
    const [hanging, well] = [testChannel("hanging"), testChannel("well")];
    const never = Promise.withResolvers<string>();
    hanging.next.push(() => never.promise);
    await add(["hanging", "1"], ["well", "1"], ["well", "2"]);
    await using notifier = await start({ channels: [hanging, well], timeoutMs: 200 });
    await eventually(() => keys(well)).toEqual(["1", "2"]);
    await eventually(
      async () => (await store.outbox.list("production", { state: "waiting" }))[0]?.error,
    ).toBe("no answer within 0.2 s");
    notifier.wake();
    await eventually(() => keys(hanging)).toEqual(["1"]);
  });

  it("waits as long as a busy receiver asks, and keeps the order meanwhile", async () => {
    const busy = testChannel("busy");
    busy.next.push(() => Promise.reject(new OutsideError("429", { retryable: true, retryAfterMs: 60_000 })));
    await add(["busy", "1"], ["busy", "2"]);
    await using notifier = await start({ channels: [busy] });
    await notifier.idle();
    const [second, first] = await store.outbox.list("production");
    expect(first?.nextAt).toBeGreaterThan(doors.clock.now() + 50_000);
    expect([first?.state, second?.state, second?.attempts]).toEqual(["waiting", "waiting", 0]);
    expect(busy.taken).toEqual([]);
  });

  it("shows what was refused as a dead letter, goes on behind it, and sends it when asked to", async () => {
    const strict = testChannel("strict");
    strict.next.push(() => Promise.reject(new OutsideError("403: no such channel", { status: 403 })));
    await add(["strict", "1"], ["strict", "2"], ["gone", "1"]);
    await using notifier = await start({ channels: [strict] });
    await notifier.idle();
    expect(keys(strict)).toEqual(["2"]);
    const dead = await store.outbox.list("production", { state: "dead" });
    expect(dead.map(({ channel, error }) => `${channel}: ${error}`)).toEqual([
      "gone: the channel is declared no more",
      "strict: 403: no such channel",
    ]);
    expect(await store.outbox.retry("production", dead[1]?.number ?? 0, doors.clock.now())).toBe(true);
    await notifier.idle();
    expect(keys(strict)).toEqual(["2", "1"]);
  });

  it("sends a message once although two processes do, and again what one had taken when it was killed", async () => {
    const shared = testChannel("shared");
    await add(...Array.from({ length: 30 }, (_, index) => ["shared", String(index)] as const));
    {
      await using one = await start({ channels: [shared], holder: "daemon" });
      await using two = await start({ channels: [shared], holder: "command" });
      await eventually(() => shared.taken.length).toBe(30);
      await Promise.all([one.idle(), two.idle()]);
    }
    expect(new Set(keys(shared)).size).toBe(30);

    await add(["shared", "last"]);
    const now = doors.clock.now();
    await store.outbox.claim("production", { channel: "shared", by: "daemon", now, until: now + 60_000 });
    await using again = await start({ channels: [shared], holder: "daemon" });
    await again.idle();
    expect(keys(shared)).toContain("last");
  });

  it("says once that a channel does not take messages, however many there are, and once that it does again", async () => {
    const said: string[] = [];
    const refuses = testChannel("oncall");
    const refusal = () => Promise.reject(new OutsideError("hooks.example answered 403: invalid_token"));
    refuses.next.push(refusal, refusal, refusal);
    await add(["oncall", "1"], ["oncall", "2"], ["oncall", "3"], ["oncall", "4"], ["oncall", "5"]);
    await using notifier = await start({ channels: [refuses], onTrouble: (text) => said.push(text) });
    await notifier.idle();
    expect(said).toEqual([
      "nobody is told through oncall (memory): hooks.example answered 403: invalid_token. Fix: see to the receiver, then gonogo drill alert --env production",
      "oncall takes messages again",
    ]);
  });

  it("does not take its own end for a channel that works again, nor its variables for what keeps one from answering", async () => {
    const said: string[] = [];
    const hangs: Channel = {
      ...testChannel("oncall"),
      kind: slack.definition,
      options: { webhook: "SLACK" },
    };
    const values = new Map([["SLACK", new Secret("http://no-such-host.invalid/services/T0/B0/x")]]);
    const never = Promise.withResolvers<Map<string, Secret>>();
    let isEnding = false;
    const variables = () => (isEnding ? never.promise : Promise.resolve(values));
    await add(["oncall", "1"]);
    const given = { channels: [hangs], variables, lastMs: 50, onTrouble: (text: string) => said.push(text) };
    {
      await using notifier = await start(given);
      await notifier.idle();
      await store.outbox.hurry("production", doors.clock.now());
      notifier.wake();
      await eventually(() => said.length).toBe(1);
      isEnding = true;
    }
    expect(said).toEqual([
      expect.stringContaining("Fix: see that no-such-host.invalid answers this machine"),
    ]);
  });

  it("knows which channels would tell nobody: what they lack, and what refused the newest message", async () => {
    const troubles = (channels: readonly Channel[], values = new Map<string, Secret>()) =>
      channelTroubles({ environment: "production", channels, outbox: store.outbox, values });
    const oncall: Channel = {
      name: "oncall",
      kind: slack.definition,
      options: { webhook: "SLACK_WEBHOOK_URL" },
    };
    expect(await troubles([oncall])).toEqual([
      {
        channel: "oncall",
        kind: "slack",
        found: "SLACK_WEBHOOK_URL is not set",
        fix: "set SLACK_WEBHOOK_URL where production has its variables, then gonogo drill alert --env production",
        waiting: 0,
        lost: 0,
      },
    ]);
    const values = new Map([
      ["SLACK_WEBHOOK_URL", new Secret("http://no-such-host.invalid/services/T0/B0/canary9f1")],
    ]);
    expect(await troubles([oncall], values)).toEqual([]);
    await add(["oncall", "1"], ["oncall", "2"]);
    {
      await using notifier = await start({ channels: [oncall], variables: async () => values });
      await notifier.idle();
    }
    const [found] = await troubles([oncall], values);
    expect(found).toMatchObject({
      waiting: 2,
      lost: 0,
      found: expect.stringContaining("no-such-host.invalid"),
    });
    expect(JSON.stringify(found)).not.toContain("canary9f1");
  });

  it("writes a message once however often it is told to", async () => {
    await add(["a", "1"]);
    await add(["a", "1"], ["b", "1"]);
    expect(await store.outbox.byKey("production", "1")).toHaveLength(2);
  });
});
