import type { Sabotage } from "../sabotage.ts";

const LIVE_KEY = `sk_${"live"}_51Qh7vTzRk2mW9pXcYb4Ns8d`;
const SECRET = "sk_test_kQ3vW8zr5TnYb1XcHs7Lp2Mf9Gd4Rj6Ea0Uo-iVtKwZq";

export const variables: readonly Sabotage[] = [
  {
    name: "forget a required variable",
    changes: [{ variable: "ALLOWED_HOSTS", value: undefined }],
    turns: { "settings/config.env.declared-present": "failing" },
  },
  {
    name: "leave a placeholder in",
    changes: [{ variable: "OIDC_ROLES_CLAIM", value: "changeme" }],
    turns: { "settings/config.env.placeholder-value": "failing" },
  },
  {
    name: "give an address of the wrong kind",
    changes: [{ variable: "PUBLIC_URL", value: "http://soulseer.localhost" }],
    turns: { "settings/config.env.typed": "failing" },
  },
  {
    name: "key sessions with a word that anybody guesses",
    changes: [{ variable: "SESSION_SECRET", value: "soulseer".repeat(8) }],
    turns: { "settings/config.env.secret-strength": "failing" },
  },
  {
    name: "put Stripe's live key into staging",
    changes: [{ variable: "STRIPE_SECRET_KEY", value: LIVE_KEY }],
    turns: {
      "payments/payment.mode.live": "failing",
      "settings/config.env.production-credential-elsewhere": "failing",
    },
  },
  {
    name: "name a variable twice",
    changes: [{ in: ".env.staging", replace: "LOG_LEVEL=info\n", by: "LOG_LEVEL=info\nLOG_LEVEL=debug\n" }],
    turns: { "settings/config.env.dotenv-syntax": "warning" },
  },
  {
    name: "read a variable that nobody declared",
    changes: [
      { write: "src/feature.ts", text: 'export const isOn = process.env.FEATURE_READINGS === "on";\n' },
    ],
    turns: { "settings/config.env.undeclared-used": "warning" },
  },
  {
    name: "forget a variable in .env.example",
    changes: [{ in: ".env.example", replace: "RTC_APP_ID=\n", by: "" }],
    turns: { "settings/config.env.example-complete": "warning" },
  },
];

export const exposure: readonly Sabotage[] = [
  {
    name: "key sessions with production's secret",
    changes: [
      { variable: "SESSION_SECRET", value: SECRET },
      { write: ".env.production", text: `SESSION_SECRET=${SECRET}\n` },
    ],
    turns: {
      "settings/config.env.production-credential-elsewhere": "failing",
      "settings/config.env.parity": "warning",
    },
  },
  {
    name: "use one secret for two things",
    changes: [
      { variable: "SESSION_SECRET", value: SECRET },
      { variable: "STRIPE_SECRET_KEY", value: SECRET },
    ],
    turns: { "settings/config.env.shared-secret-reuse": "warning" },
  },
  {
    name: "hand a secret to browsers",
    changes: [
      {
        in: "gonogo.config.ts",
        replace: "  variables: {\n    PUBLIC_URL: {",
        by: '  variables: {\n    VITE_ADMIN_SECRET: { type: "string", required: false, secret: true },\n    PUBLIC_URL: {',
      },
      { in: ".env.example", replace: "PUBLIC_URL=\n", by: "PUBLIC_URL=\nVITE_ADMIN_SECRET=\n" },
      { write: "src/admin.ts", text: "export const secret = process.env.VITE_ADMIN_SECRET;\n" },
    ],
    turns: { "settings/config.env.client-exposure": "failing" },
  },
  {
    name: "declare a variable that nothing reads",
    changes: [
      {
        in: "gonogo.config.ts",
        replace: "    ALLOWED_HOSTS: {",
        by: '    LEGACY_TOKEN: { type: "string", required: false },\n    ALLOWED_HOSTS: {',
      },
      { in: ".env.example", replace: "ALLOWED_HOSTS=\n", by: "ALLOWED_HOSTS=\nLEGACY_TOKEN=\n" },
    ],
    turns: { "settings/config.env.declared-unused": "warning" },
  },
  {
    name: "commit the variables of staging",
    changes: [{ in: ".gitignore", replace: ".env.staging\n", by: "" }],
    turns: { "settings/config.env.dotenv-ignored": "failing", "code/repo.secret.scan-tree": "failing" },
  },
];
