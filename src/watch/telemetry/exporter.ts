import type { Doors } from "../../model/doors.ts";
import { messageOf, OutsideError } from "../../model/errors.ts";
import type { Reading, ReadingSink } from "../../model/monitor.ts";
import type { Secret } from "../../model/secret.ts";
import type { TelemetryPolicy } from "../../model/watch-policy.ts";
import type { Store } from "../../store/store.ts";
import { watchHappenings } from "./happenings.ts";
import { type Happening, openOtlp } from "./otlp.ts";

/** Hands every reading, deploy and incident on to whoever collects OpenTelemetry. */
export interface Exporter extends ReadingSink, AsyncDisposable {}

export interface ExporterRequest {
  readonly policy: TelemetryPolicy;
  readonly launch: string;
  readonly environment: string;
  readonly store: Pick<Store, "deploys" | "incidents">;
  readonly doors: Doors;
  readonly variables: () => Promise<ReadonlyMap<string, Secret>>;
  readonly onTrouble?: (text: string) => void;
}

/** While nobody takes them the oldest are forgotten: this machine's memory is worth more. */
const MOST_READINGS = 100_000;
const MOST_HAPPENINGS = 1_000;
const TIMEOUT_MS = 10_000;
const LAST_MS = 3_000;

export async function startExporter(request: ExporterRequest): Promise<Exporter> {
  const { policy, launch, environment, store, doors, variables, onTrouble = () => undefined } = request;
  const otlp = await openOtlp({
    "service.name": launch,
    "deployment.environment.name": environment,
    "telemetry.sdk.name": "gonogo",
  });
  const look = watchHappenings(store, environment);
  await look();
  const stop = new AbortController();
  let readings: Reading[] = [];
  let happenings: Happening[] = [];
  let trouble = "";

  async function send(what: "metrics" | "logs", body: Uint8Array | undefined, signal: AbortSignal) {
    if (!body) return;
    const { status } = await doors.http.send({
      url: `${policy.endpoint}/v1/${what}`,
      method: "POST",
      headers: { "content-type": "application/json", ...(await headers()) },
      body,
      timeoutMs: TIMEOUT_MS,
      signal,
    });
    if (status >= 300) throw new OutsideError(`${new URL(policy.endpoint).host} answered ${status}`);
  }

  /** "name=value,name=value", percent-encoded, as OTEL_EXPORTER_OTLP_HEADERS has them. */
  async function headers(): Promise<Record<string, string>> {
    if (policy.headers === undefined) return {};
    const text = (await variables()).get(policy.headers)?.reveal() ?? "";
    const pairs = text.split(",").flatMap((pair) => {
      const [name = "", ...value] = pair.split("=");
      return name.trim() === "" ? [] : [[name.trim(), decodeURIComponent(value.join("=").trim())]];
    });
    return Object.fromEntries(pairs);
  }

  async function flush(signal: AbortSignal): Promise<void> {
    const [asked, happened] = [readings, [...happenings, ...(await look())]];
    [readings, happenings] = [[], []];
    try {
      if (asked.length > 0) await send("metrics", otlp.metrics(asked), signal);
      asked.length = 0;
      if (happened.length > 0) await send("logs", otlp.logs(happened), signal);
      if (trouble !== "") onTrouble("telemetry is taken again");
      trouble = "";
    } catch (thrown) {
      readings = [...asked, ...readings].slice(-MOST_READINGS);
      happenings = [...happened, ...happenings].slice(-MOST_HAPPENINGS);
      const found = messageOf(thrown);
      if (found !== trouble && !stop.signal.aborted)
        onTrouble(`telemetry is not taken: ${found}. It waits, the newest ${MOST_READINGS} readings at most`);
      trouble = found;
    }
  }

  async function run(): Promise<void> {
    while (!stop.signal.aborted) {
      await doors.clock.delay(policy.everyMs, stop.signal).catch(() => undefined);
      if (stop.signal.aborted) return;
      await flush(stop.signal).catch((thrown) => onTrouble(`telemetry: ${messageOf(thrown)}`));
    }
  }

  const running = run();
  return {
    take(found) {
      readings.push(...found);
      if (readings.length > MOST_READINGS) readings = readings.slice(-MOST_READINGS);
    },
    async [Symbol.asyncDispose]() {
      stop.abort(new Error("the watch ends"));
      await running;
      await flush(AbortSignal.timeout(LAST_MS)).catch(() => undefined);
    },
  };
}
