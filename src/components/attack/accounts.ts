import { beginWalk, type Walk } from "../../facts/walk.ts";
import type { RequestStep } from "../../facts/walk-options.ts";
import { type FactContext, NotObserved } from "../../model/fact.ts";
import type { AttackOptions } from "./options.ts";

export type Context = FactContext<AttackOptions>;

/** An account of a probe's own, signed in. Throws NotObserved when none can be made. */
export async function account(context: Context): Promise<Walk & AsyncDisposable> {
  const { options } = context.subject;
  const walk = beginWalk(context);
  const failed = (await walk.take(options.account)).find(({ difference }) => difference);
  if (failed?.difference)
    throw new NotObserved(
      `no account could be made: ${failed.name} answered ${failed.difference.found} instead of ${failed.difference.expected}`,
    );
  return {
    ...walk,
    async [Symbol.asyncDispose]() {
      // What a probe leaves behind is told by the check of deletion, not by this one.
      await walk.take(options.leave).catch(() => undefined);
    },
  };
}

/** The browser that is signed in when the account is made. */
export function signedInAs({ subject }: Context): string {
  return subject.options.account.flatMap((step) => ("as" in step ? [step.as] : [])).at(-1) ?? "somebody";
}

/** How the account shows who it is: as `opens` says, where it does, and else by that browser's cookies. */
export function shownBy(context: Context): Pick<RequestStep, "as" | "headers"> {
  const { as = signedInAs(context), headers = {} } = context.subject.options.session?.opens[0] ?? {};
  return { as, headers };
}
