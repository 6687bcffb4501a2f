import { expect, it } from "vitest";
import { stripe } from "../../components/stripe/stripe.ts";
import type { Environment, Launch } from "../../model/launch.ts";
import { monitorsOf } from "./monitors.ts";

const RAW_BODY = "webhook.signature.raw-body";

function monitorOf(check: string, every?: ReadonlyMap<string, "10s">) {
  const payments = { name: "payments", kind: stripe.definition, options: {} };
  const launch = { components: [payments], watch: { probes: [], heartbeats: [], every } };
  const environment = { name: "staging", allows: ["read", "active"] };
  const { rounds } = monitorsOf(launch as unknown as Launch, environment as unknown as Environment);
  const round = rounds.find(({ checks }) => checks.some(({ monitor }) => monitor.check === check));
  const monitor = round?.checks.find((each) => each.monitor.check === check)?.monitor;
  return { everyMs: round?.everyMs, every: monitor?.every, failures: monitor?.confirm.failures };
}

it("asks a check at its own pace, or at the declared one with the confirmation that fits it", () => {
  expect(monitorOf(RAW_BODY)).toEqual({ everyMs: 300_000, every: "5m", failures: 1 });
  const paces = new Map([[RAW_BODY, "10s" as const]]);
  expect(monitorOf(RAW_BODY, paces)).toEqual({ everyMs: 10_000, every: "10s", failures: 2 });
});
