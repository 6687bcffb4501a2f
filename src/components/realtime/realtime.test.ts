import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Server } from "socket.io";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocketServer } from "ws";
import { stateOfLine } from "../../../test/fixtures/held-line.ts";
import { subjectFor } from "../../../test/fixtures/subject.ts";
import { answersOf } from "../../../test/fixtures/web-subject.ts";
import type { Doors } from "../../model/doors.ts";
import { type Outcome, pass } from "../../model/outcome.ts";
import { openDoors } from "../../system/doors.ts";
import { capacity, messageRoundTrip, reconnect } from "./checks.ts";
import { type RealtimeOptions, realtimeOptions } from "./options.ts";
import { realtime } from "./realtime.ts";

const MEMBER = "token-of-a-member";
const STRANGER = "token-of-a-stranger";
const OPTIONS = {
  guests: `echo '{"member":"${MEMBER}","stranger":"${STRANGER}","room":"red"}'`,
  join: { event: "join", data: { room: "{{room}}" } },
  send: { event: "say", data: { room: "{{room}}", text: "{{word}}" } },
  heard: "said",
  within: "300ms",
  connections: 8,
};

let doors: Doors & AsyncDisposable;
beforeAll(() => {
  doors = openDoors();
});
afterAll(() => doors[Symbol.asyncDispose]());

interface Breaks {
  readonly lets?: (token: unknown) => boolean;
  readonly hears?: (token: unknown) => boolean;
  readonly isMute?: boolean;
  readonly tellsAfterMs?: number;
  readonly most?: number;
  readonly deafAfter?: number;
}

interface Running extends AsyncDisposable {
  readonly url: string;
}

const isKnown = (token: unknown): boolean => token === MEMBER || token === STRANGER;

/** Socket.IO as applications use it: a token in the handshake, rooms, an event for everybody in one. */
async function startSocketIo(breaks: Breaks): Promise<Running> {
  const { lets = isKnown, hears = (token) => token === MEMBER, isMute = false } = breaks;
  const http = createServer();
  const sockets = new Server(http, { transports: ["websocket"] });
  let came = 0;
  sockets.use(({ handshake }, next) => {
    const isRoom = sockets.engine.clientsCount <= (breaks.most ?? Number.POSITIVE_INFINITY);
    next(lets(handshake.auth.token) && isRoom ? undefined : new Error("unauthorized"));
  });
  sockets.on("connection", (socket) => {
    came += 1;
    const isDeaf = came > (breaks.deafAfter ?? Number.POSITIVE_INFINITY);
    socket.on("join", ({ room }: { room: string }) => {
      if (hears(socket.handshake.auth.token) && !isDeaf) socket.join(room);
    });
    socket.on("say", ({ room, text }: { room: string; text: string }) => {
      if (!isMute) setTimeout(() => sockets.to(room).emit("said", { text }), breaks.tellsAfterMs ?? 0);
    });
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      await sockets.close();
    },
  };
}

function ask(
  url: string | undefined,
  options: Readonly<Record<string, unknown>> = {},
): Promise<Record<string, Outcome>> {
  const subject = subjectFor<RealtimeOptions>({
    component: "live",
    options: realtimeOptions.parse({ ...OPTIONS, ...options }),
    address: url === undefined ? undefined : { url },
  });
  return answersOf(doors, subject, realtime.definition.checks);
}

async function askSocketIo(
  breaks: Breaks = {},
  options: Readonly<Record<string, unknown>> = {},
): Promise<Record<string, Outcome>> {
  await using app = await startSocketIo(breaks);
  return await ask(app.url, options);
}

describe("an application with Socket.IO", () => {
  it("that is healthy passes, and no token is told", async () => {
    const answers = await askSocketIo();
    expect(answers).toMatchObject({
      "ws.auth.required": { status: "pass" },
      "ws.message.roundtrip": { status: "pass" },
      "ws.capacity": { status: "pass", summary: "8 of 8 were opened" },
      "ws.reconnect": { status: "pass", summary: "8 of 8 came back" },
    });
    expect(JSON.stringify(answers)).not.toContain("token-of");
    const state = (
      line: string,
      check: typeof capacity | typeof messageRoundTrip,
      seen = answers[check.id],
    ) => stateOfLine(line, check, seen);
    expect(state("WebSocket connection rate: >99%", capacity)).toBe("go");
    expect(state("Real-time updates < 1 minute", messageRoundTrip)).toBe("go");
    const slow = pass("heard after 61000 ms", { tookMs: 61_000 });
    expect(state("Real-time updates < 1 minute", messageRoundTrip, slow)).toBe("failing");
  });

  it("that takes its time to tell strangers is not believed to be silent", async () => {
    const answers = await askSocketIo({ hears: () => true, tellsAfterMs: 900 }, { within: "2s" });
    expect(answers["ws.auth.required"]).toMatchObject({ status: "fail", findings: ["stranger in the room"] });
  });

  it("that lets members in alone says so", async () => {
    expect((await askSocketIo({ lets: (token) => token === MEMBER }))["ws.auth.required"]).toMatchObject({
      status: "pass",
      summary: "a token is asked for, a forged one is refused, the stranger is not let in",
    });
  });

  it.each<[string, Breaks, Record<string, object>]>([
    [
      "lets anybody in",
      { lets: () => true },
      { "ws.auth.required": { status: "fail", findings: ["without a token"] } },
    ],
    [
      "believes a forged token",
      { lets: (token) => token !== undefined },
      { "ws.auth.required": { status: "fail", findings: ["forged token"] } },
    ],
    [
      "lets strangers listen",
      { hears: () => true },
      { "ws.auth.required": { status: "fail", findings: ["stranger in the room"] } },
    ],
    [
      "lets nobody in",
      { lets: () => false },
      {
        "ws.auth.required": { status: "unknown" },
        "ws.message.roundtrip": { status: "fail", summary: "people with a valid token are not let in" },
        "ws.capacity": { status: "fail", found: "0" },
        "ws.reconnect": { status: "unknown" },
      },
    ],
    [
      "tells nobody",
      { isMute: true },
      {
        "ws.auth.required": { status: "unknown" },
        "ws.message.roundtrip": {
          status: "fail",
          summary: "a message does not reach the others in its room",
        },
        "ws.reconnect": { status: "fail", found: "0" },
      },
    ],
    [
      "takes four at most",
      { most: 4 },
      { "ws.capacity": { status: "fail", found: expect.stringMatching(/^[0-4]$/) } },
    ],
    // Three come for the conversation, eight in the first crowd: some of the second are forgotten.
    [
      "forgets who comes back",
      { deafAfter: 12 },
      { "ws.capacity": { status: "pass" }, "ws.reconnect": { status: "fail" } },
    ],
  ])("that %s fails", async (_, breaks, expected) => {
    expect(await askSocketIo(breaks)).toMatchObject(expected);
  });
});

describe("an application with plain WebSockets", () => {
  it("passes, and lets nobody in without a token", async () => {
    const http = createServer();
    const sockets = new WebSocketServer({ server: http });
    sockets.on("connection", (page, { url = "" }) => {
      const token = new URL(url, "http://unused").searchParams.get("token");
      if (!isKnown(token)) return page.close(4401);
      page.on("message", (data) => {
        for (const each of sockets.clients) if (token === MEMBER && each !== page) each.send(String(data));
      });
      if (token === STRANGER) page.send = () => undefined;
    });
    await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
    const plain = { protocol: "websocket", path: "/", join: undefined, heard: undefined, connections: 2 };
    expect(await ask(url, { ...plain, reconnectShare: 0.5 })).toMatchObject({
      "ws.auth.required": { status: "pass" },
      "ws.message.roundtrip": { status: "pass" },
      "ws.capacity": { status: "pass" },
      "ws.reconnect": { status: "pass", measured: { asked: 2, cameBack: 1 } },
    });
    sockets.close();
    for (const page of sockets.clients) page.terminate();
    http.close();
  });
});

describe("nothing is known", () => {
  it.each<[string, string | undefined, Readonly<Record<string, unknown>>]>([
    ["while nothing is deployed", undefined, {}],
    ["where nobody listens", "http://127.0.0.1:1", {}],
    ["when the command fails", "http://127.0.0.1:1", { guests: "exit 3" }],
    ["when the command prints something else", "http://127.0.0.1:1", { guests: "echo hello" }],
  ])("%s", async (_, url, options) => {
    const answers = await ask(url, options);
    const auth = answers["ws.auth.required"];
    expect(auth?.status).toBe("unknown");
    expect(answers["ws.message.roundtrip"]?.status).toBe("unknown");
  });

  it("where another protocol is spoken, or none", async () => {
    const http = createServer((_, response) => response.writeHead(404).end());
    await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
    const answers = await ask(`http://127.0.0.1:${(http.address() as AddressInfo).port}`);
    expect(answers["ws.auth.required"]).toMatchObject({
      status: "unknown",
      reason: expect.stringContaining("404"),
    });
    http.closeAllConnections();
    http.close();
  });
});

it("is held to the shares that a line asks for", () => {
  const options = realtimeOptions.parse({ ...OPTIONS, connectShare: 0.5, reconnectShare: 0.5 });
  const subject = subjectFor<RealtimeOptions>({ options });
  const seen = { asked: 8, connected: 8, cameBack: 7 };
  expect(stateOfLine("WebSocket connection rate: >99%", capacity, capacity.run({ seen }, subject))).toBe(
    "go",
  );
  const back = reconnect.run({ seen }, subject);
  expect(stateOfLine("WebSocket reconnection rate: >80%", reconnect, back)).toBe("go");
  expect(stateOfLine("WebSocket reconnection rate: >95%", reconnect, back)).toBe("failing");
  const few = capacity.run({ seen: { ...seen, connected: 7 } }, subject);
  expect(stateOfLine("WebSocket connection rate: >99%", capacity, few)).toBe("failing");
});
