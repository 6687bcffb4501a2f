/** When an item is due, in the order of a launch. */
export const PHASES = [
  "build",
  "staging",
  "production",
  "launch-24h",
  "launch-6h",
  "launch",
  "launch+1h",
  "launch+24h",
  "day-1",
  "day-7",
  "day-30",
  "daily",
  "weekly",
  "monthly",
] as const;
export type Phase = (typeof PHASES)[number];

/** How near an environment is to real users; decides which phases are due and which probes are allowed. */
export type Stage = "preview" | "staging" | "production";

/** Whether an item of this phase must be answered before the stage is GO. Later phases come due with time. */
export function isDue(phase: Phase, stage: Stage): boolean {
  if (phase === "build" || phase === "staging") return true;
  return phase === "production" && stage === "production";
}
