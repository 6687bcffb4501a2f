import { z } from "zod";
import { defineFact, type FactContext, NotObserved } from "../../model/fact.ts";
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
    const cases = await readCases(context);
    const answers: Partial<Record<CaseName, CaseAnswer>> = {};
    for (const name of ["allowed", "noFunds", "notYours", "over"] as const) {
      const given = cases[name];
      if (given) answers[name] = await askFor(context, given);
    }
    return answers;
  },
});

/** Runs the cases command. Nothing it prints is ever told: it holds tokens. */
async function readCases({ subject, doors, signal }: Context): Promise<z.output<typeof casesShape>> {
  const { cases } = subject.options;
  const values = [...subject.variables.values].map(([name, { value }]) => [name, value.reveal()] as const);
  const { code, stdout, timedOut } = await doors.shell.run({
    line: cases,
    cwd: subject.directory,
    env: Object.fromEntries(values),
    timeoutMs: 20_000,
    signal,
  });
  if (timedOut) throw new NotObserved(`\`${cases}\` took longer than 20 s`);
  if (code !== 0) throw new NotObserved(`\`${cases}\` ended with ${code ?? "a signal"}`);
  let value: unknown;
  try {
    value = JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
  } catch {
    throw new NotObserved(`\`${cases}\` printed no JSON on its last line`);
  }
  const parsed = casesShape.safeParse(value);
  if (!parsed.success) {
    const where = parsed.error.issues.map(({ path }) => path.join(".")).join(", ");
    throw new NotObserved(
      `\`${cases}\` printed another shape than { allowed: { session, token }, ... } at ${where}`,
    );
  }
  return parsed.data;
}

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
  try {
    const value = JSON.parse(Buffer.from(body).toString("utf8")) as Record<string, unknown> | null;
    const token = value?.[field];
    return typeof token === "string" && token !== "" ? token : undefined;
  } catch {
    return undefined;
  }
}
