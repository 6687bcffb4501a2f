import { createHash } from "node:crypto";
import type { Fail, Warn } from "./outcome.ts";

/** Names one finding of one check for ever: twelve hexadecimal digits. A waiver holds on to it. */
export function findingFingerprint(component: string, check: string, name: string): string {
  return createHash("sha256")
    .update(JSON.stringify([component, check, name]))
    .digest("hex")
    .slice(0, 12);
}

/** Every finding of a failing outcome; one without names of its own is a single finding. */
export function findingsOf(
  component: string,
  check: string,
  outcome: Fail | Warn,
): { name: string; fingerprint: string }[] {
  const names = outcome.findings?.length ? outcome.findings : [""];
  return names.map((name) => ({ name, fingerprint: findingFingerprint(component, check, name) }));
}
