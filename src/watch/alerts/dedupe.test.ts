import { expect, it } from "vitest";
import { tellReason } from "./dedupe.ts";

const NOW = 10 * 3_600_000;
const REPEAT_MS = 4 * 3_600_000;

const before = (firing: string[], resolved: string[] = [], agoMs = 60_000) => ({
  firing,
  resolved,
  at: NOW - agoMs,
});

/** Every way through Alertmanager's needsUpdate (prometheus/alertmanager, notify/dedup_stage.go), one case a branch. */
const CASES = [
  ["nothing was told, something fires", undefined, ["a"], [], "first"],
  ["nothing was told, all of it is over already", undefined, [], ["a"], undefined],
  ["nothing was told, nothing is there", undefined, [], [], undefined],
  ["the end was told, and it fires again", before([], ["a"]), ["a"], [], "first"],
  ["another joined", before(["a"]), ["a", "b"], [], "new alerts"],
  ["another took its place", before(["a"]), ["b"], ["a"], "new alerts"],
  ["all of it is over", before(["a", "b"]), [], ["a", "b"], "all resolved"],
  ["it is over without a trace", before(["a"]), [], [], "all resolved"],
  ["what came and went since was never told", before([], ["a"]), [], ["b"], undefined],
  ["one of two is over", before(["a", "b"]), ["a"], ["b"], "new resolved"],
  ["one came and went while another fires", before(["a"]), ["a"], ["b"], "new resolved"],
  ["that one is over was told", before(["a"], ["b"]), ["a"], ["b"], undefined],
  ["fewer are over than were told", before(["a"], ["b", "c"]), ["a"], ["b"], undefined],
  ["unchanged", before(["a"]), ["a"], [], undefined],
  ["fewer fire, nothing said they are over", before(["a", "b"]), ["a"], [], undefined],
  ["unchanged for just the interval", before(["a"], [], REPEAT_MS), ["a"], [], undefined],
  ["unchanged for longer", before(["a"], [], REPEAT_MS + 1), ["a"], [], "repeat"],
  ["over, however long ago it was told", before([], ["a"], 9 * REPEAT_MS), [], ["a"], undefined],
] as const;

it.each(CASES)("%s", (_, entry, firing, resolved, expected) => {
  const shown = { firing: new Set<string>(firing), resolved: new Set<string>(resolved) };
  expect(tellReason(entry, shown, { now: NOW, repeatMs: REPEAT_MS })).toBe(expected);
});
