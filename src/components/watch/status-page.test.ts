import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { answerOf } from "../../../test/fixtures/component-answer.ts";
import { openWatchedShop, type WatchedShop } from "../../../test/fixtures/watched-shop.ts";
import type { Reading } from "../../model/monitor.ts";
import type { Outcome } from "../../model/outcome.ts";
import type { WatchSeen } from "../../model/watch-seen.ts";
import { openDoors } from "../../system/doors.ts";
import { watch } from "./watch.ts";

/*
 * The page that `gonogo serve` makes, of a shop whose payments are broken while its database is upgraded; and the same
 * changed on its way.
 */

const doors = openDoors();
let shop: WatchedShop;
let fresh: WatchedShop;
let change: (body: string, path: string) => { status?: number; body?: string };
const proxy = createServer(async (request, response) => {
  const answer = await fetch(`${shop.url}${request.url}`);
  const { status = answer.status, body = "" } = change(await answer.text(), request.url ?? "");
  response.writeHead(status, { "content-type": answer.headers.get("content-type") ?? "text/html" }).end(body);
});
let changed = "";
const SHOWN = [
  { name: "Website", of: ["web"] },
  { name: "Payments", of: ["payments", "db"] },
  { name: "Readings & calls", of: ["billing"] },
];

beforeAll(async () => {
  [shop, fresh] = await Promise.all([
    openWatchedShop({ maintenance: "* * * * *" }),
    openWatchedShop({ isNew: true }),
  ]);
  await once(proxy.listen(0, "127.0.0.1"), "listening");
  changed = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
});
afterAll(async () => {
  proxy.close();
  await Promise.all([shop, fresh, doors].map((each) => each[Symbol.asyncDispose]()));
});

async function answer(
  url: string | undefined,
  {
    stage = "staging",
    seen = {},
  }: { stage?: "staging" | "production"; seen?: Partial<WatchSeen> | null } = {},
): Promise<Outcome> {
  const whole: WatchSeen = {
    at: doors.clock.now(),
    watcher: undefined,
    latest: [],
    promises: { availability: undefined, latency: {}, errors: undefined, rollbackMs: undefined },
    toldOf: { P0: [], P1: [] },
    ...(url !== undefined && { statusPage: { url, shown: SHOWN } }),
    ...seen,
  };
  return await answerOf(watch.definition, "status.page.answers", {
    doors,
    options: {},
    subject: {
      environment: { name: stage, stage, allows: ["read"] },
      runtime: { live: "r1", instances: [], schedules: [] },
      ...(seen && { watch: async () => whole }),
    },
  });
}

it("status.page.answers passes on what gonogo serve makes", async () => {
  expect(await answer(shop.url)).toMatchObject({
    status: "pass",
    summary: expect.stringContaining("3 components; reached from this machine only"),
  });
});

it.each<[string, typeof change]>([
  ["the status page is not open to everybody", () => ({ status: 401 })],
  ["something else answers in its place", () => ({ body: "<h1>Welcome to nginx!</h1>" })],
  [
    "the status page is out of date",
    (body) => ({ body: body.replace(/As of \d+ \w+ \d+/, "As of 1 Nov 2025") }),
  ],
  ["the status page leaves something out", (body) => ({ body: body.replace("<h3>Website<", "<h3>Site<") })],
  [
    "the feed of the status page does not answer",
    (body, path) => (path === "/status" ? { body } : { status: 404 }),
  ],
])("fails: %s", async (summary, broken) => {
  change = broken;
  expect(await answer(changed)).toMatchObject({ status: "fail", summary });
});

it("fails where nothing answers, where nothing is known, and where nobody else comes to", async () => {
  expect(await answer("http://127.0.0.1:1")).toMatchObject({
    status: "fail",
    summary: "the status page does not answer",
  });
  expect(await answer(fresh.url)).toMatchObject({
    status: "fail",
    summary: "the status page does not know the state",
  });
  expect(await answer(shop.url, { stage: "production" })).toMatchObject({
    status: "fail",
    summary: "nobody but this machine reaches the status page",
  });
});

it("fails when all is well on the page, and a probe has just found otherwise", async () => {
  const down: Reading = {
    monitor: "web/up",
    at: doors.clock.now(),
    state: "down",
    tookMs: 1,
    release: "r1",
    detail: "",
    value: 0,
  };
  change = (body) => ({
    body: body.replaceAll(/(class="chip )\w+">(?:Disturbed|Not available)/g, '$1up">Operational'),
  });
  expect(await answer(changed, { seen: { latest: [down] } })).toMatchObject({
    status: "fail",
    found: "Website: Operational",
  });
});

it("does not apply where no address is declared, and is unknown when nobody looked", async () => {
  expect(await answer(undefined)).toMatchObject({
    status: "not applicable",
    reason: expect.stringContaining("watchUrl"),
  });
  expect(await answer(shop.url, { seen: null })).toMatchObject({ status: "unknown", cause: "watch.seen" });
});
