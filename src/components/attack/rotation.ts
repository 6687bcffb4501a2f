import { requestStep } from "../../facts/walk-options.ts";
import { DoesNotApply, defineFact, NotObserved } from "../../model/fact.ts";
import type { Context } from "./accounts.ts";
import type { AttackOptions } from "./options.ts";
import { cookieLine, cookiesOf, openSession, saidBy, sessionOf, signInOf } from "./sessions.ts";
import { ownCredentials, type Tried, trySignIn } from "./sign-in.ts";

/** A token that is made of the time may be the same within a second. */
const ANOTHER_SECOND_MS = 1_100;

export interface Planted {
  /** "cookies that somebody made up" */
  readonly how: string;
  /** Whether they alone, as they were before the sign-in, open what it opened. */
  readonly isOpen: boolean;
}

export interface Rotation {
  readonly planted: readonly Planted[];
  /** Whether two sign-ins in two browsers were given the same cookies. */
  readonly isSameAgain: boolean;
}

/** What was known before a sign-in, and what it opens after it (session fixation, CWE-384). */
export const rotation = defineFact<Rotation, AttackOptions>({
  id: "attack.rotation",
  access: "active",
  reach: "application",
  timeoutMs: 120_000,
  sends: "2 sign-ins of its own account, 1 of them with cookies that somebody made up",
  isAsked: ({ session }) => session?.signIn !== undefined,
  async collect(context) {
    signInOf(context);
    await using own = await openSession(context);
    const credentials = ownCredentials(context, own.walk);
    const front = requestStep.parse({
      name: "open the front page",
      path: "/",
      as: signInOf(context).step.as,
    });
    const first = await trySignIn(context, { ...credentials, visit: [front] });
    const given = first.opened && cookiesOf(first.opened);
    if (!first.isSignedIn || !given)
      throw new NotObserved(`the account cannot sign in by session.signIn (${first.answer.status})`);
    if (given.size === 0) throw new DoesNotApply("a sign-in sets no cookie: there is no session to plant");
    if ((await replayed(context, first, "no cookie", new Map())).isOpen)
      throw new DoesNotApply("no cookie is what the sign-in opens things with: there is no session to plant");

    const madeUp = new Map([...given.keys()].map((name) => [name, context.doors.random.hex(32)]));
    await context.doors.clock.delay(ANOTHER_SECOND_MS, context.signal);
    const second = await trySignIn(context, { ...credentials, planted: madeUp });
    // A cookie beside the session (csrftoken, XSRF-TOKEN) may be new each time: what is not has to open nothing.
    const again = second.opened ? cookiesOf(second.opened) : new Map<string, string>();
    const same = new Map([...given].filter(([name, value]) => again.get(name) === value));
    const isSameAgain = same.size > 0 && (await replayed(context, second, "the same cookies", same)).isOpen;
    return {
      planted: [
        await replayed(
          context,
          first,
          "the cookies of whoever opened the page before",
          cookiesOf(first.sent),
        ),
        await replayed(context, second, "cookies that somebody made up", madeUp),
      ],
      isSameAgain,
    };
  },
});

/** The request that the sign-in opened, with nothing but what was known before it. */
async function replayed(
  context: Context,
  { opened, walk }: Tried,
  how: string,
  known: ReadonlyMap<string, string>,
): Promise<Planted> {
  const [opens] = sessionOf(context).opens;
  // A browser that was not signed in has no session that could be taken over.
  if (!opens || !opened) return { how, isOpen: false };
  const { cookie: _, ...headers } = opened.headers ?? {};
  const answer = await context.doors.http.send({
    ...opened,
    headers: { ...headers, ...(known.size > 0 && { cookie: cookieLine(known) }) },
    signal: context.signal,
  });
  return { how, isOpen: saidBy(answer, opens, walk.kept) === "open" };
}
