import type { RequestStep } from "../../facts/walk-options.ts";
import { NotObserved } from "../../model/fact.ts";

export interface Tried {
  readonly name: string;
  readonly how: string;
  readonly status: number;
}

export const isDone = ({ status }: Tried): boolean => status < 400;
/** A way past a sign-in that is sent on, to the sign-in, leads nowhere. */
export const isThrough = ({ status }: Tried): boolean => status >= 200 && status < 300;

/** A limiter refuses whoever asks, and what breaks may have let them in. Throws NotObserved. */
export function mustBeRefusals(tried: readonly Tried[]): void {
  for (const { name, how, status } of tried) {
    if (status === 429) throw new NotObserved(`${name}, ${how}, answered 429: a rate limit stands before it`);
    if (status >= 500)
      throw new NotObserved(`${name}, ${how}, answered ${status}: what breaks does not say whom it refuses`);
  }
}

interface Owners<Owner extends AsyncDisposable> {
  readonly owner: Owner;
  /** Another one who may do the same. */
  anew(): Promise<Owner>;
  /** The status of the answer. */
  ask(owner: Owner, step: RequestStep): Promise<number>;
}

/**
 * What is refused to its owner is refused to others for another reason than whose it is. Throws NotObserved. Asked when
 * the others were: what the owner changes is changed.
 */
export async function mustWorkForOwner<Owner extends AsyncDisposable>(
  steps: readonly RequestStep[],
  { owner, anew, ask }: Owners<Owner>,
): Promise<void> {
  await using others = new AsyncDisposableStack();
  let [asker, hasChanged] = [owner, false];
  for (const step of [...steps].sort((a, b) => Number(isChange(a)) - Number(isChange(b)))) {
    let status = await ask(asker, step);
    // An earlier change may have taken away what this one needs: the account, the object.
    if (status >= 400 && hasChanged) {
      asker = others.use(await anew());
      hasChanged = false;
      status = await ask(asker, step);
    }
    if (status >= 400)
      throw new NotObserved(
        `${step.name} answered ${status} to the owner, so a refusal of it proves nothing`,
      );
    hasChanged ||= isChange(step);
  }
}

function isChange({ method, json, form }: RequestStep): boolean {
  return method === undefined ? json !== undefined || form !== undefined : !/^(GET|HEAD)$/.test(method);
}
