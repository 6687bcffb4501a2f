/**
 * What lines of the team's own list ask for in the words of the framework it was first planned for, and what looks at
 * it here. A test is named where the line is about what the code does, not about how it runs.
 */
export const answers = {
  "repo.test.green": [
    "User profile auto-created on signup",
    "Role-based access control (@require_role)",
    "debit_wallet() and credit_wallet() functions",
    "Error handling for insufficient balance",
    "Grace period enforcement (5 min)",
    "session_finalize() async task",
    "expire_grace_periods() every 30s",
    "Test grace period (pause session + reconnect)",
    "E2E test: Auth0 signup → login → dashboard",
    "E2E test: Browse readers → view rates → book session",
    "E2E test: Start session → RTC token generated → join call",
    "E2E test: Active session → 60s tick → wallet debited",
  ],
  "postgres.ledger.invariant": [
    "Unique constraints where needed (idempotency_key)",
    "Timestamps on all models (created_at, updated_at)",
    "Decimal fields for money (not float)",
    "No failed sessions (state machine violations)",
    "0 failed billing ticks",
  ],
  "postgres.migration.applied": [
    "All models defined (18+ models)",
    "All relationships proper (FK, OneToOne, M2M)",
    "Migrations can be generated (makemigrations)",
  ],
  "config.debug.off": ["DEBUG=False enforced"],
  "config.env.node-env": ["soulseer/settings.py production-ready"],
  "limit.rate.api": ["Rate limiting structure (ready for middleware)"],
  "http.error.pages": ["Proper error handling in views"],
  "http.cache.static-immutable": ["Static files configured (WhiteNoise)", "Whitenoise for static files"],
  "http.cookie.httponly-session": ["Session middleware enabled"],
  "http.page.answers": ["Test all features on staging", "Critical features working"],
  "log.structured": [
    "Logging configured for containers",
    "Logging to stdout (not files)",
    "Logging in tasks",
  ],
  "process.health.ready": [
    "Create production Heroku app (heroku-prod)",
    "Create staging Heroku app (heroku-staging)",
  ],
  "process.restarts": ["Procfile defines worker + beat dynos", "Procfile (web, worker, beat)"],
  "process.version.exposed": ["Deploy to production"],
  "process.health.alive": ["gunicorn configured (WSGI)"],
  "repo.deps.lockfile-in-sync": ["All imports properly resolved"],
  "jobs.dead-letter.empty": ["Error handling in tasks"],
  "jobs.roundtrip": ["Local development works (runserver + worker + beat)"],
  "rtc.token.session-over": ["Session state validation"],
  "rtc.token.no-funds": ["Proper error responses (402, 403, 410)"],
  "webhook.replay.idempotent": ["ProcessedStripeEvent tracking", "Payments processing"],
  "drill.rollback": ["Authentication broken (users can't login)", "Payments not processing (Stripe errors)"],
  "drill.worker": ["Celery jobs failing (billing not charging)"],
};
