import { expect, it } from "vitest";
import { z } from "zod";
import { serve } from "../../../test/fixtures/http-servers.ts";
import { openRealStore, storeFile } from "../../../test/fixtures/store-file.ts";
import { readingOf } from "../../../test/fixtures/watched.ts";
import { Secret } from "../../model/secret.ts";
import { openDoors } from "../../system/doors.ts";
import { startExporter } from "./exporter.ts";

/* What a collector takes: OTLP 1.x in JSON, as its protobuf files and the JSON mapping say, nothing besides. */

const attributes = z.array(
  z.strictObject({ key: z.string(), value: z.strictObject({ stringValue: z.string() }) }),
);
const resource = z.strictObject({ attributes, droppedAttributesCount: z.int() });
const scope = z.strictObject({ name: z.literal("gonogo"), version: z.string().optional() });
const nanos = z.string().regex(/^\d{19}$/);
const point = z.strictObject({
  attributes,
  startTimeUnixNano: nanos,
  timeUnixNano: nanos,
  asDouble: z.number(),
});
const metric = z.strictObject({
  name: z.string().min(1),
  description: z.string(),
  unit: z.string(),
  gauge: z.strictObject({ dataPoints: z.array(point).min(1) }),
});
const SHAPES = {
  "/v1/metrics": z.strictObject({
    resourceMetrics: z.array(
      z.strictObject({
        resource,
        scopeMetrics: z.array(z.strictObject({ scope, metrics: z.array(metric) })),
      }),
    ),
  }),
  "/v1/logs": z.strictObject({
    resourceLogs: z.array(
      z.strictObject({
        resource,
        scopeLogs: z.array(
          z.strictObject({
            scope,
            logRecords: z.array(
              z.strictObject({
                timeUnixNano: nanos,
                observedTimeUnixNano: nanos,
                severityNumber: z.int().min(1).max(24),
                severityText: z.string(),
                body: z.strictObject({ stringValue: z.string() }),
                eventName: z.string(),
                attributes,
                droppedAttributesCount: z.int(),
              }),
            ),
          }),
        ),
      }),
    ),
  }),
} as const;

it("hands readings, deploys and incidents to a collector, waits while it refuses, and says so once", async () => {
  const taken: { path: string; authorization: string | undefined; body: unknown }[] = [];
  let refuses = 2;
  await using collector = await serve(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const path = request.url as keyof typeof SHAPES;
    const body = SHAPES[path].parse(JSON.parse(Buffer.concat(chunks).toString()));
    if (refuses-- > 0) return response.writeHead(503).end();
    taken.push({ path, authorization: request.headers.authorization, body });
    response.end("{}");
  });
  await using doors = openDoors();
  using file = storeFile();
  await using store = await openRealStore(file.file);
  const told: string[] = [];
  const exporter = await startExporter({
    policy: { endpoint: collector.url, headers: "OTLP_HEADERS", everyMs: 50 },
    launch: "soulseer",
    environment: "staging",
    store,
    doors,
    variables: async () => new Map([["OTLP_HEADERS", new Secret("authorization=Bearer%20canary-7f")]]),
    onTrouble: (text) => told.push(text),
  });
  const at = doors.clock.now();
  exporter.take([readingOf("api/up", "down", at), { ...readingOf("edge/requests", "up", at), value: 31 }]);
  const deploy = { environment: "staging", kind: "deploy" as const, release: "r2", from: "r1", by: "ada" };
  const { id } = await store.deploys.begin(deploy);
  await store.deploys.finish("staging", id, "rolled back", "bake: 6 probes failed");
  await expect.poll(() => taken.map(({ path }) => path), { timeout: 20_000 }).toContain("/v1/logs");
  exporter.take([readingOf("api/up", "up", at + 1)]);
  await exporter[Symbol.asyncDispose]();

  const metrics = taken.filter(({ path }) => path === "/v1/metrics");
  const points = metrics.flatMap(({ body }) =>
    (body as z.infer<(typeof SHAPES)["/v1/metrics"]>).resourceMetrics.flatMap(({ scopeMetrics }) =>
      scopeMetrics.flatMap(({ metrics: all }) =>
        all.flatMap(({ name, gauge }) =>
          gauge.dataPoints.map((each) => `${name} ${each.attributes[0]?.value.stringValue} ${each.asDouble}`),
        ),
      ),
    ),
  );
  expect(points).toEqual(
    expect.arrayContaining([
      "gonogo.monitor.up api/up 0",
      "gonogo.monitor.value edge/requests 31",
      "gonogo.monitor.up api/up 1",
    ]),
  );
  expect(points.filter((each) => each === "gonogo.monitor.up api/up 0")).toHaveLength(1);
  expect(JSON.stringify(taken)).toContain("deploy d1 of r2 by ada: rolled back, bake: 6 probes failed");
  expect(taken[0]?.authorization).toBe("Bearer canary-7f");
  expect(told).toEqual([
    expect.stringMatching(/^telemetry is not taken: .* answered 503/),
    "telemetry is taken again",
  ]);
});
