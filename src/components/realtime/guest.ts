import type { WebSocketTalk } from "../../model/doors.ts";
import { type FactContext, NotObserved } from "../../model/fact.ts";
import type { Message, RealtimeOptions } from "./options.ts";

export type Context = FactContext<RealtimeOptions>;

/** One page's connection, let in by its token. */
export interface Guest extends AsyncDisposable {
  send(message: Message): void;
  /** Milliseconds until a message of others with this word was heard; undefined when it was not in time. */
  hears(word: string, withinMs: number): Promise<number | undefined>;
}

const OPEN_MS = 5_000;
/** How long a server may take to throw out whom it should not have let in. */
const SETTLE_MS = 500;

/** Comes in with a token, or without one; undefined when the door stays shut. */
export async function comeIn(context: Context, token: string | undefined): Promise<Guest | undefined> {
  const { address, options } = context.subject;
  if (!address) throw new NotObserved("nothing is deployed yet");
  const isSocketIo = options.protocol === "socket.io";
  const url = new URL(options.path, address.url.replace(/^http/, "ws"));
  if (isSocketIo) {
    url.searchParams.set("EIO", "4");
    url.searchParams.set("transport", "websocket");
  } else if (token !== undefined) url.searchParams.set(options.tokenParameter, token);
  const port = new URL(address.url).port;
  const talk = await context.doors.sockets.talk({
    url: url.href,
    headers: {
      origin: address.url,
      ...(options.host !== undefined && { host: port === "" ? options.host : `${options.host}:${port}` }),
    },
    ...(address.ca !== undefined && { ca: address.ca }),
    timeoutMs: OPEN_MS,
    signal: context.signal,
  });
  if ("refused" in talk) {
    if (talk.refused >= 500 || talk.refused === 404)
      throw new NotObserved(`${options.path} is not opened: ${talk.refused}`);
    return undefined;
  }
  const isIn = isSocketIo ? await isLetIn(talk, { [options.tokenParameter]: token }) : await isKept(talk);
  if (isIn) return guestOf(talk, { context, isSocketIo });
  await talk[Symbol.asyncDispose]();
  return undefined;
}

/** Engine.IO 4: "0" opens; Socket.IO 4: "40" with auth asks for a namespace, "40" grants it, "44" refuses. */
async function isLetIn(
  talk: WebSocketTalk,
  auth: Readonly<Record<string, string | undefined>>,
): Promise<boolean> {
  if (!(await talk.next(OPEN_MS))?.startsWith("0")) throw new NotObserved("it does not speak Socket.IO");
  talk.send(`40${JSON.stringify(auth)}`);
  for (;;) {
    const said = await talk.next(OPEN_MS);
    if (said === undefined || said.startsWith("44")) return false;
    if (said.startsWith("40")) return true;
    if (said === "2") talk.send("3");
  }
}

async function isKept(talk: WebSocketTalk): Promise<boolean> {
  await talk.next(SETTLE_MS);
  return talk.closeCode === undefined;
}

function guestOf(
  talk: WebSocketTalk,
  { context, isSocketIo }: { context: Context; isSocketIo: boolean },
): Guest {
  const { clock } = context.doors;
  const { heard } = context.subject.options;
  const isOfOthers = (said: string): boolean => {
    if (!isSocketIo) return true;
    return said.startsWith(heard === undefined ? "42[" : `42[${JSON.stringify(heard)}`);
  };
  return {
    send({ event, data }) {
      talk.send(isSocketIo ? `42${JSON.stringify([event ?? "message", data])}` : JSON.stringify(data));
    },
    async hears(word, withinMs) {
      const from = clock.monotonicMs();
      for (;;) {
        const leftMs = withinMs - (clock.monotonicMs() - from);
        const said = leftMs <= 0 ? undefined : await talk.next(leftMs);
        if (said === undefined) return undefined;
        if (isSocketIo && said === "2") talk.send("3");
        if (said.includes(word) && isOfOthers(said)) return clock.monotonicMs() - from;
      }
    },
    [Symbol.asyncDispose]: () => talk[Symbol.asyncDispose](),
  };
}
