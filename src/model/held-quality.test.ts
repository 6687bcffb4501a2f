import { expect, it } from "vitest";
import { type HeldQuality, holdQuality } from "./held-quality.ts";

const POLICY: HeldQuality = { quality: "policy", keeps: "no worse", order: ["none", "quarantine", "reject"] };
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
  ],
)("%j: %s of %s", (held, value, found, isKept, says) => {
  const answer = holdQuality({ value, by: "L:1" }, held, { [held.quality]: found });
  expect(answer?.isKept).toBe(isKept);
  if (says !== undefined) expect(answer?.says).toBe(says);
});
