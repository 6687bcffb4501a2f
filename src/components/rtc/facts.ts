import { z } from "zod";
import { printedAnswer } from "../../facts/printed-answer.ts";
import { defineFact, type FactContext, NotObserved } from "../../model/fact.ts";
import { objectIn } from "../../model/json.ts";
import type { RtcOptions } from "./options.ts";
import { lifetimeOf } from "./token-lifetime.ts";

type Context = FactContext<RtcOptions>;

const oneCase = z.object({ session: z.string().min(1), token: z.string().min(1) });
const casesShape = z.object({
  allowed: oneCase.optional(),
  noFunds: oneCase.optional(),
  notYours: oneCase.optional(),
  over: oneCase.optional(),
});
export type CaseName = keyof z.output<typeof casesShape>;

/** How the endpoint answered the person of one case. Never the token. */
export interface CaseAnswer {
  readonly status: number;
  /** Whether a token was handed out, whatever the status. */
  readonly handedOut: boolean;
  /** By the token's own words; undefined when there is none or its shape is unknown. */
  readonly lifetimeSeconds: number | undefined;
}

export type CaseAnswers = Readonly<Partial<Record<CaseName, CaseAnswer>>>;

export const caseAnswers = defineFact<CaseAnswers, RtcOptions>({
  id: "rtc.case-answers",
  access: "active",
  reach: "application",
  timeoutMs: 45_000,
  sends: "4 requests to the token endpoint, for sessions that the cases command made",
  async collect(context) {
    if (!context.subject.address) throw new NotObserved("nothing is deployed yet");
    const cases = await printedAnswer(context, {
      line: context.subject.options.cases,
      shape: casesShape,
      looksLike: "{ allowed: { session, token }, ... }",
    });
    const answers: Partial<Record<CaseName, CaseAnswer>> = {};
    for (const name of ["allowed", "noFunds", "notYours", "over"] as const) {
      const given = cases[name];
      if (given) answers[name] = await askFor(context, given);
    }
    return answers;
  },
});

async function askFor(
  { subject, doors, signal }: Context,
  { session, token }: z.output<typeof oneCase>,
): Promise<CaseAnswer> {
  const { address, options } = subject;
  if (!address) throw new NotObserved("nothing is deployed yet");
  const { status, body } = await doors.http.send({
    url: address.url + options.endpoint.replace(":id", encodeURIComponent(session)),
    method: options.method,
    headers: {
      authorization: `Bearer ${token}`,
      accept: "application/json",
      "content-type": "application/json",
    },
    ...(options.method === "POST" && { body: "{}" }),
    timeoutMs: 10_000,
    ...(address.ca !== undefined && { ca: address.ca }),
    signal,
  });
  if (status === 429) throw new NotObserved("the token endpoint answered 429: a rate limit stands before it");
  const handed = tokenIn(body, options.tokenField);
  return {
    status,
    handedOut: handed !== undefined,
    lifetimeSeconds: handed === undefined ? undefined : lifetimeOf(handed),
  };
}

function tokenIn(body: Uint8Array, field: string): string | undefined {
  const token = objectIn(body)?.[field];
  return typeof token === "string" && token !== "" ? token : undefined;
}
