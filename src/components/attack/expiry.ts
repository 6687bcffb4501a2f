import { durationMs } from "../../model/duration.ts";
import { defineFact, NotObserved, Undeclared } from "../../model/fact.ts";
import { revealedValues } from "../../model/variable.ts";
import type { Context } from "./accounts.ts";
import { cookieLifetimeMs, tokenLifetimeMs } from "./lifetimes.ts";
import type { AttackOptions } from "./options.ts";
import { cookiesOf, openSession, type Said, type Session, saidBy, sessionOf } from "./sessions.ts";

const COMMAND_MS = 20_000;
/** What may pass between the request and the sessions it is asked with. */
const LEAST_MARGIN_MS = 10_000;

export interface Expiry {
  readonly afterMs: number;
  readonly marginMs: number;
  /** What a session is answered that is younger than declared by the margin. */
  readonly younger: Said;
  /** The same of one that is older by the margin. */
  readonly older: Said;
  /** How long the browser is to keep the cookie; undefined: till it is closed, or there is none. */
  readonly cookieMs: number | undefined;
  /** By the token's own words. */
  readonly tokenMs: number | undefined;
}

export const expiry = defineFact<Expiry, AttackOptions>({
  id: "attack.expiry",
  access: "active",
  reach: "application",
  timeoutMs: 120_000,
  sends:
    "the first request that a session opens, with a session a little younger than declared and one a little older",
  isAsked: ({ session }) => session?.ends !== undefined,
  async collect(context) {
    const { ends } = sessionOf(context);
    if (!ends)
      throw new Undeclared(
        'no lifetime is declared: attack({ session: { ends: { after: "30m", aged: "..." } } })',
      );
    const afterMs = durationMs(ends.after);
    const marginMs = Math.max(LEAST_MARGIN_MS, afterMs / 20);
    await using first = await openSession(context);
    await using second = await openSession(context);
    const now = context.doors.clock.now();
    const token = ends.token === undefined ? undefined : first.walk.kept.get(ends.token);
    return {
      afterMs,
      marginMs,
      cookieMs: ends.token === undefined ? cookieLifetimeMs(first, now) : undefined,
      tokenMs: token === undefined ? undefined : tokenLifetimeMs(token),
      younger: await aged(context, first, afterMs - marginMs),
      older: await aged(context, second, afterMs + marginMs),
    };
  },
});

/** What the session is answered once it is so much older. */
async function aged(context: Context, { walk, copies }: Session, ms: number): Promise<Said> {
  const { ends } = sessionOf(context);
  const [copy] = copies;
  if (!ends || !copy) throw new Undeclared("no lifetime is declared");
  const { subject, doors, signal } = context;
  const { code, stdout, timedOut } = await doors.shell.run({
    line: ends.aged,
    cwd: subject.directory,
    env: {
      ...revealedValues(subject.variables),
      GONOGO_URL: subject.address?.url,
      GONOGO_SECONDS: String(Math.round(ms / 1_000)),
      GONOGO_COOKIES: JSON.stringify(Object.fromEntries(cookiesOf(copy.request))),
      GONOGO_KEPT: JSON.stringify(Object.fromEntries(walk.kept)),
    },
    timeoutMs: COMMAND_MS,
    signal,
  });
  if (code !== 0)
    throw new NotObserved(
      `\`${ends.aged}\` ${timedOut ? "took longer than 20 s" : `ended with ${code ?? "a signal"}`}`,
    );
  if (ends.token !== undefined) {
    const token = stdout.trim().split("\n").at(-1)?.trim() ?? "";
    if (token === "" || token === walk.kept.get(ends.token))
      throw new NotObserved(`\`${ends.aged}\` printed no other token than the fresh one`);
    walk.kept.set(ends.token, token);
  }
  return saidBy(await walk.send(copy.step), copy.step, walk.kept);
}
