import { expect, it } from "vitest";
import { type HeldQuality, holdQuality } from "./held-quality.ts";

const POLICY: HeldQuality = { quality: "policy", keeps: "no worse", order: ["none", "quarantine", "reject"] };
const MODE: HeldQuality = { quality: "mode", keeps: "no wider" };
const PORTS: HeldQuality = { quality: "open", keeps: "without" };
const EVICTION: HeldQuality = { quality: "policy", keeps: "the same" };
const VERSION: HeldQuality = { quality: "version", keeps: "no older" };

it.each<[held: HeldQuality, asked: string, found: string | null, isKept: boolean | undefined, says?: string]>(
  [
    [POLICY, "quarantine", "quarantine", true, "asked by L:1: quarantine"],
    [POLICY, "quarantine", "reject", true],
    [POLICY, "reject", "quarantine", false, "quarantine, asked by L:1: reject"],
    [POLICY, "reject", null, undefined],
    [POLICY, "strict", "reject", undefined],
    [POLICY, "reject", "unheard of", undefined],
    [VERSION, "node@18", "node@20.11.1", true],
    [VERSION, "node@20", "node@18.19.0", false, "node@18.19.0, asked by L:1: node@20 or newer"],
    [VERSION, "node@20.11", "node@20.9.1", false],
    [VERSION, "node@20", "php@8.3.1", undefined],
    [VERSION, "node", "node@20.9.1", undefined],
    [MODE, "600", "600", true],
    [MODE, "640", "600", true],
    [MODE, "600", "640", false, "640, asked by L:1: 600"],
    [MODE, "400", "600", false],
    [MODE, "owner only", "600", undefined],
    [PORTS, "5432", "22 443", true],
    [PORTS, "5432", "22 5000-6000 443", false, "22 5000-6000 443, asked by L:1: not 5432"],
    [PORTS, "53", "53/udp", false],
    [PORTS, "5432", "", true],
    [EVICTION, "allkeys-lru", "allkeys-lru", true],
    [EVICTION, "allkeys-lru", "allkeys-lfu", false, "allkeys-lfu, asked by L:1: allkeys-lru"],
  ],
)("%j: %s of %s", (held, value, found, isKept, says) => {
  const answer = holdQuality({ value, by: "L:1" }, held, { [held.quality]: found });
  expect(answer?.isKept).toBe(isKept);
  if (says !== undefined) expect(answer?.says).toBe(says);
});
