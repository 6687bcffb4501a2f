import { z } from "zod";
import { printedAnswer } from "../../facts/printed-answer.ts";
import { msOf } from "../../model/duration.ts";
import { defineFact, NotObserved } from "../../model/fact.ts";
import { type Context, comeIn, type Guest } from "./guest.ts";
import type { Message, RealtimeOptions } from "./options.ts";

const guestsShape = z.object({
  member: z.string().min(1),
  stranger: z.string().min(1),
  room: z.union([z.string().min(1), z.number()]).transform(String),
});
type Guests = z.output<typeof guestsShape>;

const SETTLE_MS = 300;
const DEAF_MS = 700;
/** A crowd is let in this many at a time. */
const AT_ONCE = 25;

/** Tokens and a room, by the declared command. */
const guests = defineFact<Guests, RealtimeOptions>({
  id: "realtime.guests",
  access: "active",
  reach: "application",
  timeoutMs: 25_000,
  async collect(context) {
    if (!context.subject.address) throw new NotObserved("nothing is deployed yet");
    const { guests: line } = context.subject.options;
    return await printedAnswer(context, {
      line,
      shape: guestsShape,
      looksLike: "{ member, stranger, room }",
    });
  },
});

export interface Conversation {
  readonly isOpenToAnybody: boolean;
  readonly isOpenToForged: boolean;
  readonly isOpenToMembers: boolean;
  /** Undefined: the other page never heard it. */
  readonly heardAfterMs: number | undefined;
  readonly strangerHears: boolean;
  /** Nobody who takes no part in the room came in to listen. */
  readonly strangerIsKeptOut: boolean;
}

export const conversation = defineFact<Conversation, RealtimeOptions>({
  id: "realtime.conversation",
  access: "active",
  reach: "application",
  timeoutMs: 45_000,
  sends: "1 message in a room of probe accounts, over 5 connections",
  async collect(context) {
    const { member, stranger, room } = await context.get(guests);
    const { send, within } = context.subject.options;
    const isOpenToAnybody = await isLetIn(context, undefined);
    const isOpenToForged = await isLetIn(context, `${member.slice(0, -6)}forged`);
    await using speaker = await comeIn(context, member);
    await using listener = await comeIn(context, member);
    await using outsider = await comeIn(context, stranger);
    const seen = {
      isOpenToAnybody,
      isOpenToForged,
      isOpenToMembers: speaker !== undefined,
      strangerIsKeptOut: outsider === undefined,
    };
    if (!speaker || !listener) return { ...seen, heardAfterMs: undefined, strangerHears: false };
    const present = [speaker, listener, outsider].filter((each) => each !== undefined);
    await Promise.all(present.map((each) => takePart(context, each, room)));
    const word = `gonogo-${context.doors.random.hex(8)}`;
    speaker.send(filled(send, { room, word }));
    const heardAfterMs = await listener.hears(word, msOf(within));
    // What came to it meanwhile has been kept; it is given longer than those who may hear.
    const outside = await outsider?.hears(word, DEAF_MS);
    return { ...seen, heardAfterMs, strangerHears: outside !== undefined };
  },
});

export interface Crowd {
  readonly asked: number;
  readonly connected: number;
  /** Of those that were cut, how many came back and heard the next message. */
  readonly cameBack: number;
}

export const crowd = defineFact<Crowd, RealtimeOptions>({
  id: "realtime.crowd",
  access: "active",
  reach: "application",
  timeoutMs: 60_000,
  sends: "the declared number of connections at once, twice, and 1 message",
  async collect(context) {
    const { member, room } = await context.get(guests);
    const { connections: asked, send, within } = context.subject.options;
    const connected = await withCrowd(context, { asked, token: member }, async (pages) => pages.length);
    const cameBack = await withCrowd(context, { asked, token: member }, async (pages) => {
      await Promise.all(pages.map((page) => takePart(context, page, room)));
      const word = `gonogo-${context.doors.random.hex(8)}`;
      pages[0]?.send(filled(send, { room, word }));
      const heard = await Promise.all(pages.map((page) => page.hears(word, msOf(within))));
      return heard.filter((each) => each !== undefined).length;
    });
    return { asked, connected, cameBack };
  },
});

/** Opens them, works with those that came in, and cuts them all. */
async function withCrowd(
  context: Context,
  { asked, token }: { asked: number; token: string },
  work: (pages: readonly Guest[]) => Promise<number>,
): Promise<number> {
  await using open = new AsyncDisposableStack();
  const pages: Guest[] = [];
  for (let left = asked; left > 0; left -= AT_ONCE) {
    const batch = Array.from({ length: Math.min(left, AT_ONCE) }, () =>
      comeIn(context, token).catch(() => undefined),
    );
    for (const page of await Promise.all(batch)) if (page) pages.push(open.use(page));
  }
  return await work(pages);
}

async function isLetIn(context: Context, token: string | undefined): Promise<boolean> {
  await using guest = await comeIn(context, token);
  return guest !== undefined;
}

async function takePart(context: Context, guest: Guest, room: string): Promise<void> {
  const { join } = context.subject.options;
  if (!join) return;
  guest.send(filled(join, { room, word: "" }));
  await context.doors.clock.delay(SETTLE_MS, context.signal);
}

function filled(message: Message, words: Readonly<Record<string, string>>): Message {
  const fill = (value: unknown): unknown => {
    if (typeof value === "string")
      return value.replace(/\{\{(room|word)\}\}/g, (_, name: string) => words[name] ?? "");
    if (Array.isArray(value)) return value.map(fill);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, fill(each)]));
  };
  return { ...message, data: fill(message.data) as Message["data"] };
}
