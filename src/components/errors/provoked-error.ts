import { z } from "zod";
import { msOf } from "../../model/duration.ts";
import { DoesNotApply, defineFact, type FactContext, NotObserved } from "../../model/fact.ts";
import { jsonIn } from "../../model/json.ts";
import type { ErrorsOptions } from "./options.ts";

type Context = FactContext<ErrorsOptions>;

const ASK_EVERY_MS = 1_000;
const LONGEST_MS = 110_000;
const TIMEOUT_MS = 10_000;

/** Of Sentry's "List a Project's Error Events": only what is asked of it. */
const eventShape = z.looseObject({
  eventID: z.string(),
  tags: z.array(z.looseObject({ key: z.string(), value: z.string().nullable() })).default([]),
});

/** What became of an error that was provoked: undefined fields were not there. */
export interface ProvokedError {
  /** Status of the request that failed on purpose. */
  readonly status: number;
  readonly event:
    | {
        readonly id: string;
        readonly release: string | undefined;
        readonly environment: string | undefined;
        /** Where what must not be told was found all the same: "a cookie". */
        readonly leaks: readonly string[];
      }
    | undefined;
  readonly tookMs: number;
}

/** A request that fails carries what no tracker may keep, and a word by which its event is found. */
export const provokedError = defineFact<ProvokedError, ErrorsOptions>({
  id: "errors.provoked-error",
  access: "active",
  reach: "application",
  timeoutMs: 120_000,
  sends: "1 request that fails on purpose, and questions to the tracker until its event is there",
  async collect(context) {
    const { doors, subject } = context;
    const { options, address } = subject;
    if (!address) throw new NotObserved("nothing is deployed yet");
    if (!subject.variables.values.has(options.dsnVariable))
      throw new NotObserved(`${options.dsnVariable} is not set`);
    const ask = await eventsOf(context);
    const word = doors.random.hex(12);
    const canaries = new Map([
      ["a password of the query", `canary-password-${doors.random.hex(8)}`],
      ["a cookie", `canary-cookie-${doors.random.hex(8)}`],
      ["a token", `canary-token-${doors.random.hex(8)}`],
    ]);
    const [password = "", cookie = "", token = ""] = canaries.values();
    const { status } = await doors.http.send({
      url: `${address.url}${options.provoke}${options.provoke.includes("?") ? "&" : "?"}password=${password}`,
      headers: { "x-request-id": `gonogo-${word}`, cookie: `session=${cookie}`, "x-api-key": token },
      timeoutMs: TIMEOUT_MS,
      ...(address.ca !== undefined && { ca: address.ca }),
      signal: context.signal,
    });
    if (status < 500)
      throw new NotObserved(`${options.provoke} answers ${status}: nothing fails there, so nothing is told`);
    const from = doors.clock.monotonicMs();
    const limitMs = Math.min(msOf(options.within), LONGEST_MS);
    for (;;) {
      const found = (await ask()).find((event) => JSON.stringify(event.tags).includes(word));
      const tookMs = doors.clock.monotonicMs() - from;
      if (found) {
        const tag = (name: string) => found.tags.find(({ key }) => key === name)?.value ?? undefined;
        const text = JSON.stringify(found);
        const leaks = [...canaries].filter(([, canary]) => text.includes(canary)).map(([name]) => name);
        const event = { id: found.eventID, release: tag("release"), environment: tag("environment"), leaks };
        return { status, event, tookMs };
      }
      if (tookMs >= limitMs) return { status, event: undefined, tookMs };
      await doors.clock.delay(ASK_EVERY_MS, context.signal);
    }
  },
});

/** Asks the tracker for the project's newest events, whole. Tried once before anything is provoked. */
async function eventsOf(context: Context): Promise<() => Promise<z.output<typeof eventShape>[]>> {
  const { doors, subject, signal } = context;
  const { tokenVariable, apiUrlVariable, project } = subject.options;
  const token = subject.variables.values.get(tokenVariable)?.value;
  if (!token) throw new DoesNotApply(`${tokenVariable} is not set: nobody may look into the tracker`);
  const base = subject.variables.values.get(apiUrlVariable)?.value.reveal() ?? "https://sentry.io";
  const ask = async () => {
    const { status, body } = await doors.http.send({
      url: `${base.replace(/\/+$/, "")}/api/0/projects/${project}/events/?full=true`,
      headers: { authorization: `Bearer ${token.reveal()}`, accept: "application/json" },
      timeoutMs: TIMEOUT_MS,
      maxBodyBytes: 8 * 1_048_576,
      signal,
    });
    if (status === 401 || status === 403)
      throw new NotObserved(`the tracker refuses the token in ${tokenVariable}: ${status}`);
    if (status !== 200) throw new NotObserved(`the tracker answered ${status} for ${project}`);
    const events = z.array(eventShape).safeParse(jsonIn(body));
    if (!events.success) throw new NotObserved(`the tracker told the events of ${project} in another shape`);
    return events.data;
  };
  await ask();
  return ask;
}
