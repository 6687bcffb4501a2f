import { z } from "zod";
import { OutsideError } from "../../model/errors.ts";
import { type FactContext, NotObserved } from "../../model/fact.ts";
import { jsonIn } from "../../model/json.ts";
import type { StripeOptions } from "./options.ts";

type Context = FactContext<StripeOptions>;

const STRIPE = "https://api.stripe.com";

/** Where the API of this environment is: Stripe itself, or what stands in for it. */
export function apiOf({ subject }: Context): { url: string; isStripe: boolean } {
  const set = subject.variables.values.get(subject.options.apiUrlVariable)?.value.reveal().trim();
  const url = (set || STRIPE).replace(/\/+$/, "");
  return { url, isStripe: url === STRIPE };
}

export interface StripeAnswer {
  readonly status: number;
  readonly body: unknown;
}

const refusal = z.object({
  error: z.object({ code: z.string().optional(), message: z.string().optional() }),
});

/**
 * A GET with the environment's own key: 200, or 404 for what is not there. `path` with its query. Throws NotObserved
 * when the key is refused, OutsideError when Stripe does not answer.
 */
export async function askStripe(context: Context, path: string): Promise<StripeAnswer> {
  const { subject, doors, signal } = context;
  const name = subject.options.secretKeyVariable;
  const key = subject.variables.values.get(name)?.value.reveal().trim();
  if (!key) throw new NotObserved(`${name} is not set`);
  const api = apiOf(context).url;
  const answer = await doors.http.send({
    url: api + path,
    headers: { authorization: `Bearer ${key}`, accept: "application/json" },
    timeoutMs: 15_000,
    maxBodyBytes: 4_194_304,
    signal,
  });
  const { status } = answer;
  // What follows the collection is a variable's value, which may be anything.
  const what = /^\/v1\/\w+/.exec(path)?.[0] ?? "";
  if (status === 401) throw new NotObserved(`Stripe does not know the key in ${name}`);
  if (status === 403)
    throw new NotObserved(`the key in ${name} may not read ${what}: give it that permission`);
  if (status !== 200 && status !== 404) {
    throw new OutsideError(`${new URL(api).host} answered ${status} to GET ${what}`, { status });
  }
  const body = jsonIn(answer.body);
  if (status === 200 && body === undefined) throw new NotObserved(`GET ${what} was not answered with JSON`);
  return { status, body };
}

/** What Stripe says of a thing that is not there ("No such price: ..."), which tells when it is of the other mode. */
export function saidOf({ body }: StripeAnswer): string | undefined {
  const parsed = refusal.safeParse(body);
  return parsed.success ? (parsed.data.error.message ?? parsed.data.error.code)?.slice(0, 500) : undefined;
}

/** True for Stripe's own 404; a stand-in that has no such path answers something else. */
export function isMissingResource({ status, body }: StripeAnswer): boolean {
  const parsed = refusal.safeParse(body);
  return status === 404 && parsed.success && parsed.data.error.code === "resource_missing";
}
