import type { Sabotage } from "../sabotage.ts";

export const hanging: Sabotage = {
  name: "hang every worker",
  changes: [{ hangs: "billing" }],
  turns: { "billing/jobs.roundtrip": "failing", "billing/jobs.idempotent": "unknown" },
};

export const dying: Sabotage = {
  name: "let every worker crash and not come back",
  changes: [{ dies: "billing", without: "src/worker.ts" }],
  turns: {
    "billing/jobs.worker.running": "failing",
    "billing/jobs.roundtrip": "failing",
    "billing/jobs.idempotent": "unknown",
    "billing/process.restarts": "failing",
    "billing/log.structured": "warning",
  },
};

export const failingRun: Sabotage = {
  name: "end the schedule's run with an error",
  changes: [
    {
      in: "gonogo.config.ts",
      replace: 'every: "5m", run: "node src/reconcile.ts"',
      by: 'every: "2s", run: "exit 3"',
    },
  ],
  turns: { "reconcile/cron.ran": "failing" },
};

export const deaf: Sabotage = {
  name: "not listen when told to stop",
  changes: [
    {
      in: "src/server.ts",
      replace: 'process.once("SIGTERM", (signal) => void stop(signal));',
      by: 'process.on("SIGTERM", () => undefined);',
    },
  ],
  turns: { "api/process.graceful-shutdown": "failing" },
};
