import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Validator } from "@seriousme/openapi-schema-validator";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { NO_ALERTS } from "../../test/fixtures/no-alerts.ts";
import type { BackupsSeen } from "../model/backup.ts";
import { type Incident, UNTOUCHED } from "../model/incident.ts";
import type { Environment, Launch } from "../model/launch.ts";
import type { Monitor, Reading } from "../model/monitor.ts";
import { openMeasurements } from "../store/measurements/open-measurements.ts";
import { openStore } from "../store/open-store.ts";
import { openDoors } from "../system/doors.ts";
import { openHttpListener } from "../system/http-listener.ts";
import { apiHandler } from "./api-handler.ts";
import { createLiveBoard } from "./live-board.ts";
import type { ApiSources } from "./sources.ts";

const INNER = "postgres.connection.ok fails: role wallet_owner";
const NOW = Date.UTC(2026, 10, 21, 12);

/** What was asked of the releases. */
const orders: unknown[] = [];
let needsReason = false;
let directory: string;
let sources: ApiSources;
let url: string;
let reader: string;
let writer: string;
const opened = new AsyncDisposableStack();

const monitor = (id: string, component: string, severity: Monitor["severity"]): Monitor => ({
  id,
  component,
  check: undefined,
  title: `${component} answers`,
  consequence: "Nobody can use it.",
  severity,
  every: "20s",
  dependsOn: [],
  confirm: { failures: 2, successes: 2 },
});

const reading = (id: string, state: Reading["state"], at = NOW): Reading => ({
  monitor: id,
  at,
  state,
  tookMs: 12,
  release: "r3",
  detail: state === "up" ? "200 in 12 ms" : INNER,
});

const INCIDENT: Omit<Incident, "id"> = {
  environment: "production",
  ...UNTOUCHED,
  severity: "P0",
  title: `db: ${INNER}`,
  component: "db",
  affected: ["db", "web"],
  openedAt: NOW - 60_000,
  firstFailureAt: NOW - 65_000,
  release: "r3",
  suspect: undefined,
};

const BACKUPS = {
  policy: {},
  isKeyHere: false,
  places: [
    {
      name: "offsite",
      backups: [
        { id: "b2", startedAt: NOW, storedBytes: 5, damage: [{ kind: "truncated", what: "db/data-1" }] },
        {
          id: "b1",
          startedAt: NOW - 1,
          storedBytes: 7,
          damage: [],
          proof: { verdict: "proven", provenAt: NOW, restoreMs: 3_100, problems: [] },
        },
      ],
    },
  ],
} as unknown as BackupsSeen;

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "gonogo-api-"));
  const doors = opened.use(openDoors());
  const clock = { ...doors.clock, now: () => NOW };
  const store = opened.use(await openStore(path.join(directory, "gonogo.db"), clock, doors.random));
  const measurements = opened.use(
    await openMeasurements(path.join(directory, "measurements"), { ...doors, clock, writes: true }),
  );
  const monitors = [
    monitor("web/answers", "web", "P0"),
    monitor("db/answers", "db", "P0"),
    { ...monitor("web/policy", "web", "P3"), shownOnly: true as const },
  ];
  await measurements.declare(monitors);
  const readings = [
    reading("web/answers", "up"),
    reading("db/answers", "down"),
    { ...reading("web/policy", "down"), detail: "no Permissions-Policy" },
  ];
  await measurements.append(readings);
  const board = createLiveBoard();
  board.take(readings);
  sources = {
    launch: {
      name: "shop",
      components: [],
      alerts: NO_ALERTS,
      statusPage: { title: undefined, components: [{ name: "Shop & <b>more</b>", of: ["web", "db"] }] },
    } as unknown as Launch,
    environment: { name: "production" } as Environment,
    store,
    measurements,
    monitors,
    board,
    clock,
    promises: () => [],
    channels: async () => [],
    figures: () => ({ tasks: 2, readings: 2, lag: { p99Ms: 3 }, lost: 0 }),
    backups: async () => BACKUPS,
    liveRelease: async () => "r3",
    release: {
      wayBack: async () => ({ from: "r3", to: "r2", says: "code-only rollback", needsReason }),
      goBack: async (order) => {
        orders.push(order);
        return undefined;
      },
      underWay: undefined,
    },
  };
  reader = (await store.keys.add({ name: "ci", scope: "read", madeBy: "ada" })).reveal();
  writer = (await store.keys.add({ name: "oncall", scope: "write", madeBy: "ada" })).reveal();
  const handlers = [apiHandler(sources)];
  const onTrouble = (text: string) => expect.unreachable(text);
  const listener = opened.use(await openHttpListener({ host: "127.0.0.1", port: 0, handlers, onTrouble }));
  url = `http://127.0.0.1:${listener.port}`;
});
afterAll(async () => {
  await opened.disposeAsync();
  await rm(directory, { recursive: true, force: true });
});

function ask(where: string, key?: string, init: RequestInit = {}): Promise<Response> {
  const headers = { ...(key !== undefined && { authorization: `Bearer ${key}` }), ...init.headers };
  return fetch(`${url}${where}`, { redirect: "manual", ...init, headers });
}

function openIncident(): Promise<Incident> {
  return sources.store.incidents.open(INCIDENT, { events: () => [], messages: () => [] });
}

/** What fails in it, as the evaluator keeps it. */
function openGroup(incident: string): Promise<void> {
  const alert = {
    monitor: "db/answers",
    component: "db",
    check: undefined,
    title: "",
    consequence: "Nobody can use it.",
    severity: "P0" as const,
    firstFailureAt: NOW - 65_000,
    confirmedAt: NOW - 60_000,
    resolvedAt: undefined,
    detail: INNER,
    fix: "grant connect to app",
    release: "r3",
    changes: 1,
  };
  const group = {
    incident,
    key: undefined,
    createdAt: NOW,
    flushedAt: NOW,
    nextFlushAt: NOW,
    alerts: [alert],
    told: {},
  };
  const nothing = { tracks: [], transitions: [], closed: [], incidents: [], events: [], messages: [] };
  return sources.store.alerts.commit({ ...nothing, environment: "production", at: NOW, groups: [group] });
}

describe("keys", () => {
  it.each(["/monitors", "/incidents", "/deployments", "/evidence", "/backups", "/events", "/metrics"])(
    "are needed for %s",
    async (where) => {
      expect((await ask(`/api/v1${where}`)).status).toBe(401);
      expect((await ask(`/api/v1${where}`, "gonogo_made-up")).status).toBe(401);
    },
  );

  it("open nothing any more once they are revoked", async () => {
    const key = (await sources.store.keys.add({ name: "old", scope: "read", madeBy: "ada" })).reveal();
    expect((await ask("/api/v1/monitors", key)).status).toBe(200);
    expect(await sources.store.keys.revoke("old")).toBe(true);
    expect((await ask("/api/v1/monitors", key)).status).toBe(401);
  });

  it("of scope read change nothing", async () => {
    const { id } = await openIncident();
    const body = JSON.stringify({ by: "eve" });
    const headers = { "content-type": "application/json" };
    const denied = await ask(`/api/v1/incidents/${id}/acknowledge`, reader, {
      method: "POST",
      body,
      headers,
    });
    expect(denied.status).toBe(403);
    expect((await sources.store.incidents.get("production", id))?.acknowledgedBy).toBeUndefined();
  });

  it("are kept as hashes only", async () => {
    const { DatabaseSync } = await import("node:sqlite");
    using db = new DatabaseSync(path.join(directory, "gonogo.db"), { readOnly: true });
    const kept = JSON.stringify(db.prepare("select * from api_key").all());
    expect(kept).toContain("oncall");
    expect(kept).not.toContain(writer.slice("gonogo_".length));
  });
});

it("tells how it is without a key, and not what is wrong", async () => {
  const said = await (await ask("/api/v1/health")).text();
  expect(JSON.parse(said)).toMatchObject({
    state: "down",
    monitors: { up: 1, down: 1, noted: 1, unknown: 0, silent: 0 },
    release: "r3",
  });
  expect(said).not.toContain("wallet_owner");
});

it("lists monitors, those that are down among them, and one with its history", async () => {
  const down = (await (await ask("/api/v1/monitors?state=down", reader)).json()) as { monitors: unknown };
  expect(down.monitors).toMatchObject([
    { id: "db/answers", state: "down", shownOnly: false, tookMs: 12 },
    { id: "web/policy", state: "down", shownOnly: true },
  ]);
  const one = `/api/v1/monitors/${encodeURIComponent("db/answers")}`;
  expect(await (await ask(one, reader)).json()).toMatchObject({ severity: "P0", detail: INNER });
  const from = new Date(NOW - 3_600_000).toISOString();
  const until = new Date(NOW + 1).toISOString();
  const asked = await ask(`${one}/history?step=minute&from=${from}&until=${until}`, reader);
  const sums = (await asked.json()) as { sums: unknown };
  expect(sums.sums).toMatchObject([{ down: 1, up: 0 }]);
});

it("says what is wrong with a request, and what there is", async () => {
  expect(await (await ask("/api/v1/monitors?state=dead", reader)).json()).toMatchObject({
    error: expect.stringContaining("state"),
  });
  const missing = await ask("/api/v1/incidents/i999", reader);
  expect([missing.status, await missing.json()]).toMatchObject([
    404,
    { error: 'there is no incident "i999"' },
  ]);
  expect((await ask("/nowhere")).status).toBe(404);
});

it("lets one person acknowledge, and tells the next who has", async () => {
  const { id } = await openIncident();
  const say = (by: string) =>
    ask(`/api/v1/incidents/${id}/acknowledge`, writer, {
      method: "POST",
      body: JSON.stringify({ by }),
      headers: { "content-type": "application/json" },
    });
  expect(await (await say("ada")).json()).toMatchObject({ acknowledgedBy: "ada" });
  const second = await say("bo");
  expect([second.status, await second.json()]).toMatchObject([
    409,
    { error: expect.stringContaining("ada") },
  ]);
});

it("streams changes of state, and only those", async () => {
  const response = await ask("/api/v1/events", reader);
  const lines = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  expect((await lines?.read())?.value).toContain(": watching");
  sources.board.take([reading("web/answers", "up"), reading("web/answers", "down")]);
  const { value = "" } = (await lines?.read()) ?? {};
  expect(value).toMatch(/^event: change\ndata: .*"monitor":"web\/answers".*"state":"down"/);
  expect(value.match(/event: change/g)).toHaveLength(1);
  await lines?.cancel();
  sources.board.take([reading("web/answers", "up")]);
});

it("publishes an OpenAPI document that holds to the standard and lists every route", async () => {
  const document = (await (await ask("/api/v1/openapi.json")).json()) as { paths: object };
  const { valid, errors } = await new Validator().validate(document);
  expect(errors).toBeUndefined();
  expect(valid).toBe(true);
  expect(Object.keys(document.paths)).toEqual(
    expect.arrayContaining([
      "/health",
      "/monitors",
      "/incidents/{id}",
      "/deployments",
      "/evidence",
      "/events",
    ]),
  );
});

it("lists backups with what is known for and against each", async () => {
  const { backups } = (await (await ask("/api/v1/backups", reader)).json()) as { backups: unknown };
  expect(backups).toMatchObject([
    { id: "b2", place: "offsite", verdict: "damaged", problems: ["truncated: db/data-1"] },
    { id: "b1", verdict: "proven", restoreMs: 3_100 },
  ]);
});

it("exposes figures to Prometheus", async () => {
  const response = await ask("/api/v1/metrics", reader);
  expect(response.headers.get("content-type")).toContain("version=0.0.4");
  const text = await response.text();
  expect(text).toMatch(
    /^gonogo_monitor_up\{monitor="db\/answers",component="db",launch="shop",environment="production"\} 0$/m,
  );
  for (const state of ["down", "noted"])
    expect(text).toMatch(new RegExp(`^gonogo_monitors\\{state="${state}",.*\\} 1$`, "m"));
  expect(text).toMatch(/^gonogo_release_info\{release="r3",.*\} 1$/m);
});

describe("the status page", () => {
  it("says to everybody that something is wrong, and nothing of what is inside", async () => {
    await openIncident();
    const response = await ask("/status");
    const text = await response.text();
    expect(response.headers.get("cache-control")).toContain("public");
    expect(text).toContain("</html>");
    expect(text).toContain("Some systems are not available");
    expect(text).toContain("Shop &amp; &lt;b&gt;more&lt;/b&gt;: outage");
    for (const inner of ["wallet_owner", "db/answers", "db:", "r3"]) expect(text).not.toContain(inner);
    expect(text.match(/<script/g)).toHaveLength(1);
  });

  it("is not sent again to who has it", async () => {
    const tag = (await ask("/status")).headers.get("etag") ?? "";
    expect((await ask("/status", undefined, { headers: { "if-none-match": tag } })).status).toBe(304);
  });

  it("has a feed that is RSS, with what a title may hold", async () => {
    const { id } = await openIncident();
    const xml = await (await ask("/status.rss")).text();
    expect(XMLValidator.validate(xml)).toBe(true);
    const { rss } = new XMLParser({ processEntities: true }).parse(xml);
    const items: { title: string; guid: string; pubDate: string }[] = [rss.channel.item].flat();
    const item = items.find(({ guid }) => guid === `production/${id}/investigating`);
    expect(item?.title).toBe("Shop & <b>more</b>: outage");
    expect(Date.parse(item?.pubDate ?? "")).toBe(INCIDENT.openedAt);
    expect(xml).not.toContain("wallet_owner");
  });
});

describe("the dashboard", () => {
  const login = (key: string, back = "") =>
    ask("/login", undefined, { method: "POST", body: new URLSearchParams({ key, back }) });

  it("shows a form to strangers, and what is inside to who has a key", async () => {
    expect(await (await ask("/")).text()).not.toContain("wallet_owner");
    expect((await login("gonogo_made-up")).status).toBe(401);
    const cookie = (await login(reader)).headers.get("set-cookie") ?? "";
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    const text = await (await ask("/", undefined, { headers: { cookie } })).text();
    expect(text).toContain("wallet_owner");
    expect(text).not.toContain(">Acknowledge<");
  });

  it("has a page for each incident, where messages lead to, key first", async () => {
    const { id } = await openIncident();
    await openGroup(id);
    const stranger = await (await ask(`/incidents/${id}`)).text();
    expect(stranger).toContain(`name="back" value="incidents/${id}"`);
    expect(stranger).not.toContain("wallet_owner");
    const entered = await login(writer, `incidents/${id}`);
    expect(entered.headers.get("location")).toBe(`./incidents/${id}`);
    expect((await login(writer, "//evil.example")).headers.get("location")).toBe("./");
    const headers = { cookie: entered.headers.get("set-cookie") ?? "" };
    const text = await (await ask(`/incidents/${id}`, undefined, { headers })).text();
    for (const shown of [INNER, "grant connect to app", `gonogo incidents ack ${id} --env production`])
      expect(text).toContain(shown);
    expect((await ask("/incidents/i999", undefined, { headers })).status).toBe(404);
  });

  it("takes the answer about a release that went bad from whoever may write, and from no other page", async () => {
    const { id } = await openIncident();
    const asked = { incident: id, at: NOW, kind: "asked" as const, by: undefined, text: "r3 stays live" };
    const form = { answer: "back", from: "r3", to: "r2", why: "it loses orders" };
    const [mayWrite, mayRead] = await Promise.all(
      [writer, reader].map(async (key) => (await login(key)).headers.get("set-cookie") ?? ""),
    );
    const answer = (given: Partial<typeof form>, headers: Record<string, string> = {}) =>
      ask(`/incidents/${id}/answer`, undefined, {
        method: "POST",
        headers: { cookie: mayWrite ?? "", ...headers },
        body: new URLSearchParams({ ...form, ...given }),
      });
    const shown = async (cookie = mayWrite) =>
      (await ask(`/incidents/${id}`, undefined, { headers: { cookie: cookie ?? "" } })).text();
    expect(await shown()).not.toContain("/answer");
    expect((await answer({})).status).toBe(409);
    await sources.store.incidents.addEvent("production", asked);
    expect(await shown()).toContain("Go back to r2");
    expect(await (await ask("/", undefined, { headers: { cookie: mayWrite ?? "" } })).text()).toContain(
      "r3 stays live</p><p><a",
    );
    expect(await shown(mayRead)).not.toContain("/answer");

    expect((await answer({}, { cookie: mayRead ?? "" })).status).toBe(403);
    expect((await answer({}, { cookie: "" })).status).toBe(403);
    for (const elsewhere of [
      { "sec-fetch-site": "same-site" },
      { "sec-fetch-site": "cross-site" },
      { origin: "http://127.0.0.1:1" },
      { origin: "null" },
    ])
      expect((await answer({}, elsewhere)).status, JSON.stringify(elsewhere)).toBe(403);
    expect((await answer({ from: "r2" })).status).toBe(409);
    expect((await answer({ why: " " })).status).toBe(409);
    expect((await answer({ answer: "wait" })).status).toBe(409);
    expect(orders).toEqual([]);

    needsReason = true;
    expect(await shown()).not.toContain("Go back to r2");
    needsReason = false;
    expect((await answer({}, { "sec-fetch-site": "same-origin" })).status).toBe(303);
    expect(orders).toEqual([{ incident: id, by: "oncall", reason: "it loses orders", from: "r3", to: "r2" }]);
    expect((await answer({ answer: "keep" }, { origin: url })).status).toBe(303);
    expect(await sources.store.incidents.get("production", id)).toMatchObject({ state: "mitigated" });
    expect((await sources.store.incidents.events("production", id)).at(-1)).toMatchObject({
      kind: "mitigated",
      by: "oncall",
      text: "it stays: it loses orders",
    });
    expect((await answer({ answer: "keep" })).status).toBe(409);
  });

  it("takes the same answer as JSON", async () => {
    const { id } = await openIncident();
    await sources.store.incidents.addEvent("production", {
      incident: id,
      at: NOW,
      kind: "asked",
      by: undefined,
      text: "r3 stays live",
    });
    const answer = async (body: object, { key = writer, of = id } = {}) =>
      ask(`/api/v1/incidents/${of}/answer`, key, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
    const back = { answer: "back", from: "r3", to: "r2", why: "it loses orders" };
    orders.length = 0;
    expect((await answer(back, { key: reader })).status).toBe(403);
    expect((await answer(back, { of: "i999" })).status).toBe(404);
    expect((await answer({ ...back, why: " " })).status).toBe(400);
    expect((await answer({ ...back, to: undefined })).status).toBe(400);
    const elsewhere = await answer({ ...back, from: "r2" });
    expect([elsewhere.status, await elsewhere.json()]).toMatchObject([
      409,
      { error: "r3 is live now, not r2." },
    ]);
    expect(orders).toEqual([]);
    expect((await answer(back)).status).toBe(202);
    expect(orders).toEqual([{ incident: id, by: "oncall", reason: "it loses orders", from: "r3", to: "r2" }]);
    const kept = await answer({ answer: "keep", from: "r3", why: "mended" });
    expect([kept.status, await kept.json()]).toMatchObject([202, { id, state: "mitigated" }]);
    expect((await answer(back)).status).toBe(409);
  });

  it("lets whoever may write acknowledge", async () => {
    const { id } = await openIncident();
    const cookie = (await login(writer)).headers.get("set-cookie") ?? "";
    expect(await (await ask("/", undefined, { headers: { cookie } })).text()).toContain(">Acknowledge<");
    const asked = await ask(`/incidents/${id}/acknowledge`, undefined, {
      method: "POST",
      headers: { cookie },
    });
    expect(asked.status).toBe(303);
    expect((await sources.store.incidents.get("production", id))?.acknowledgedBy).toBe("oncall");
  });
});
