import { excerpt, listed } from "../../facts/http/advice.ts";
import { defineCheck } from "../../model/check.ts";
import { fail, pass } from "../../model/outcome.ts";
import { quantity } from "../../model/quantity.ts";
import { ways } from "../../model/ways.ts";
import { webMetrics } from "./metrics.ts";

const CONTENT_TYPE = /^(?:text\/plain|application\/openmetrics-text)\b/;

export const metricsExposed = defineCheck({
  id: "metrics.exposed",
  title: "Metrics are told in the form Prometheus reads, and move",
  consequence: "Dashboards and alerts stand on numbers that nobody collects, or that never change.",
  severity: "warning",
  phase: "production",
  freshFor: "1d",
  every: "1h",
  asks: ways(`
    metrics endpoint | Prometheus metrics exposed | /metrics endpoint | metrics endpoint exposed
    Prometheus metrics | Prometheus metrics enabled | application exposes metrics | /metrics available
    metrics exposed at /metrics | application metrics exported | OpenMetrics endpoint | /actuator/prometheus
    Prometheus endpoint | Micrometer metrics exposed | django-prometheus | prom-client metrics
    metrics exported to Prometheus | Prometheus scrape endpoint | metrics endpoint protected
    Prometheus can scrape the application | ServiceMonitor scrapes metrics | promhttp handler
    Prometheus-Metriken | métricas de Prometheus | métriques Prometheus | Prometheus metrikleri
    metrics endpoint reachable by Prometheus | metrics scraped by Prometheus | Prometheus scraping works
    custom application metrics at /metrics
  `),
  source: "https://prometheus.io/docs/instrumenting/exposition_formats/",
  needs: { seen: webMetrics },
  run({ seen }, { component }) {
    const { path, where, status, contentType, first, moved, fell, counters, requestsBetween, stranger } =
      seen;
    const measured = {
      series: first.samples.length,
      counters,
      moved: moved.length,
      stranger: stranger.status,
    };
    const trouble = (summary: string, expected: string, found: string, fix: string) =>
      fail(summary, { expected, found, fix, measured });
    if (status !== 200)
      return trouble(
        "metrics do not answer",
        `200 for GET ${path}`,
        `${status} from ${where}`,
        `let ${component} serve its metrics at ${path}`,
      );
    if (!CONTENT_TYPE.test(contentType ?? ""))
      return trouble(
        "what answers is no metrics",
        "Content-Type: text/plain; version=0.0.4, or application/openmetrics-text; version=1.0.0",
        excerpt(contentType ?? "no Content-Type", 60),
        `answer GET ${path} with the registry's own content type (prom-client: registry.contentType)`,
      );
    if (first.mistakes.length > 0)
      return trouble(
        "Prometheus would refuse these metrics",
        "its text format, version 0.0.4, or OpenMetrics 1.0",
        first.mistakes.map((each) => excerpt(each, 120)).join("; "),
        "write them by a client library rather than by hand; promtool check metrics names each mistake",
      );
    if (counters === 0)
      return trouble(
        "nothing of the application is counted",
        "a counter or histogram of its own, beside those of the runtime",
        `${quantity(first.samples.length, "series", "series")}, none of them the application's counter`,
        `count requests in ${component}: http_requests_total{method,route,status} and http_request_duration_seconds`,
      );
    if (fell !== undefined && fell.length > 0)
      return trouble(
        "counters go down",
        "counters that only rise",
        listed(fell.map((each) => excerpt(each, 60))),
        "several processes answer in turn: let each be scraped, or collect them in one registry; what may fall is a gauge",
      );
    if (moved.length === 0)
      return trouble(
        "counters do not move",
        `a higher counter after ${requestsBetween} requests`,
        `${quantity(counters, "counter")}, all as before`,
        "increase the counter where requests are answered, in the registry that is served",
      );
    if (stranger.tellsMetrics && !seen.isOpen)
      return trouble(
        "anybody can read the metrics",
        `401, 403 or 404 for GET ${path} at the public address`,
        `${stranger.status}, with metrics`,
        `refuse ${path} without a token, or serve it on a port of its own; or declare ${component}: { metrics: { open: true } }`,
      );
    return pass(
      `${quantity(first.samples.length, "series", "series")} at ${where}, ${moved.length} of ${quantity(counters, "counter")} moved by ${requestsBetween} requests; strangers get ${stranger.status}`,
      measured,
    );
  },
});
