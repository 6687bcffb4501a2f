import type { Person } from "../accounts/person.ts";
import type { Database, Query } from "../database.ts";
import { json, Refusal } from "../http/answer.ts";
import { parseJson } from "../http/body.ts";
import type { Request, Route } from "../http/route.ts";
import type { Publish } from "../live/publish.ts";
import type { Queue } from "../queue/queue.ts";
import type { Settings } from "../settings.ts";
import { balanceOf } from "../wallet/ledger.ts";
import { billMinute } from "./billing.ts";
import { RTC_TOKEN_SECONDS, signRtcToken } from "./rtc-token.ts";
import { apply, isPaidNow, lockSession, SESSION_COLUMNS, type Session } from "./session.ts";
import { type Event, isOver } from "./state.ts";

interface World {
  readonly database: Database;
  readonly queue: Queue;
  readonly publish: Publish;
  readonly rtc: Settings["rtc"];
}

export function sessionRoutes(world: World): Route[] {
  const { database, queue, publish, rtc } = world;

  /** Moves one of the caller's sessions on; both people hear of it once it is written. */
  const moveOn = async (
    request: Request,
    eventOf: (session: Session, me: Person) => Event,
    bill: boolean,
  ) => {
    const moved = await database.asSystem(async (query) => {
      const { session, me } = await mySession(query, request);
      const event = eventOf(session, me);
      const state = await apply(query, session, event);
      const due = bill && !isPaidNow(session, Date.now());
      if (due && (await billMinute(query, session)) === "unpaid") throw noFunds();
      return { session, state };
    });
    const { session, state } = moved;
    if (state === "ended") await queue.add({ kind: "finalize", sessionId: session.id });
    for (const person of [session.clientId, session.readerId]) {
      await publish(person, { kind: "session", sessionId: session.id, state });
    }
    return json(200, { id: session.id, state });
  };

  return [
    {
      method: "GET",
      path: "/api/sessions",
      access: "signed in",
      async handle({ person }) {
        const sessions = await database.asPerson(person?.id ?? "", (query) =>
          query<Session>(
            `select ${SESSION_COLUMNS} from reading_session where client_id = $1 or reader_id = $1
             order by requested_at desc limit 50`,
            [person?.id],
          ),
        );
        return json(200, { sessions });
      },
    },
    {
      method: "POST",
      path: "/api/sessions",
      access: "signed in",
      limit: { requests: 60, seconds: 60 },
      async handle(request) {
        const me = request.person as Person;
        const { readerId } = parseJson(request.body, request.headers["content-type"]);
        const session = await database.asPerson(me.id, (query) => ask(query, me.id, readerId));
        await publish(session.readerId, { kind: "session", sessionId: session.id, state: session.state });
        return json(201, session);
      },
    },
    {
      method: "POST",
      path: "/api/sessions/:id/accept",
      access: "reader",
      handle: (request) => moveOn(request, onlyReader("accepted"), true),
    },
    {
      method: "POST",
      path: "/api/sessions/:id/pause",
      access: "signed in",
      handle: (request) => moveOn(request, () => "dropped", false),
    },
    {
      method: "POST",
      path: "/api/sessions/:id/resume",
      access: "signed in",
      handle: (request) => moveOn(request, () => "resumed", true),
    },
    {
      method: "POST",
      path: "/api/sessions/:id/end",
      access: "signed in",
      handle: (request) =>
        moveOn(
          request,
          ({ clientId }, { id }) => (id === clientId ? "ended by client" : "ended by reader"),
          false,
        ),
    },
    {
      method: "POST",
      path: "/api/sessions/:id/rtc-token",
      access: "signed in",
      async handle(request) {
        const { session, me } = await database.asSystem(async (query) => {
          const found = await mySession(query, request);
          if (isOver(found.session.state)) throw new Refusal(410, "session-over", "this session is over");
          if (found.session.state === "requested")
            throw new Refusal(409, "not-begun", "no reader has accepted yet");
          if ((await balanceOf(query, found.session.clientId)) < found.session.rateMinor) throw noFunds();
          return found;
        });
        const issuedAtSeconds = Math.floor(Date.now() / 1_000);
        const token = signRtcToken({ ...rtc, channel: session.id, user: me.id, issuedAtSeconds });
        return json(200, {
          token,
          appId: rtc.appId,
          channel: session.id,
          expiresInSeconds: RTC_TOKEN_SECONDS,
          expiresAt: new Date((issuedAtSeconds + RTC_TOKEN_SECONDS) * 1_000).toISOString(),
        });
      },
    },
  ];
}

async function ask(query: Query, clientId: string, readerId: unknown): Promise<Session> {
  if (typeof readerId !== "string" || !/^[0-9a-f-]{36}$/i.test(readerId)) {
    throw new Refusal(400, "no-reader", "readerId is missing");
  }
  if (readerId === clientId) throw new Refusal(400, "yourself", "you cannot read for yourself");
  const [reader] = await query<{ rateMinor: bigint }>(
    `select rate_minor as "rateMinor" from reader where person_id = $1 and available and not is_probe`,
    [readerId],
  );
  if (!reader) throw new Refusal(404, "no-reader", "that reader is not available");
  if ((await balanceOf(query, clientId)) < reader.rateMinor) throw noFunds();
  const [session] = await query<Session>(
    `insert into reading_session (client_id, reader_id, rate_minor) values ($1, $2, $3) returning ${SESSION_COLUMNS}`,
    [clientId, readerId, reader.rateMinor],
  );
  if (!session) throw new Error("the session was not written");
  return session;
}

async function mySession(query: Query, request: Request): Promise<{ session: Session; me: Person }> {
  const me = request.person as Person;
  const session = await lockSession(query, request.params.id ?? "");
  if (!session) throw new Refusal(404, "no-such-session", "there is no such session");
  if (session.clientId !== me.id && session.readerId !== me.id) {
    throw new Refusal(403, "not-yours", "this session is not yours");
  }
  return { session, me };
}

function onlyReader(event: Event): (session: Session, me: Person) => Event {
  return (session, me) => {
    if (session.readerId !== me.id) throw new Refusal(403, "not-yours", "only its reader accepts a session");
    return event;
  };
}

function noFunds(): Refusal {
  return new Refusal(402, "no-funds", "the wallet does not hold one more minute");
}
