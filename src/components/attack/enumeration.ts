import { headerValue } from "../../facts/http/headers.ts";
import { beginWalk, type Walk } from "../../facts/walk.ts";
import type { RequestStep } from "../../facts/walk-options.ts";
import { filled } from "../../facts/walk-values.ts";
import type { HttpResponse } from "../../model/doors.ts";
import { defineFact, NotObserved } from "../../model/fact.ts";
import { account, type Context } from "./accounts.ts";
import type { AttackOptions } from "./options.ts";
import { recording, sessionOf, signInOf } from "./sessions.ts";
import { trySignIn } from "./sign-in.ts";

/** Of each kind in a round; few enough for a limiter of five wrong passwords. */
const ROUND = 4;
const TELLING_MS = 20;

export interface Told {
  /** "sign in" or "ask for a new password", as declared. */
  readonly name: string;
  readonly known: readonly Answered[];
  readonly unknown: readonly Answered[];
  /** In every one of two rounds the slower answers were all later than the quicker ones, by so many ms at least. */
  readonly laterMs: number | undefined;
}

export interface Answered {
  readonly status: number;
  /** Body, redirect and names of cookies without what is another one each time. */
  readonly says: string;
  readonly tookMs: number;
}

/** What is asked with a login, by whoever knows nothing but that. */
type Ask = (login: string) => Promise<HttpResponse>;

export const enumeration = defineFact<readonly Told[], AttackOptions>({
  id: "attack.enumeration",
  access: "active",
  reach: "application",
  timeoutMs: 240_000,
  sends: `${2 * ROUND} to ${4 * ROUND} sign-ins with a wrong password, half of them for an account of its own; as many requests for a new password`,
  isAsked: ({ session }) => session?.signIn !== undefined,
  async collect(context) {
    const { step } = signInOf(context);
    const { reset } = sessionOf(context);
    const password = `Wrong-${context.doors.random.hex(8)}`;
    const told = [
      await compare(
        context,
        step.name,
        async (login) => (await trySignIn(context, { login, password })).answer,
      ),
    ];
    if (reset) told.push(await compare(context, reset.name, (login) => askReset(context, reset, login)));
    return told;
  },
});

async function askReset(context: Context, step: RequestStep, login: string): Promise<HttpResponse> {
  const walk = beginWalk(context, { login });
  await walk.take(signInOf(context).before);
  const answer = await walk.send(step);
  if (answer.status === 429)
    throw new NotObserved(`${step.name} answered 429: a rate limit stands before it`);
  return answer;
}

async function compare(context: Context, name: string, ask: Ask): Promise<Told> {
  const first = await round(context, ask);
  const gap = gapOf(first);
  // Once may be chance or a busy machine: what tells accounts apart does so again, for another account.
  const again = gap === 0 ? undefined : gapOf(await round(context, ask));
  const isSame = again !== undefined && Math.sign(again) === Math.sign(gap);
  return { name, ...first, laterMs: isSame ? Math.min(Math.abs(gap), Math.abs(again)) : undefined };
}

async function round(context: Context, ask: Ask): Promise<Pick<Told, "known" | "unknown">> {
  const recorded = recording(context);
  await using own = await account(recorded.context);
  const login = loginOf(context, own);
  const stranger = anotherLogin(context, own);
  const known: Answered[] = [];
  const unknown: Answered[] = [];
  for (let turn = 0; turn < ROUND; turn++) {
    const asKnown = async () => known.push(answered(await ask(login), login));
    const asUnknown = async () => unknown.push(answered(await ask(stranger), stranger));
    for (const each of turn % 2 === 0 ? [asKnown, asUnknown] : [asUnknown, asKnown]) await each();
  }
  return { known, unknown };
}

/** Of the same form, and nobody's. */
function anotherLogin(context: Context, own: Walk): string {
  const random = context.doors.random.hex(6);
  const other = filled(signInOf(context).login, new Map([...own.kept, ["random", random]]));
  return other === loginOf(context, own) ? `${random}.${other}` : other;
}

function loginOf(context: Context, own: Walk): string {
  return filled(signInOf(context).login, own.kept);
}

/** How much later the slower kind answers; negative where the unknown are slower; 0 where they overlap. */
function gapOf({ known, unknown }: Pick<Told, "known" | "unknown">): number {
  const times = (some: readonly Answered[]) => some.map(({ tookMs }) => tookMs);
  const later = Math.min(...times(known)) - Math.max(...times(unknown));
  if (later > TELLING_MS) return later;
  const earlier = Math.min(...times(unknown)) - Math.max(...times(known));
  return earlier > TELLING_MS ? -earlier : 0;
}

function answered({ status, body, headerLines, tookMs }: HttpResponse, login: string): Answered {
  const cookies = headerLines.flatMap(([name, value]) =>
    name.toLowerCase() === "set-cookie" ? [value.split("=")[0] ?? ""] : [],
  );
  const says = [
    Buffer.from(body).toString("utf8"),
    headerValue(headerLines, "location") ?? "",
    ...cookies,
  ].join("\n");
  return { status, says: withoutChance(says, login), tookMs };
}

/** Without the login itself, long random words (anti-forgery tokens, ids) and times. */
function withoutChance(text: string, login: string): string {
  return [login, encodeURIComponent(login), login.replaceAll("@", "&#64;")]
    .reduce((left, each) => left.replaceAll(each, ""), text)
    .replace(/\d{4}-\d\d-\d\d[T ][\d:.Z+-]+|\b\d{10,13}\b/g, "")
    .replace(/(?=[\w+/=-]*\d)[\w+/=-]{16,}/g, "");
}
