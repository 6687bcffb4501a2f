import { headerValue } from "../../facts/http/headers.ts";
import { beginWalk, type Walk } from "../../facts/walk.ts";
import { differenceOf } from "../../facts/walk-answer.ts";
import type { RequestStep } from "../../facts/walk-options.ts";
import { filled, type Kept } from "../../facts/walk-values.ts";
import type { HttpRequest, HttpResponse } from "../../model/doors.ts";
import { NotObserved, Undeclared } from "../../model/fact.ts";
import { account, type Context } from "./accounts.ts";
import type { SessionOptions, SignIn } from "./session-options.ts";

/** Requests as they were sent, each with its cookies and tokens (whoever copied one sends it again), and their answers. */
export interface Recording {
  readonly context: Context;
  readonly sent: readonly { readonly request: HttpRequest; readonly answer: HttpResponse }[];
}

/** `planted`: cookies that the browser brought along; those of the same name that it is given later win. */
export function recording(context: Context, planted: ReadonlyMap<string, string> = new Map()): Recording {
  const sent: { request: HttpRequest; answer: HttpResponse }[] = [];
  const send = async (given: HttpRequest): Promise<HttpResponse> => {
    const cookie = cookieLine(new Map([...planted, ...cookiesOf(given)]));
    const request = planted.size === 0 ? given : { ...given, headers: { ...given.headers, cookie } };
    const answer = await context.doors.http.send(request);
    sent.push({ request, answer });
    return answer;
  };
  return { context: { ...context, doors: { ...context.doors, http: { send } } }, sent };
}

export function sessionOf({ subject }: Context): SessionOptions {
  const { session } = subject.options;
  if (!session) throw new Undeclared("no session is declared: attack({ session: { opens: [...] } })");
  return session;
}

export function signInOf(context: Context): SignIn {
  const { signIn } = sessionOf(context);
  if (!signIn) throw new Undeclared("no sign-in is declared: attack({ session: { signIn: ... } })");
  return signIn;
}

/** What a request says about who asks: "open" to whoever is signed in, "refused", or "broken" (a 5xx). */
export type Said = "open" | "refused" | "broken";

export function saidBy(answer: HttpResponse, step: RequestStep, kept: Kept): Said {
  const { status } = answer;
  if (status === 429) throw new NotObserved(`${step.name} answered 429: a rate limit stands before it`);
  if (status >= 500) return "broken";
  const isOpen = status >= 200 && status < 300 && !differenceOf(answer, filled(step.expect, kept));
  return isOpen ? "open" : "refused";
}

export interface Session extends AsyncDisposable {
  readonly walk: Walk;
  readonly sent: Recording["sent"];
  /** Each request of `opens` as this session sent it, with the answer "open". */
  readonly copies: readonly { readonly step: RequestStep; readonly request: HttpRequest }[];
}

/** An account signed in, to which everything of `opens` is open, and to nobody else. Throws NotObserved otherwise. */
export async function openSession(context: Context): Promise<Session> {
  const { opens } = sessionOf(context);
  const recorded = recording(context);
  const walk = await account(recorded.context);
  try {
    const copies: { step: RequestStep; request: HttpRequest }[] = [];
    for (const step of opens) {
      const answer = await walk.send(step);
      const request = recorded.sent.at(-1)?.request;
      if (saidBy(answer, step, walk.kept) !== "open" || !request)
        throw new NotObserved(
          `${step.name} answered ${answer.status} to the account, so a refusal of it proves nothing`,
        );
      await mustBePrivate(context, step, walk.kept);
      copies.push({ step, request });
    }
    return {
      walk,
      sent: recorded.sent,
      copies,
      async [Symbol.asyncDispose]() {
        // Whoever was signed out, or whose session is over, could not take their account away.
        await signInAgain(context, walk).catch(() => undefined);
        await walk[Symbol.asyncDispose]();
      },
    };
  } catch (thrown) {
    await walk[Symbol.asyncDispose]();
    throw thrown;
  }
}

async function signInAgain(context: Context, walk: Walk): Promise<void> {
  const { opens, signIn } = sessionOf(context);
  const [first] = opens;
  if (!signIn || !first || context.subject.options.leave.length === 0) return;
  if (saidBy(await walk.send(first), first, walk.kept) === "open") return;
  walk.kept.set("login", filled(signIn.login, walk.kept));
  walk.kept.set("password", filled(signIn.password, walk.kept));
  await walk.take([...signIn.before, signIn.step]);
}

async function mustBePrivate(context: Context, step: RequestStep, kept: Kept): Promise<void> {
  const nobody = beginWalk(context, Object.fromEntries(kept));
  if (saidBy(await nobody.send({ ...step, headers: {} }), step, kept) === "open")
    throw new NotObserved(`${step.name} is open to nobody, too: it does not show who is signed in`);
}

/** The values of a Cookie header by name. */
export function cookiesOf({ headers }: HttpRequest): Map<string, string> {
  const line = headerValue(Object.entries(headers ?? {}), "cookie") ?? "";
  return new Map(
    line.split("; ").flatMap((pair): [string, string][] => {
      const at = pair.indexOf("=");
      return at < 1 ? [] : [[pair.slice(0, at), pair.slice(at + 1)]];
    }),
  );
}

export function cookieLine(cookies: ReadonlyMap<string, string>): string {
  return [...cookies].map((pair) => pair.join("=")).join("; ");
}
