import {
  defineLaunch,
  identity,
  local,
  postgres,
  redis,
  repository,
  rtc,
  schedule,
  ssh,
  stripe,
  web,
  worker,
} from "gonogo";

export default defineLaunch({
  name: "soulseer",
  checklist: "LAUNCH.md",
  components: {
    code: repository({ test: "npm test", lint: "npm run lint" }),
    api: web({
      build: "npm run build",
      start: "node src/server.ts",
      health: "/health",
      ready: "/ready",
      instances: 2,
    }),
    billing: worker({ start: "node src/worker.ts", instances: 2, roundTrip: "node src/probe/round-trip.ts" }),
    reconcile: schedule({ every: "5m", run: "node src/reconcile.ts" }),
    db: postgres({
      migrate: "node scripts/migrate.ts",
      migrations: "migrations",
      pool: { maxPerInstance: 5 },
      rls: { tables: ["person", "wallet", "ledger_entry", "reading_session"] },
      invariants: {
        "wallet equals ledger": "select * from audit_wallets_off_ledger()",
        "no negative balance": "select * from audit_negative_balances()",
        "no orphan session": "select * from audit_orphan_sessions()",
        "each billed minute stands in the ledger once": "select * from audit_minutes_off_ledger()",
        "no missed tick": "select * from audit_missed_ticks()",
        "no stuck session": "select * from audit_stuck_sessions()",
      },
    }),
    cache: redis({ use: "queue" }),
    payments: stripe({
      webhook: "/stripe/webhook/",
      events: ["checkout.session.completed", "checkout.session.async_payment_succeeded"],
      effect: {
        event: {
          type: "checkout.session.completed",
          data: {
            object: {
              object: "checkout.session",
              client_reference_id: "00000000-0000-4000-8000-0000000000aa",
              amount_total: 1,
              currency: "usd",
              payment_status: "paid",
            },
          },
        },
        count: "select audit_stripe_credits($1)",
      },
    }),
    accounts: identity({
      route: "/api/me",
      tokens: "node src/probe/token.ts",
      standIn: "node stand-ins/main.ts",
    }),
    calls: rtc({
      endpoint: "/api/sessions/:id/rtc-token",
      lifetime: "1200s",
      cases: "node src/probe/rtc-cases.ts",
    }),
  },
  promises: { availability: "99.9%", latency: { p95: "500ms" }, errors: "1%", rollback: "15m" },
  environments: {
    staging: { target: local(), variables: ".env.staging" },
    production: {
      target: ssh({ hosts: ["203.0.113.7"] }),
      domain: "soulseer.example",
      variables: ".env.production",
    },
  },
});
