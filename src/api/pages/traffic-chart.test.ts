import { expect, it } from "vitest";
import { requestsChart, type TrafficSeen } from "./traffic-chart.ts";

const MINUTE = 60_000;

function lineOf(...minutes: number[]): string {
  const requests = minutes.map((at) => ({ at: at * MINUTE, value: 40 }));
  const seen: TrafficSeen = { from: 0, until: 180 * MINUTE, requests, failed: [], p95: [] };
  return /class="line" d="([^"]*)"/.exec(String(requestsChart(seen, [])))?.[1] ?? "";
}

it("draws a minute that stands alone as wide as it is, and others as one line", () => {
  expect(lineOf(90)).toBe("M300 3h3.3");
  expect(lineOf(90, 91)).toBe("M300 3L303.3 3");
  expect(lineOf(30, 90, 91, 170)).toBe("M100 3h3.3M300 3L303.3 3M566.7 3h3.3");
});
