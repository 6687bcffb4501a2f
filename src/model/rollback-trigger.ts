/** What sends a new release back after its bake too, as long as it is guarded. Fractions are 0..1. */
export type RollbackTrigger =
  /** More than this share of its requests fails. */
  | { readonly on: "errors"; readonly above: number }
  /** This percentile of the times its requests took is above. */
  | { readonly on: "p50" | "p95" | "p99"; readonly aboveMs: number }
  /** A check answers fail, of one component or of each that has it. */
  | { readonly on: "check"; readonly check: string; readonly component: string | undefined }
  /** A check of the component that blocks a launch answers fail. */
  | { readonly on: "component"; readonly component: string }
  /** It answered fewer than this share of the probes of the time. */
  | { readonly on: "availability"; readonly below: number; readonly overMs: number };
