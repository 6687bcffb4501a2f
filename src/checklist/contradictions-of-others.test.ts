import { describe, expect, it } from "vitest";
import type { Component, Launch } from "../model/launch.ts";
import { heldAgainst } from "./line-figures.ts";
import { parseChecklist } from "./markdown/parse.ts";

const component = (name: string, kind: string, options: unknown): Component =>
  ({ name, kind: { kind, checks: [] }, options }) as unknown as Component;

const LAUNCH = {
  alerts: { thresholds: [] },
  promises: { latency: { p95Ms: 1_000 }, errors: 0.01 },
  backups: {
    keep: { hourly: 0, daily: 7, weekly: 0, monthly: 0, yearly: 0 },
    loseAtMostMs: 86_400_000,
    restoreWithinMs: 900_000,
  },
  components: [
    component("payments", "stripe", { webhook: "/stripe/hooks", events: [] }),
    component("api", "web", { health: "/health", pages: { html: ["/", "/status/health"], api: [] } }),
  ],
  variables: [],
  environments: [],
} as unknown as Launch;

function against(markdown: string): string[] {
  return heldAgainst(LAUNCH, parseChecklist(markdown).items).flatMap(({ contradictions = [] }) =>
    contradictions.map(({ says, declares, where }) => `${says} / ${declares} / ${where}`),
  );
}

describe("what a list says of something that the declaration does not speak of", () => {
  it("is how long another store or machine takes to take over, and not a restore", () => {
    expect(against("- [ ] Redis failover (Sentinel): RTO < 30 s\n")).toEqual([]);
    expect(against("## Database failover\n- [ ] RTO < 5 min, RPO < 1 min\n")).toEqual([]);
    expect(against("- [ ] Restore tested, RTO < 5 min\n")).toEqual(["< 5 min / 15m / backups.restoreWithin"]);
  });

  it("is where another provider's events come in", () => {
    expect(against("- [ ] Payment webhook of Midtrans at `/api/webhook/midtrans`\n")).toEqual([]);
    expect(against("- [ ] Payment webhook at `/api/webhook`\n")).toEqual([
      "/api/webhook / /stripe/hooks / components.payments.webhook",
    ]);
  });

  it("is another program's health, where the list names the declared path too", () => {
    expect(against("- [ ] API: `/health` answers\n- [ ] Worker: `/worker/health` answers\n")).toEqual([]);
  });

  it("is what one path promises", () => {
    expect(against("- [ ] `/api/search`: p95 < 200ms, error rate < 0.1%\n")).toEqual([]);
    expect(against("- [ ] `/` and all of it: p95 < 200ms\n")).toEqual([
      "< 200ms / 1s / promises.latency.p95",
    ]);
  });
});

describe("a health path that is not the declared one", () => {
  it("is told beside that, and not beside every page", () => {
    expect(against("- [ ] `/api/health` answers\n")).toEqual([
      "/api/health / /health / components.api.health",
    ]);
    expect(against("- [ ] `/status/health` answers\n")).toEqual([]);
  });
});
