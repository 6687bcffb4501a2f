import { headerValue } from "../../facts/http/headers.ts";
import { beginWalk, type Walk } from "../../facts/walk.ts";
import type { RequestStep } from "../../facts/walk-options.ts";
import { filled } from "../../facts/walk-values.ts";
import type { HttpRequest, HttpResponse } from "../../model/doors.ts";
import { NotObserved } from "../../model/fact.ts";
import type { Context } from "./accounts.ts";
import { recording, saidBy, sessionOf, signInOf } from "./sessions.ts";

/** A limiter that asks for more patience than this is not waited for. */
const LONGEST_WAIT_S = 65;

export interface Credentials {
  readonly login: string;
  readonly password: string;
}

/** What a sign-in came to. */
export interface Tried {
  readonly isSignedIn: boolean;
  /** The answer to the sign-in itself. */
  readonly answer: HttpResponse;
  /** The sign-in as it was sent, with the cookies from before it. */
  readonly sent: HttpRequest;
  /** The first request of `opens` as this browser sent it; undefined where nobody was signed in. */
  readonly opened: HttpRequest | undefined;
  readonly walk: Walk;
}

/** The account's own login and password, as `session.signIn` tells them. */
export function ownCredentials(context: Context, { kept }: Pick<Walk, "kept">): Credentials {
  const { login, password } = signInOf(context);
  return { login: filled(login, kept), password: filled(password, kept) };
}

/** How the browser comes to the sign-in: with cookies it brings along, past pages it opens first. */
export interface Arrival {
  readonly planted?: ReadonlyMap<string, string>;
  readonly visit?: readonly RequestStep[];
}

/**
 * Signs in as these in a browser of its own, and asks whether that opened anything. Throws NotObserved when a limit
 * stands before the sign-in.
 */
export async function trySignIn(
  context: Context,
  { login, password, planted, visit = [] }: Credentials & Arrival,
): Promise<Tried> {
  const { before, step } = signInOf(context);
  const [opens] = sessionOf(context).opens;
  const recorded = recording(context, planted);
  const walk = beginWalk(recorded.context, { login, password });
  for (const page of visit) await walk.send(page);
  const failed = (await walk.take(before)).find(({ difference }) => difference);
  if (failed?.difference)
    throw new NotObserved(`${failed.name}, before the sign-in, answered ${failed.difference.found}`);
  const sendStep = async () => {
    const [taken] = await walk.take([step]);
    const last = recorded.sent.at(-1);
    if (!taken || !last) throw new NotObserved(`${step.name} was not answered`);
    return { taken, answer: last.answer, sent: last.request };
  };
  let { taken, answer, sent } = await sendStep();
  const seconds = answer.status === 429 ? Number(headerValue(answer.headerLines, "retry-after")) : 0;
  if (seconds > 0 && seconds <= LONGEST_WAIT_S) {
    await context.doors.clock.delay(seconds * 1_000, context.signal);
    ({ taken, answer, sent } = await sendStep());
  }
  if (answer.status === 429)
    throw new NotObserved(`${step.name} answered 429: a rate limit stands before the sign-in`);
  if (taken.difference || !opens) return { isSignedIn: false, answer, sent, opened: undefined, walk };
  const said = await asksFirst();
  return { isSignedIn: said === "open", answer, sent, opened: recorded.sent.at(-1)?.request, walk };

  async function asksFirst() {
    if (!opens) return "refused";
    try {
      return saidBy(await walk.send(opens), opens, walk.kept);
    } catch (thrown) {
      // What is sent to be let in was not handed out.
      if (thrown instanceof Error && thrown.message.startsWith("nothing was kept as")) return "refused";
      throw thrown;
    }
  }
}
