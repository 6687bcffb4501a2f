import type { Difference } from "../../facts/walk-answer.ts";
import { defineFact, Undeclared } from "../../model/fact.ts";
import type { AttackOptions } from "./options.ts";
import { openSession, type Said, saidBy, sessionOf } from "./sessions.ts";

/** Each instance may remember sessions of its own. */
const ASKED = 4;

export interface SignedOut {
  /** Why the sign-out itself was not done; undefined: it was. */
  readonly refused: (Difference & { readonly name: string }) | undefined;
  /** What copies of the requests, made before, are answered afterwards. */
  readonly afterwards: readonly { readonly name: string; readonly said: Said; readonly status: number }[];
}

export const signedOut = defineFact<SignedOut, AttackOptions>({
  id: "attack.signed-out",
  access: "active",
  reach: "application",
  timeoutMs: 60_000,
  sends: `the declared sign-out, and ${ASKED} copies of each request that the session opened`,
  isAsked: ({ session }) => session?.signOut !== undefined,
  async collect(context) {
    const { signOut } = sessionOf(context);
    if (!signOut) throw new Undeclared("no sign-out is declared: attack({ session: { signOut: [...] } })");
    await using session = await openSession(context);
    const failed = (await session.walk.take(signOut)).find(({ difference }) => difference);
    if (failed?.difference) return { refused: { ...failed.difference, name: failed.name }, afterwards: [] };
    const afterwards: SignedOut["afterwards"][number][] = [];
    for (const { step, request } of session.copies) {
      for (let asked = 0; asked < ASKED; asked++) {
        const answer = await context.doors.http.send({ ...request, fresh: true, signal: context.signal });
        const said = saidBy(answer, step, session.walk.kept);
        afterwards.push({ name: step.name, said, status: answer.status });
      }
    }
    return { refused: undefined, afterwards };
  },
});
