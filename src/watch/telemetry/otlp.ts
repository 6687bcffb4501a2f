import type { Reading } from "../../model/monitor.ts";

/** What happened once: a deploy that ended, an incident that opened. */
export interface Happening {
  /** "gonogo.deploy" */
  readonly name: string;
  readonly at: number;
  readonly text: string;
  readonly isBad: boolean;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Bodies of requests as OTLP/HTTP has them in JSON: https://opentelemetry.io/docs/specs/otlp/#otlphttp */
export interface OtlpBodies {
  metrics(readings: readonly Reading[]): Uint8Array | undefined;
  logs(happenings: readonly Happening[]): Uint8Array | undefined;
}

const SCOPE = { name: "gonogo" };
const INFO = 9;
const ERROR = 17;

/** Loads the library only now: whoever exports nothing does not wait for it. */
export async function openOtlp(resourceAttributes: Readonly<Record<string, string>>): Promise<OtlpBodies> {
  const { JsonMetricsSerializer, JsonLogsSerializer } = await import("@opentelemetry/otlp-transformer");
  const { resourceFromAttributes } = await import("@opentelemetry/resources");
  const { ValueType } = await import("@opentelemetry/api");
  const resource = resourceFromAttributes({ ...resourceAttributes });

  function gauge(name: string, unit: string, points: readonly (readonly [Reading, number])[]) {
    return {
      descriptor: { name, description: "", unit, valueType: ValueType.DOUBLE, advice: {} },
      aggregationTemporality: 1,
      dataPointType: 2 as const,
      dataPoints: points.map(([reading, value]) => ({
        startTime: timeOf(reading.at),
        endTime: timeOf(reading.at),
        attributes: attributesOf(reading),
        value,
      })),
    };
  }

  return {
    metrics(readings) {
      const told = readings.filter(({ state }) => state !== "unknown");
      const metrics = [
        gauge(
          "gonogo.monitor.up",
          "1",
          told.map((each) => [each, each.state === "up" ? 1 : 0] as const),
        ),
        gauge(
          "gonogo.monitor.duration",
          "ms",
          readings.map((each) => [each, each.tookMs] as const),
        ),
        gauge(
          "gonogo.monitor.value",
          "1",
          readings.flatMap((each) => (each.value === undefined ? [] : [[each, each.value] as const])),
        ),
      ].filter(({ dataPoints }) => dataPoints.length > 0);
      return JsonMetricsSerializer.serializeRequest({ resource, scopeMetrics: [{ scope: SCOPE, metrics }] });
    },
    logs: (happenings) =>
      JsonLogsSerializer.serializeRequest(
        happenings.map(({ name, at, text, isBad, attributes }) => ({
          hrTime: timeOf(at),
          hrTimeObserved: timeOf(at),
          resource,
          instrumentationScope: SCOPE,
          attributes: { ...attributes },
          severityNumber: isBad ? ERROR : INFO,
          severityText: isBad ? "ERROR" : "INFO",
          body: text,
          eventName: name,
          droppedAttributesCount: 0,
        })),
      ),
  };
}

function attributesOf({ monitor, release }: Reading): Record<string, string> {
  const component = monitor.split("/")[0] ?? "";
  return { monitor, component, ...(release !== undefined && { release }) };
}

/** Seconds and nanoseconds. */
function timeOf(ms: number): [number, number] {
  return [Math.floor(ms / 1_000), Math.round((ms % 1_000) * 1_000_000)];
}
