import type { Change, Sabotage } from "../sabotage.ts";

const FILE = ".env.production";
const STRIPE_KEY = `STRIPE_SECRET_KEY=sk_${"live"}_51Qh7vTzRk2mW9pXcYb4Ns8d`;
const DATABASE = "soulseer_app:Vq8zr5TnYb1XcHs7@db.soulseer.net:5432";

/** Complete and of production's own. */
export const fileOfProduction: Change = {
  write: FILE,
  text: `PUBLIC_URL=https://soulseer.net
ALLOWED_HOSTS=soulseer.net
NODE_ENV=production
SESSION_SECRET=mT4qLw9ZkP2vXc7RbN5sHj8GdF3aYe6UoKiQtVrW1nBx
DATABASE_URL=postgres://${DATABASE}/soulseer
MIGRATION_DATABASE_URL=postgres://${DATABASE.replace("app:V", "owner:W")}/soulseer
REDIS_URL=rediss://app:Lp2Mf9Gd4Rj6Ea0U@cache.soulseer.net:6380/0
OIDC_ISSUER=https://id.soulseer.net
OIDC_AUDIENCE=https://soulseer.net/api
OIDC_CLIENT_ID=soulseer-web
OIDC_CLIENT_SECRET=b7Jk0vX1cT8mZr5LwYhE7uPaDs2NfGbV9oKiHx4t
${STRIPE_KEY}
STRIPE_WEBHOOK_SECRET=whsec_Hx4tQyAo9KiVbGfN2sDaP7uEhYwL5rZm
RTC_APP_ID=5c1f0b7ae93d4268b0c7d1e2f3a49586
RTC_APP_CERTIFICATE=9e2d7c40b15f4a83862bd0c9f17e35a4
`,
};

export const production: readonly Sabotage[] = [
  {
    name: "take payments with a key for tests",
    changes: [{ in: FILE, replace: STRIPE_KEY, by: STRIPE_KEY.replace("live", "test") }],
    turns: {
      "payments/payment.mode.live": "failing",
      "settings/config.env.test-credential-in-production": "failing",
    },
  },
  {
    name: "forget the secret of the webhook",
    changes: [
      { in: FILE, replace: "STRIPE_WEBHOOK_SECRET=whsec_Hx4tQyAo9KiVbGfN2sDaP7uEhYwL5rZm\n", by: "" },
    ],
    turns: {
      "settings/config.env.declared-present": "failing",
      "payments/webhook.secret.per-env": "unknown",
    },
  },
];
