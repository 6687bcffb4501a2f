import type { Sabotage, Turns } from "../sabotage.ts";

/** What cannot be told without the database, or from a probe that needs it. */
const UNTOLD: Turns = Object.fromEntries(
  [
    ...[
      "connection.tls",
      "pool.budget",
      "pool.saturation",
      "pool.timeouts",
      "query.plan",
      "query.slow",
      "rls.enabled",
      "rls.proof",
      "role.least-privilege",
      "size.headroom",
      "view.security-definer",
    ].map((id) => `db/postgres.${id}`),
    ...["fast-ack", "order.tolerant", "replay.idempotent", "signature.required", "timestamp.tolerance"].map(
      (id) => `payments/webhook.${id}`,
    ),
    ...["lifetime", "no-funds", "not-yours", "session-over"].map((id) => `calls/rtc.token.${id}`),
    "billing/jobs.idempotent",
  ].map((key) => [key, "unknown"]),
);

export const wrongPort: readonly Sabotage[] = [
  {
    name: "name another port",
    changes: [
      { variable: "DATABASE_URL", value: "postgres://soulseer_app:xAq91LmPz72vKcTe@127.0.0.1:9/soulseer" },
    ],
    turns: {
      "db/postgres.connection.ok": "failing",
      ...UNTOLD,
    },
  },
];

export const gone: readonly Sabotage[] = [
  {
    name: "take the application's login to the database away",
    changes: [
      {
        sql: `alter role soulseer_app nologin;
          select pg_terminate_backend(pid) from pg_stat_activity where usename = 'soulseer_app'`,
        undo: "alter role soulseer_app login",
      },
    ],
    turns: {
      ...UNTOLD,
      "db/postgres.connection.ok": "failing",
      "api/process.health.ready": "failing",
      "api/http.page.answers": "failing",
      "api/limit.rate.api": "warning",
      "payments/webhook.signature.raw-body": "failing",
      "accounts/auth.jwt.algorithm": "unknown",
      "accounts/auth.jwt.claims": "unknown",
    },
  },
];
