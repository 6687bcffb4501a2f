import type { HeldFigures } from "./asked-figure.ts";

const UNDER_LOAD = ["p50", "p95", "p99"] as const;

/** What drills measure that lines may ask for, by their names as evidence has them. */
export const DRILL_FIGURES: Readonly<Record<string, HeldFigures>> = {
  "drill.load": {
    users: { measured: "users", keeps: "no less", in: "count" },
    "requests-per-second": { measured: "arrivals", keeps: "no less", in: "count" },
    ...Object.fromEntries(
      UNDER_LOAD.map((name) => [name, { measured: `${name}Ms`, keeps: "no more", in: "ms" } as const]),
    ),
  },
  "drill.restore": { rto: { measured: "restoreMs", keeps: "no more", in: "ms" } },
  "drill.rollback": { rollback: { measured: "backMs", keeps: "no more", in: "ms" } },
};
