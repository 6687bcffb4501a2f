import { type FactContext, NotObserved } from "../../model/fact.ts";
import type { Secret } from "../../model/secret.ts";
import type { StripeOptions } from "./options.ts";
import { signatureOf } from "./signature.ts";

export type Context = FactContext<StripeOptions>;

/** What the application answered to one delivery. */
export interface Delivered {
  readonly status: number;
  readonly tookMs: number;
}

export type Signed = { readonly secret: string; readonly atSeconds: number } | undefined;

/** Sends these bytes to the webhook as Stripe would, signed or not. Throws OutsideError, NotObserved. */
export async function deliver(
  { subject, doors, signal }: Context,
  body: string,
  signed: Signed,
): Promise<Delivered> {
  const { address, options } = subject;
  if (!address) throw new NotObserved("nothing is deployed yet");
  const { status, tookMs } = await doors.http.send({
    url: address.url + options.webhook,
    method: "POST",
    headers: {
      "content-type": "application/json; charset=utf-8",
      // Known as Gonogo's own by the edge: a probe that fails is no user's request that failed.
      "user-agent": "gonogo (as Stripe/1.0; +https://stripe.com/docs/webhooks)",
      ...(signed && { "stripe-signature": signatureOf(body, signed.secret, signed.atSeconds) }),
    },
    body,
    timeoutMs: 15_000,
    ...(address.ca !== undefined && { ca: address.ca }),
    signal,
  });
  if (status === 429) throw new NotObserved("the webhook answered 429: a rate limit stands before it");
  return { status, tookMs };
}

export function webhookSecret({ subject }: Context): Secret {
  const name = subject.options.webhookSecretVariable;
  const given = subject.variables.values.get(name)?.value;
  if (!given || given.reveal().trim() === "") throw new NotObserved(`${name} is not set`);
  return given;
}

export function nowSeconds({ doors }: Context): number {
  return Math.floor(doors.clock.now() / 1_000);
}

/** The first column of the row that the declared SQL gives for this probe's word. Throws OutsideError, NotObserved. */
export async function counted(
  { subject, doors, signal }: Context,
  sql: string,
  ref: string,
): Promise<string> {
  const name = subject.options.databaseVariable;
  const url = subject.variables.values.get(name)?.value;
  if (!url) throw new NotObserved(`${name} is not set`);
  await using session = await doors.sql.open(url, { signal });
  const [row] = await session.query(sql, [ref]);
  const first = row === undefined ? undefined : Object.values(row)[0];
  if (first === undefined) throw new NotObserved("the declared SQL gives no row");
  return String(first);
}
