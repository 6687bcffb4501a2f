/** A figure or a name that a line says and that can be held against what is declared or seen. */
export interface Figure {
  /** What it is of: a parameter of the line's comment. */
  readonly name: FigureName;
  /** As a parameter has it: "500ms", "99.9%", "DATABASE_URL". */
  readonly value: string;
  /** As the line says it: "< 500 ms". */
  readonly said: string;
  /** Of a value: the variable that has it. */
  readonly of?: string;
}

export const FIGURE_NAMES = [
  "availability",
  "p50",
  "p95",
  "p99",
  "mean",
  "errors",
  "errors-above",
  "availability-below",
  "latency-above",
  "page-load",
  "lcp",
  "fcp",
  "cls",
  "blocking",
  "lighthouse",
  "lighthouse-performance",
  "lighthouse-accessibility",
  "lighthouse-best-practices",
  "lighthouse-seo",
  "over",
  "rto",
  "rpo",
  "rollback",
  "token-lifetime",
  "expires-within",
  "every",
  "cron",
  "backup-every",
  "backup-keep",
  "keep",
  "within",
  "at-least",
  "at-most",
  "rate",
  "body-limit",
  "pool",
  "users",
  "load-factor",
  "key-bits",
  "memory",
  "disk",
  "port",
  "persistence",
  "eviction",
  "webhook",
  "health",
  "path",
  "file",
  "url",
  "event",
  "table",
  "variable",
  "value",
  "run",
] as const;
export type FigureName = (typeof FIGURE_NAMES)[number];
