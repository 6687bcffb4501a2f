import type { ToldEntry } from "../../model/alert.ts";

export type TellReason = "first" | "new alerts" | "all resolved" | "new resolved" | "repeat";

/**
 * Whether a channel is told about a group now, and why: Alertmanager's decision, question for question
 * (prometheus/alertmanager, notify/dedup_stage.go, needsUpdate). `firing` and `resolved` are what the channel would
 * be shown; `entry` is what it was shown last.
 */
export function tellReason(
  entry: ToldEntry | undefined,
  shown: { readonly firing: ReadonlySet<string>; readonly resolved: ReadonlySet<string> },
  { now, repeatMs }: { readonly now: number; readonly repeatMs: number },
): TellReason | undefined {
  const { firing, resolved } = shown;
  if (!entry) return firing.size > 0 ? "first" : undefined;
  if (!isSubset(firing, entry.firing)) return entry.firing.length === 0 ? "first" : "new alerts";
  if (firing.size === 0) return entry.firing.length > 0 ? "all resolved" : undefined;
  if (!isSubset(resolved, entry.resolved)) return "new resolved";
  return entry.at < now - repeatMs ? "repeat" : undefined;
}

function isSubset(part: ReadonlySet<string>, whole: readonly string[]): boolean {
  const known = new Set(whole);
  return [...part].every((each) => known.has(each));
}
