/** Where a declaration says from which share in use people are alerted, and the check whose monitor does it. */
export interface AlertThreshold {
  /** Of the host's option `alertAbove`. */
  readonly option: string;
  readonly check: RegExp;
  /** In percent. */
  readonly used: number;
}

const CHECKS: readonly (readonly [option: string, check: RegExp])[] = [
  ["disk", /^host\.disk\.headroom$/],
  ["memory", /^host\.memory\.headroom$/],
  ["cpu", /^host\.cpu\.headroom$/],
];

/** Of the options of a host; options are data that its schema has let through. */
export function alertThresholds(options: unknown): AlertThreshold[] {
  const declared = (options as { readonly alertAbove?: Readonly<Record<string, unknown>> } | undefined)
    ?.alertAbove;
  return CHECKS.flatMap(([option, check]) => {
    const used = Number.parseInt(String(declared?.[option]), 10);
    return Number.isNaN(used) ? [] : [{ option, check, used }];
  });
}

/** "CPU > 80 %" is of what is in use, "disk space < 10 %" of what is left; what is neither says no threshold. */
export function usedShareOf(name: string, value: string): number | undefined {
  const share = /^(\d+(?:\.\d+)?)%$/.exec(value)?.[1];
  if (share === undefined) return undefined;
  if (name === "at-least") return Number(share) >= 50 ? Number(share) : undefined;
  return name === "at-most" && Number(share) <= 50 ? 100 - Number(share) : undefined;
}
