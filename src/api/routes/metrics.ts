import type { OpenAPIHono } from "@hono/zod-openapi";
import { Gauge, Registry } from "prom-client";
import type { ApiEnvironment } from "../access.ts";
import { tally } from "../overall.ts";
import type { ApiSources } from "../sources.ts";

/** For a Prometheus server: the text exposition format, gathered anew for each scrape. */
export function addMetrics(api: OpenAPIHono<ApiEnvironment>, sources: ApiSources): void {
  api.get("/metrics", async (context) => {
    const registry = await gather(sources);
    return context.text(await registry.metrics(), 200, { "Content-Type": registry.contentType });
  });
}

async function gather(sources: ApiSources): Promise<Registry> {
  const { launch, environment, monitors, board, store } = sources;
  const registry = new Registry();
  registry.setDefaultLabels({ launch: launch.name, environment: environment.name });
  const gauge = <Label extends string>(name: string, help: string, labelNames: readonly Label[] = []) =>
    new Gauge({ name, help, labelNames: [...labelNames], registers: [registry] });

  const up = gauge(
    "gonogo_monitor_up",
    "1 while the monitor is up, 0 while it is down; absent while unknown",
    ["monitor", "component"],
  );
  const took = gauge("gonogo_monitor_duration_seconds", "How long its last answer took", [
    "monitor",
    "component",
  ]);
  const value = gauge("gonogo_monitor_value", "The figure itself, of promises and business figures", [
    "monitor",
    "component",
  ]);
  for (const { id, component } of monitors) {
    const { state, tookMs, value: figure } = board.standings.get(id)?.reading ?? {};
    const labels = { monitor: id, component };
    if (state === "up" || state === "down") up.set(labels, state === "up" ? 1 : 0);
    if (tookMs !== undefined) took.set(labels, tookMs / 1_000);
    if (figure !== undefined) value.set(labels, figure);
  }
  const counts = gauge("gonogo_monitors", "Monitors by what they last said", ["state"]);
  for (const [state, count] of Object.entries(tally(sources))) counts.set({ state }, count);

  const open = await store.incidents.list(environment.name, { unresolved: true, limit: 500 });
  const incidents = gauge("gonogo_incidents_open", "Incidents that are not resolved", ["severity"]);
  for (const severity of ["P0", "P1", "P2", "P3"]) {
    incidents.set({ severity }, open.filter((each) => each.severity === severity).length);
  }
  const release = await sources.liveRelease();
  if (release !== undefined)
    gauge("gonogo_release_info", "1; its label says what is live", ["release"]).set({ release }, 1);
  const { lag, lost, readings } = sources.figures();
  gauge("gonogo_watcher_lag_seconds", "How late monitors are asked, 99th percentile").set(lag.p99Ms / 1_000);
  gauge("gonogo_watcher_readings", "Answers since the watcher was started").set(readings);
  gauge("gonogo_watcher_readings_lost", "Answers that could not be kept").set(lost);
  return registry;
}
