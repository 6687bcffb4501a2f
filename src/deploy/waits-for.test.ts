import { expect, it } from "vitest";
import { checkCalled, launchOf } from "../../test/fixtures/check-record.ts";
import { watch } from "../components/watch/watch.ts";
import type { Item } from "../model/item.ts";
import { deployWaitsFor, gatesOf } from "./waits-for.ts";

// An id says nothing: the check itself does.
const gates = gatesOf(launchOf({ watch: watch.definition.checks, api: [checkCalled("slo.page.written")] }));

const person: Item["answeredBy"] = { by: "person" };
const checks: Item["answeredBy"] = { by: "checks", checks: [{ check: "http.header.hsts" }] };
const promise: Item["answeredBy"] & { by: "checks" } = {
  by: "checks",
  checks: [{ check: "slo.latency.met" }],
};
const watched: Item["answeredBy"] = { by: "checks", checks: [{ check: "uptime.monitor.exists" }] };
const told: Item["answeredBy"] = { by: "checks", checks: [{ check: "alert.route.severity" }] };
const written: Item["answeredBy"] = { by: "checks", checks: [{ check: "slo.page.written" }] };
const both: Item["answeredBy"] = { by: "checks", checks: [...promise.checks, { check: "http.header.hsts" }] };
const drill: Item["answeredBy"] = { by: "drill", drill: "restore" };

it.each([
  ["a check of staging, in staging", { phase: "staging", answeredBy: checks }, "staging", true],
  ["a signature on the code, in staging", { phase: "build", answeredBy: person }, "staging", true],
  [
    "what people try out in staging, before it is there",
    { phase: "staging", answeredBy: person },
    "staging",
    false,
  ],
  [
    "what people tried out in staging, in production",
    { phase: "staging", answeredBy: person },
    "production",
    true,
  ],
  [
    "a signature on production, in production",
    { phase: "production", answeredBy: person },
    "production",
    true,
  ],
  [
    "a promise, which takes time to look back on",
    { phase: "staging", answeredBy: promise },
    "staging",
    false,
  ],
  ["a promise, in production", { phase: "production", answeredBy: promise }, "production", false],
  ["a promise beside what can be asked now", { phase: "staging", answeredBy: both }, "staging", true],
  ["a watcher, in staging", { phase: "staging", answeredBy: watched }, "staging", false],
  ["a watcher, in production", { phase: "production", answeredBy: watched }, "production", true],
  ["who is told, in staging", { phase: "production", answeredBy: told }, "staging", false],
  ["who is told, in production", { phase: "production", answeredBy: told }, "production", true],
  ["a check that only sounds like a promise", { phase: "build", answeredBy: written }, "staging", true],
  ["a drill", { phase: "staging", answeredBy: drill }, "production", false],
  ["a look back", { phase: "day-7", answeredBy: checks }, "production", false],
] as const)("%s", (_, item, stage, waits) => {
  expect(deployWaitsFor(item, { stage, gates })).toBe(waits);
});
