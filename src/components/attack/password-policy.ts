import { beginWalk } from "../../facts/walk.ts";
import { filled } from "../../facts/walk-values.ts";
import { defineFact, NotObserved, Undeclared } from "../../model/fact.ts";
import type { Context } from "./accounts.ts";
import type { AttackOptions } from "./options.ts";
import { recording } from "./sessions.ts";
import { wellKnownPasswords } from "./well-known-passwords.ts";

export interface PasswordsTried {
  readonly shortest: number;
  /** Whether one character less than declared was taken. */
  readonly isShortTaken: boolean;
  readonly known: readonly string[];
  readonly knownTaken: readonly string[];
  /** Statuses from 500 on, by which password. */
  readonly broken: readonly string[];
}

export const passwordsTried = defineFact<PasswordsTried, AttackOptions>({
  id: "attack.passwords-tried",
  access: "active",
  reach: "application",
  timeoutMs: 180_000,
  sends: "8 sign-ups: one with a short password, six with well-known ones, one with a good one",
  isAsked: ({ signUp }) => signUp !== undefined,
  async collect(context) {
    const { signUp } = context.subject.options;
    if (!signUp) throw new Undeclared("no sign-up is declared: attack({ signUp: { step: ... } })");
    const { shortest } = signUp;
    const broken: string[] = [];
    const isTaken = async (password: string, called = password) => {
      const { taken, status } = await tryPassword(context, password);
      if (status >= 500) broken.push(called);
      return taken;
    };
    const good = strong(context, Math.max(shortest, 20));
    const isShortTaken = await isTaken(strong(context, shortest - 1), `${shortest - 1} characters`);
    const known = wellKnownPasswords(shortest);
    const knownTaken: string[] = [];
    for (const password of known) if (await isTaken(password)) knownTaken.push(password);
    // At the end: what refuses everybody by now would have refused the others for its own reasons.
    const last = await tryPassword(context, good);
    if (!last.taken)
      throw new NotObserved(
        `the sign-up answered ${last.status} to a good password (${good.length} characters), so a refusal of others proves nothing`,
      );
    return { shortest, isShortTaken, known, knownTaken, broken };
  },
});

async function tryPassword(context: Context, password: string): Promise<{ taken: boolean; status: number }> {
  const { signUp, leave } = context.subject.options;
  if (!signUp) throw new Undeclared("no sign-up is declared");
  const recorded = recording(context);
  const walk = beginWalk(recorded.context, { password });
  walk.kept.set("login", filled(signUp.login, walk.kept));
  const early = (await walk.take(signUp.before)).find(({ difference }) => difference);
  if (early?.difference)
    throw new NotObserved(`${early.name}, before the sign-up, answered ${early.difference.found}`);
  const [step] = await walk.take([signUp.step]);
  const status = recorded.sent.at(-1)?.answer.status ?? 0;
  if (status === 429)
    throw new NotObserved(`${signUp.step.name} answered 429: a rate limit stands before the sign-up`);
  const taken = step !== undefined && step.difference === undefined;
  if (taken) await walk.take(signUp.leave.length > 0 ? signUp.leave : leave).catch(() => undefined);
  return { taken, status };
}

/** Small and large letters, digits and a sign, at random: what any rule about characters takes. */
function strong({ doors }: Context, length: number): string {
  return `Kx7#${Buffer.from(doors.random.bytes(length)).toString("base64url")}`.slice(0, length);
}
