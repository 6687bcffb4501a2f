import { excerpt, listed } from "../../facts/http/advice.ts";
import { httpAnswer } from "../../facts/http/connection.ts";
import { htmlPaths } from "../../facts/http/options.ts";
import { requestsTo } from "../../facts/http/requests.ts";
import { defineCheck } from "../../model/check.ts";
import type { HttpResponse } from "../../model/doors.ts";
import { defineFact, type FactContext, NotObserved, Undeclared } from "../../model/fact.ts";
import { fail, pass } from "../../model/outcome.ts";
import { ways } from "../../model/ways.ts";
import type { WebOptions } from "./options.ts";

/** A request, the id it had, and where that id was seen again. */
export interface Followed {
  /** Undefined: it was sent without one, and the answer had none either. */
  readonly id: string | undefined;
  /** Header of the answer that carries it. */
  readonly answeredIn: string | undefined;
  readonly isLogged: boolean;
}

export interface Correlation {
  readonly header: string;
  readonly path: string;
  /** Sent with an id of ours. */
  readonly given: readonly Followed[];
  /** Sent without. */
  readonly own: readonly Followed[];
}

const EACH = 2;
/** Of each instance: other requests are logged meanwhile. */
const LINES = 2_000;
const PATIENCE_MS = 5_000;
const PAUSE_MS = 150;

const webCorrelation = defineFact<Correlation, WebOptions>({
  id: "web.correlation",
  access: "read",
  reach: "application",
  timeoutMs: 20_000,
  async collect(context) {
    const address = await context.get(httpAnswer);
    const { options, target } = context.subject;
    if (!options.requestId)
      throw new Undeclared(
        'no header is declared that carries a request\'s id: web({ requestId: "x-request-id" })',
      );
    const { header, path = pathIn(options) } = options.requestId;
    if (!target) throw new NotObserved("nobody may read the log here");
    const { send } = requestsTo(context, address, { patient: true });
    const ids = Array.from({ length: EACH }, () => newId(header, context));
    const [given, own] = await Promise.all([
      Promise.all(ids.map(({ sent }) => send({ path, headers: { [header]: sent }, maxBodyBytes: 4_096 }))),
      Promise.all(ids.map(() => send({ path, maxBodyBytes: 4_096 }))),
    ]);
    const carried = ids.map(({ id }, index) => ({ id, answeredIn: headerWith(given[index], id) }));
    const name = carried.find(({ answeredIn }) => answeredIn)?.answeredIn ?? header;
    const made = own.map((answer) => {
      const id = idIn(answer, name);
      return { id, answeredIn: id === undefined ? undefined : name };
    });
    const logged = await loggedOf(
      [...carried, ...made].flatMap(({ id }) => id ?? []),
      context,
    );
    const withLog = (each: { id: string | undefined; answeredIn: string | undefined }): Followed => ({
      ...each,
      isLogged: each.id !== undefined && logged.has(each.id),
    });
    return { header, path, given: carried.map(withLog), own: made.map(withLog) };
  },
});

function pathIn(options: WebOptions): string {
  return htmlPaths(options)[0] ?? options.pages.api[0] ?? options.health;
}

/** W3C Trace Context: the second field of `traceparent` goes through everything, the third changes at each step. */
function newId(header: string, { doors }: FactContext<WebOptions>): { sent: string; id: string } {
  const hex = doors.random.hex(16);
  if (header === "traceparent") return { sent: `00-${hex}-${doors.random.hex(8)}-01`, id: hex };
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  return { sent: id, id };
}

function headerWith(answer: HttpResponse | undefined, id: string): string | undefined {
  return answer?.headerLines.find(([, value]) => value.includes(id))?.[0].toLowerCase();
}

function idIn(answer: HttpResponse, header: string): string | undefined {
  const value = answer.headerLines.find(([name]) => name.toLowerCase() === header)?.[1].trim();
  if (value === undefined || value.length < 8) return undefined;
  return /^00-([0-9a-f]{32})-/.exec(value)?.[1] ?? value;
}

/** Which of them the log tells, once whoever writes it had time to. */
async function loggedOf(
  ids: readonly string[],
  { subject, doors, signal }: FactContext<WebOptions>,
): Promise<ReadonlySet<string>> {
  const { target, component, release } = subject;
  const until = doors.clock.monotonicMs() + PATIENCE_MS;
  const asked = { process: component, lines: LINES, ...(release && { release: release.id }) };
  for (;;) {
    const lines = (await target?.logs(asked, signal)) ?? [];
    const found = ids.filter((id) => lines.some(({ text }) => text.includes(id)));
    if (found.length === ids.length || doors.clock.monotonicMs() >= until) return new Set(found);
    await doors.clock.delay(PAUSE_MS, signal);
  }
}

export const logCorrelation = defineCheck({
  id: "log.correlation",
  title: "A request has an id, which the answer carries and the log repeats",
  consequence: "Nobody finds the lines of the one request that a user complains about.",
  severity: "warning",
  phase: "production",
  freshFor: "1d",
  every: "1h",
  asks: ways(`
    request id in logs | correlation id | correlation ids in logs | X-Request-ID header | request ids logged
    request id propagated | trace id in logs | traceparent propagated | correlation id logged
    request ID returned in the response | X-Request-ID in responses | X-Correlation-ID
    every request has a request id | logs include request id | logs correlated by request id
    request tracing with ids | config.log_tags request_id | correlation id middleware
    request_id tagged logging | trace ids in the logs | logs carry the trace id
    requests traceable through logs | request correlation | Request-ID im Log | identifiant de requête dans les logs
  `),
  source: "https://www.w3.org/TR/trace-context/",
  needs: { seen: webCorrelation },
  run({ seen: { header, path, given, own } }, { component }) {
    const all = [...given, ...own];
    const measured = {
      requests: all.length,
      answered: all.filter(({ answeredIn }) => answeredIn !== undefined).length,
      logged: all.filter(({ isLogged }) => isLogged).length,
    };
    const expected = `GET ${path} answers with the ${header} it was sent, or with a new one of its own, and the log of ${component} tells it`;
    if (given.every(({ answeredIn }) => answeredIn === undefined))
      return fail(
        own.every(({ id }) => id === undefined)
          ? "answers carry no id"
          : "the id that a request brings is lost",
        {
          expected,
          found: own.every(({ id }) => id === undefined)
            ? `no header of ${all.length} answers has one`
            : `${header}: ${excerpt(own.flatMap(({ id }) => id ?? [])[0] ?? "", 40)}, which is another`,
          fix: `in ${component} take ${header} of the request, or make one, and send it as ${header} with every answer`,
          measured,
        },
      );
    const unanswered = all.filter(({ answeredIn }) => answeredIn === undefined).length;
    if (unanswered > 0)
      return fail("a request that brings no id gets none", {
        expected,
        found: `${unanswered} of ${all.length} answers carry none`,
        fix: `in ${component} make an id (crypto.randomUUID()) where a request has no ${header}`,
        measured,
      });
    if (new Set(all.map(({ id }) => id)).size < all.length)
      return fail("different requests have the same id", {
        expected,
        found: `${new Set(all.map(({ id }) => id)).size} ids for ${all.length} requests`,
        fix: `in ${component} make the id for each request, not once for the process`,
        measured,
      });
    const unlogged = all.filter(({ isLogged }) => !isLogged);
    if (unlogged.length > 0)
      return fail(
        unlogged.length === all.length ? "the log does not tell the id" : "the log does not tell every id",
        {
          expected,
          found: `${all.length - unlogged.length} of ${all.length} ids in the last lines of ${component}`,
          fix: `in ${component} log each request with its id: log.info({ requestId, method, path, status })`,
          measured,
        },
      );
    const names = listed([...new Set(all.flatMap(({ answeredIn }) => answeredIn ?? []))]);
    return pass(`${all.length} requests, each with its own id in ${names} and in the log`, measured);
  },
});
