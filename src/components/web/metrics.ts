import { isLoopback } from "../../facts/http/address.ts";
import { httpAnswer } from "../../facts/http/connection.ts";
import { headerValue } from "../../facts/http/headers.ts";
import { withoutQuery } from "../../facts/http/masking.ts";
import { htmlPaths } from "../../facts/http/options.ts";
import { requestsTo } from "../../facts/http/requests.ts";
import type { HttpResponse } from "../../model/doors.ts";
import { defineFact, type FactContext, NotObserved, Undeclared } from "../../model/fact.ts";
import { type Exposition, readExposition } from "./exposition.ts";
import type { WebOptions } from "./options.ts";

export interface MetricsSeen {
  readonly path: string;
  /** Declared open to strangers. */
  readonly isOpen: boolean;
  /** Where they were read: "the instances themselves", "the public address with METRICS_TOKEN", ... */
  readonly where: string;
  readonly status: number;
  readonly contentType: string | undefined;
  readonly first: Exposition;
  /** Counters of the application that stood higher after the requests in between. */
  readonly moved: readonly string[];
  /** Counters that stood lower; undefined where several instances answer at one address. */
  readonly fell: readonly string[] | undefined;
  readonly counters: number;
  readonly requestsBetween: number;
  /** What a stranger gets at the public address. */
  readonly stranger: { readonly status: number; readonly tellsMetrics: boolean };
}

const MOST_BYTES = 4_194_304;
const BETWEEN = 12;
const PATIENCE_MS = 4_000;
const PAUSE_MS = 250;
/** Of the runtime and of the scrape itself: they move while nothing of the application is counted. */
const RUNTIME =
  /^(process_|nodejs_|go_|python_|jvm_|dotnet_|ruby_|puma_|php_|promhttp_|scrape_|target_info|up$)/;
const ACCEPT = "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5";

export const webMetrics = defineFact<MetricsSeen, WebOptions>({
  id: "web.metrics",
  access: "read",
  reach: "application",
  timeoutMs: 45_000,
  async collect(context) {
    const address = await context.get(httpAnswer);
    const { options } = context.subject;
    const { metrics } = options;
    if (!metrics) throw new Undeclared('no metrics are declared: web({ metrics: { path: "/metrics" } })');
    const { send, sendAll } = requestsTo(context, address, { patient: true });
    const stranger = await send({ path: metrics.path, fresh: true, maxBodyBytes: 65_536 });
    const place = placesOf(context);
    const before = await place.read();
    if (before.some(({ status }) => status === 429))
      throw new NotObserved(`${place.where} answered 429: a rate limit stands before it`);
    const path = htmlPaths(options)[0] ?? options.pages.api[0] ?? options.health;
    await sendAll(Array.from({ length: BETWEEN }, () => ({ path, maxBodyBytes: 4_096 })));
    const first = expositionsIn(before);
    const low = place.isEach ? summed(first) : highest(first);
    const look = async (): Promise<Pick<MetricsSeen, "moved" | "fell">> => {
      const again = expositionsIn(await place.read());
      return compared(low, place.isEach ? summed(again) : highest(again), place.isEach);
    };
    const until = context.doors.clock.monotonicMs() + PATIENCE_MS;
    let then = await look();
    const mayMove = first.some((each) => ownCounters(each).length > 0);
    while (mayMove && then.moved.length === 0 && context.doors.clock.monotonicMs() < until) {
      await context.doors.clock.delay(PAUSE_MS, context.signal);
      then = await look();
    }
    const [answer] = before;
    return {
      path: metrics.path,
      isOpen: metrics.open,
      where: place.where,
      status: before.find(({ status }) => status !== 200)?.status ?? answer?.status ?? 0,
      contentType: answer && headerValue(answer.headerLines, "content-type"),
      first: first.find(({ mistakes }) => mistakes.length > 0) ?? first[0] ?? { samples: [], mistakes: [] },
      ...then,
      counters: new Set(first.flatMap((each) => ownCounters(each).map(({ series }) => series))).size,
      requestsBetween: BETWEEN,
      stranger: { status: stranger.status, tellsMetrics: tellsMetrics(stranger) },
    };
  },
});

interface Place {
  readonly where: string;
  /** One answer of each instance; else whoever is met. */
  readonly isEach: boolean;
  read(): Promise<HttpResponse[]>;
}

/** Where the scraper would read them, as declared; on this machine from each instance behind the public address. */
function placesOf(context: FactContext<WebOptions>): Place {
  const { doors, signal, subject } = context;
  const { metrics, instances } = subject.options;
  const url = new URL(subject.address?.url ?? "http://unused");
  const read = (from: string, more: object = {}): Promise<HttpResponse> =>
    doors.http.send({
      url: from,
      headers: { accept: ACCEPT, "user-agent": "gonogo-check", ...more },
      ...(from.startsWith(url.origin) && subject.address?.ca !== undefined && { ca: subject.address.ca }),
      fresh: true,
      maxBodyBytes: MOST_BYTES,
      timeoutMs: 8_000,
      signal,
    });
  if (metrics?.url !== undefined) {
    const from = metrics.url;
    return { where: withoutQuery(from), isEach: true, read: async () => [await read(from)] };
  }
  const atPublic = `${url.origin}${metrics?.path}`;
  // Whoever answers is one of several: asked often enough, each of them is met.
  const often = Array.from({ length: Math.min(16, instances * 3) }, (_, index) => index);
  if (metrics?.token !== undefined) {
    const token = subject.variables.values.get(metrics.token)?.value.reveal();
    if (token === undefined) throw new NotObserved(`${metrics.token} has no value here`);
    return {
      where: `the public address with ${metrics.token}`,
      isEach: false,
      read: () => Promise.all(often.map(() => read(atPublic, { authorization: `Bearer ${token}` }))),
    };
  }
  if (metrics?.open) {
    return {
      where: "the public address",
      isEach: false,
      read: () => Promise.all(often.map(() => read(atPublic))),
    };
  }
  const ports = (subject.runtime?.instances ?? []).flatMap(({ process, release, port, state }) =>
    process === subject.component &&
    state === "ready" &&
    port !== undefined &&
    release === subject.release?.id
      ? [port]
      : [],
  );
  if (!isLoopback(url.hostname) || ports.length === 0)
    throw new NotObserved(
      "nobody said where the scraper reads them: metrics: { url }, { token } or { open: true }",
    );
  const own = { host: url.host, "x-forwarded-proto": "https" };
  return {
    where: "the instances themselves",
    isEach: true,
    read: () => Promise.all(ports.map((port) => read(`http://127.0.0.1:${port}${metrics?.path}`, own))),
  };
}

function expositionsIn(answers: readonly HttpResponse[]): Exposition[] {
  return answers.map(({ status, headerLines, body, truncated }) => {
    const type = headerValue(headerLines, "content-type") ?? "";
    if (status !== 200) return { samples: [], mistakes: [] };
    if (truncated) return { samples: [], mistakes: [`longer than ${MOST_BYTES} bytes`] };
    return readExposition(new TextDecoder().decode(body), { isOpenMetrics: type.includes("openmetrics") });
  });
}

function ownCounters({ samples }: Exposition) {
  return samples.filter(({ isCounter, family }) => isCounter && !RUNTIME.test(family));
}

function compared(
  low: ReadonlyMap<string, number>,
  high: ReadonlyMap<string, number>,
  isEach: boolean,
): Pick<MetricsSeen, "moved" | "fell"> {
  const moved = [...high].filter(([series, value]) => value > (low.get(series) ?? 0));
  const fell = [...high].filter(([series, value]) => value < (low.get(series) ?? 0));
  return {
    moved: moved.map(([series]) => series),
    fell: isEach ? fell.map(([series]) => series) : undefined,
  };
}

function summed(all: readonly Exposition[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const { series, value } of all.flatMap(ownCounters))
    found.set(series, (found.get(series) ?? 0) + value);
  return found;
}

function highest(all: readonly Exposition[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const { series, value } of all.flatMap(ownCounters)) {
    found.set(series, Math.max(found.get(series) ?? 0, value));
  }
  return found;
}

function tellsMetrics({ status, body }: HttpResponse): boolean {
  if (status !== 200) return false;
  const text = new TextDecoder().decode(body);
  return (
    /^# (?:TYPE|HELP) \S+ \S/m.test(text) ||
    (!/^\s*</.test(text) && /^[a-zA-Z_:][\w:]*(\{.*\})? [\d.+-]+\s*$/m.test(text))
  );
}
