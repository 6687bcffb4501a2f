/**
 * Words that mean the same in a launch checklist, one meaning a line: the meaning, then the words and phrases for it.
 * Word forms (plural, -ing, -ed) need no entry of their own.
 */
export const SYNONYMS = `
rate-limit: 429, http 429, too many requests, 429 too many requests, rate limit, rate limiter, ratelimit, throttle, throttling, request limit, express-rate-limit, rack attack, rack::attack, flask-limiter, slowapi, bucket4j, django-ratelimit
env-var: configmap, config map, app setting, application setting, env var, env variable, environment variable, environment var, config var, environment config, environment configuration, environment setting, env config, env
dotenv: .env, dotenv, .env.production file, .env.local file, .env.prod, .env file, env file, environment file, .env.production, .env.local, .env.staging
git-folder: .git, .git folder, .git directory, git folder
env-example: .env.example, .env example, env.example, example .env, .env.sample, .env.template, example env file, env example, env template
gitignore: .gitignore, git ignore, gitignore
secret: secret, credential, api token, bot token, api key, apikey, access key, private key, secret key
password-policy: password validator, password validation, password policy, password requirement, password complexity, password strength requirement, password rule
password: password, passphrase, passwd
secret-scan: secret scanning, github secret scanning, secret scan, gitleaks, trufflehog, gitguardian, ggshield, detect-secrets, git-secrets
hardcoded: hardcoded, hard-coded, hard coded, in code, in source, in the source
frontend: frontend, front-end, front end, client-side, client side, browser
backend: backend, back-end, back end, server-side, server side
database: database, db, data base, datastore
supabase-key: supabase url, supabase anon key, supabase publishable key, supabase service role key, supabase key, supabase service key
postgres: postgres, postgresql, pg, psql, supabase, neon, rds, cloud sql, timescale, timescaledb, aurora
migration: migration, migrate, schema change, schema update, schema migration, alembic, flyway, liquibase, makemigrations, db push, drizzle kit push, drizzle kit migrate, db upgrade, golang migrate, atlas migration, drizzle migration, knex migration, typeorm migration, sequelize migration, ef migration, ef core migration, liquibase changelog
migration-script: migration script
placeholder-copy: placeholder text, placeholder image, placeholder content, placeholder copy, dummy text, dummy content, sample content, lorem ipsum
sitemap-told: submit sitemap, sitemap submitted, submit sitemap.xml, sitemap.xml submitted
data-move: data migration, customer data migration, api key migration, key migration, user migration, account migration, content migration, server migration, domain migration, email migration, site migration, code migration, api key migrated, migrate user, migrate customer, migrate content, migrate data, data migrated, user migrated, content migrated
user-pool: user pool
app-store: app store, play store, google play, testflight, app review, app icon, splash screen, provisioning profile, bundle identifier, bundle id, signing certificate, code signing, eas
device-link: universal link, app link, deep linking, android link
push-message: push notification, notification push
mobile-app: mobile app, native app, mobile application
real-device: low-end device, real device, physical device, actual device, older device, slow device
moved-over: api key migration, key migration, user migration, customer migration, account migration, email migration, dns migration, domain migration, content migration, file migration
pool: pool, pooling, connection pool, pgbouncer, hikari, hikaricp, max connection, pooler, maximumpoolsize, supavisor, rds proxy, maxconns, minconns, maxopenconns, setmaxopenconns, setmaxidleconns
connection: connection, connect, connectivity, reachable, accessible, reach
rls: rls, row level security, row-level security
foreign-key: foreign key, fk
index: index, indexes, indices, indexe
seq-scan: sequential scan, seq scan, full table scan, seqscan, table scan, full scan
n+1: n+1, n 1 query
slow-query: slow query, long running query, query performance, query time, query optimization, optimize query, query optimized, database performance, db performance, query speed, slow sql, slow statement, slowest statement, slowest query
invariant: data integrity, database integrity, referential integrity, reconciliation, reconcile, orphaned record, orphan record, invariant, data consistency
tls: tls, ssl, tls/ssl, ssl/tls, https/tls, ssl tls
certificate: certificate, cert, let's encrypt, letsencrypt, acme, cert-manager, cert manager, certificate manager, acm, clusterissuer, cluster issuer
certbot: certbot
https: https, http over tls
redirect: redirect, redirection
force: enforce, force, forced, mandatory, only, required, require, enforcement
expiry: expiry, expire, expiration, expiring, renewal, renew, auto-renew, auto renewal, autorenewal
security-header: securityheaders.com, mozilla observatory, http observatory, http response header, http security header, hardened header, flask-talisman, talisman, security header, secure header, http security header, http header, helmet, helmet.js, helmetjs, secure http header, response header
hsts: hsts, strict transport security, strict-transport-security, http strict transport security
csp: csp, csp policy, content security policy, content-security-policy
frame-option: x-frame-options, x frame option, clickjacking, frame-ancestors, frame ancestor, iframe embedding
nosniff: mime type sniffing, content type sniffing, x-content-type-options, x content type option, nosniff, mime sniffing
referrer-policy: referrer policy, referrer-policy
permissions-policy: permissions policy, permissions-policy, feature policy, feature-policy
sri: sri, subresource integrity, sub-resource integrity
x-powered-by: server token, server_tokens, servertokens, x-powered-by, x powered by, server version, version disclosure, server banner, server header
mixed-content: mixed content
cors: corsmiddleware, crossorigin, rack-cors, rack cors, cors.php, django-cors-headers, cors headers, cors, cross-origin resource sharing, cross origin resource sharing, allowed origin, cross-origin request
origin: origin
wildcard: wildcard
csrf: csrf, xsrf, cross-site request forgery, anti-forgery, antiforgery, anti forgery, protect from forgery, csrfviewmiddleware, csurf, verifycsrftoken, csrf middleware, authenticity token, request forgery
xss-header: x-xss-protection, x xss protection
xss: xss, cross-site scripting, cross site scripting, script injection
sql-injection: sql injection, sqli, parameterized query, prepared statement, parameterised query, query parameterized, query parameterised, sqlmap, parametrized query, parameter binding, bind parameter, bind param, sql injection attack
cookie: cookie
httponly: httponly, http-only, http only cookie
samesite: samesite, same-site
gzip: gzip, brotli, compression, compress, deflate, zstd
cache: cache, caching, cached
static-asset: static asset, static file, asset, static content, static resource
health: /up, /heartbeat, health check, healthcheck, health endpoint, /health, /healthz, /api/health, healthz, health-check, health route, health probe, health
launch-readiness: production readiness, launch readiness, release readiness, deployment readiness, operational readiness, go-live readiness, readiness review, production ready
readiness: readiness, /ready, /readyz, readyz, /health/ready, ready probe
liveness: liveness, /live, /livez, livez, /health/live
graceful-shutdown: graceful shutdown, gracefully shut down, sigterm, graceful stop, graceful termination, shutdown gracefully, drain, sigint, shut down gracefully, stop gracefully, exit gracefully, terminate gracefully
zero-downtime: zero downtime, zero-downtime, no downtime, without downtime
file-backup: file backup, back up file storage, back up file, back up upload, back up media, back up storage, upload backup, storage backup, file storage backup, media backup, config backup, code backup
backup: backup, back-up, back up, dump, snapshot, pg_dump, pgbackrest, barman
restore: restore, restoration, restoring, recovery, recover, disaster recovery, dr, restorability, rto, rpo
rollback: rollback, roll back, roll-back, rollout undo, undo a release, revert
pitr: pitr, point in time, point-in-time, point in time recovery, point-in-time recovery
load-test: load test, under load, under heavy load, under concurrent load, under peak load, load testing, stress test, stress testing, performance test, performance testing, concurrent user, load tested, k6, artillery, jmeter, locust, concurrent request, simultaneous user, simultaneous request, soak test, spike test, gatling
unit-test: unit test
integration-test: integration test
e2e-test: e2e test, e2e, end to end test, end-to-end test, playwright, npx playwright, cypress, cypress spec, selenium
browser-test: browser regression, cross-browser, cross browser, browser testing, browser compatibility, safari, firefox
test-payment: test payment, test transaction, test purchase, test charge, payment test
test-mail: test email, test mail, test e-mail, email test message
test-message: test sms, test message, test notification, test call
file-upload: file upload, upload a file, upload of files
rehearsal: rehearse, rehearsal, drill, practise, practice, practised, exercise, game day, trial run, tried, tried out, dry run, dry-run, fire drill
test-run: npm test, npm run test, pnpm test, pnpm run test, yarn test, bun test, go test, cargo test, mvn test, gradle test, artisan test, python manage.py test, php artisan test, rails test, bin/rails test, bundle exec rspec, npm run coverage, npm run test unit, npm run test cov, npm run test coverage, npm run test e2e, npm run test integration, gradlew test, mvnw test, mvn verify, mix test, dotnet test, manage.py test, composer test, make test
test: test, snapshot test, visual snapshot test, tests, testing, test suite, pytest, jest, vitest, rspec, junit, test case
pass: pass, passing, passed, green, succeed, success, successful, successfully
lint: lint, flutter analyze, dart analyze, dart format, npm run lint, pnpm lint, yarn lint, bun run lint, isort, phpstan, larastan, psalm, pint, oxlint, ktlint, checkstyle, swiftlint, detekt, standardrb, go vet, staticcheck, golangci lint, cargo clippy, sonarqube, linter, linting, eslint, flake8, ruff, prettier, black, pylint, rubocop, clippy, stylelint, code style, syntax error, syntax validation, syntax check, static analysis, phpcs, codesniffer, gofmt, hadolint, shellcheck, spotless, spotbugs, cargo fmt, fmt, static code analysis, biome check, dotnet format, mix format, terraform fmt, ruff format, format check, formatting check, static formatting, biome
type-check: typescript build, typescript builds, npm run type check, npm run check types, pnpm typecheck, npm run typecheck, type check, typecheck, type error, typescript error, ts error, typescript compilation, tsc, mypy, pyright, sorbet, svelte check, vue tsc, svelte-check, type checking, type checker, yarn typecheck, bun run typecheck, typechecking, npx tsc, run tsc, tsc noemit, tsc --noemit, tsc -b, typescript compile, typescript compiler, typescript check, typescript issue, typescript type error, typescript strict error, type hint check, static type, static typing, static type check, npm run types, npm run type, vue-tsc, pnpm type check, yarn type check, bun run type check, pnpm tsc, bun tsc, typescript build error
dependency: dependency, package, library, npm package, third-party library, requirements.txt
lockfile: lockfile, lock file, package-lock.json, yarn.lock, pnpm-lock.yaml, poetry.lock, gemfile.lock, composer.lock, uv.lock, cargo.lock, go.sum, bun.lock, npm-shrinkwrap
vulnerability: vulnerability, cve, npm audit, yarn audit, pnpm audit, pip audit, bundle audit, bundler audit, composer audit, cargo audit, govulncheck, owasp dependency check, security advisory, known security issue, security audit dependency, snyk, vulnerable, osv scanner, bundle exec bundler audit, bundler-audit, osv-scanner
git: git, github, gitlab, repository, repo, version control, source control, bitbucket, codebase repository
commit: commit, committed, check into, check in to git
push: push, pushed
branch: branch, main branch, master
ci: ci, ci/cd, ci cd, continuous integration, pipeline, github action, gitlab ci, workflow
user-workflow: user workflow, main workflow, business workflow, critical workflow, core workflow, key workflow, complete workflow, full workflow, entire workflow
console-log: console.log, debug code, debug statement, debugger, print statement, debug log statement
todo: todo, fixme
debug: debug, debug mode, debug=false, debugging, display_errors, development mode
stack-trace: stack trace, stacktrace, traceback, error detail, verbose error, internal error detail
error-page: error page, 404 page, 500 page, custom error, custom 404, custom 500, 404 handler, not found page, 404 error page
not-found: 404, 404s, 404 error, not found
home: home page, homepage, landing page, main page, front page, index page
pagination: pagination, paginated, paginate
page: page, screen
site: site, website, web site, storefront, webshop, web shop, online shop
endpoint: endpoint, route, edge function, serverless function, cloud function
web-address: url, link address
oauth-callback: redirect url, redirect uri, callback url, callback uri, callback, oauth callback
framework: framework, next.js, nextjs, react, react.js, reactjs, vue, vue.js, vuejs, nuxt, angular, svelte, sveltekit, express, express.js, expressjs, nestjs, django, flask, fastapi, rails, ruby on rails, laravel, symfony, spring boot, springboot, asp.net, gem
open-graph: open graph, opengraph, og:image, og:title, og image, og tag, og meta tag, og metadata, social preview, social card, twitter card, link preview
mail-provider: email provider, mail provider, email service provider, mail service provider, smtp provider
visit: visit, navigate to, browse to
renderhost: on render, in render, via render, to render, render.com, render dashboard, render service, render web service
automatic: by default, out of the box, automatically
forgotten: right to erasure, right to be forgotten, right to deletion, be forgotten
self-signed: self-signed, self signed, self-signed certificate, self signed cert
load-balancer: load balancer, load balancing, load balanced, loadbalancer, alb, elb, nlb
load-time: loads quickly, loads fast, loading fast, loading quickly, load time, page load time, loading time, loading speed, page speed, load speed
load: load, loads, displays, opens, responds, respond, answer, render
points-to: points to, point to, pointing to, pointed to, pointed at
broken-link: broken link, dead link, link checker, broken url, internal link, no broken link, link check
link: link, navigation, navigation menu, navbar link, footer link, menu link, navigation link
robots: robots.txt, /robots.txt, robots
noindex: noindex, no-index, not indexed, search engine indexing
sitemap: sitemap, sitemap.xml, /sitemap.xml
security-txt: security.txt, /.well-known/security.txt, vulnerability disclosure
realtime: real-time, real time, realtime
websocket: websocket, web socket, wss, ws, socket.io, socketio, socket, real-time connection, realtime connection, live connection, action cable, actioncable, signalr, laravel reverb, reverb, laravel echo, django channel, soketi, phoenix channel
webhook: webhook, web hook
signature: signature, signed, signing
idempotent: idempotent, idempotency, processed once, exactly once, replay safe, duplicate
service-worker: service worker
worker: worker, background worker, celery, celery worker, sidekiq, bullmq, resque, queue worker, solid queue, delayed job, dramatiq, laravel horizon, goodjob, hangfire server, oban, dramatiq worker, rq worker, arq worker, pg boss, graphile worker, temporal worker
job: job, background job, background task, async task, asynchronous task, background process, background processing
queue: queue, job queue, message queue
dead-letter: dead letter, dead-letter, dlq, failed job
cron: cron, cron job, cronjob, crontab, scheduled task, scheduled job, scheduler, celery beat, beat, periodic task, periodic job, recurring job, pg cron, recurring task, vercel cron, cron trigger, apscheduler, node-cron, cloud scheduler, scheduled function, scheduled cloud function, scheduled lambda
redis: redis, elasticache, valkey, upstash
persistence: persistence, aof, rdb, persistent, appendonly, append-only
eviction: eviction, maxmemory, max memory, allkeys-lru, eviction policy, noeviction, volatile-lru, allkeys-lfu, lru
stripe: stripe
account-opening: account set up, set up account, set up an account, account created, create account, create an account, account opened, open an account, create oauth, create api key, generate api key
third-party: third party, third-party, 3rd party, 3rd-party, vendor, external provider
payment: payment, checkout, billing, charge
live-mode: live mode
live-key: production mode key, live key, production key, production api key, live api key, production stripe key
jwt: jwt, json web token, bearer token, access token
token: token
auth: authentication, auth, authenticated, authorized, authenticate, authenticator, authorizer
authorization: authorization, authorisation, permission, access control
rbac: rbac, role-based access, role based access, role-based access control, role based access control
protected: protected, protect, private, restricted
forbidden: 403, forbidden
tls-newest: tls 1.3, tlsv1.3, tls v1.3, ssl 1.3
tls-usual: tls 1.2, tlsv1.2, tls v1.2, tls 1.2+
tls-old: tls 1.0, tls 1.1, tlsv1.0, tlsv1.1, tlsv1, tls v1.0, tls v1.1, tls 1.0 1.1, sslv2, sslv3, ssl 3.0, legacy tls, old tls
sk-live: sk_live, pk_live
own-file: own file, somebody else's file, somebody else's image, someone else's file, someone else's image, other user's file, own upload, own image, own object, own photo, own clip, own folder, another user's file, other people's file, file of another user, file of other, file of another
unauthenticated: unauthenticated, without authentication, without being authenticated, without authenticating, without auth, without credential, anonymously, without login, without logging in, without a login, without signing in, without sign-in, without being logged in, not logged in, not signed in, logged out user, signed out user, anonymous, unauthorized, unauthorised, without token, missing token, missing jwt, no token, 401
login: login, /login, /signin, /sign-in, log in, logging in, user logs in, logs in as, logs in with, sign in, signin, sign-in, logon
logout: logout, log out, log-out, sign out, signout, log off
brute-force: brute force, brute-force, account lockout, lockout, login attempt, credential stuffing, brute force attack, brute-force attack
oidc: oidc, openid, openid connect, oauth, oauth2, identity provider, idp, auth0, cognito, clerk, keycloak, okta, jwks
node-env: node_env, node env, node environment, production mode
log-level: log level, logging level, loglevel, log verbosity
log: log, logging, logs, logger, log in production, logging in place, logging in production
monitor: monitor, monitoring, observability, observe, watch
alert: alert, alerting, alarm, alert notification
pager-service: pagerduty, page duty, pager duty, opsgenie, victorops, squadcast
uptime: uptime, uptime monitoring, uptimerobot, pingdom, uptime robot, better uptime, betteruptime, better stack, betterstack, statuscake, status cake, uptime kuma, hetrixtools, freshping, checkly
error-tracking: exception tracking, exception monitoring, error tracker, glitchtip, error tracking, error monitoring, sentry, honeybadger, bugsnag, rollbar, crash reporting, error reporting, flare, logrocket, appsignal, airbrake, raygun, elmah, trackjs, highlight.io, crashlytics
prometheus: prometheus, openmetrics, promql, prom-client, promhttp, micrometer
source-map-upload: source map upload, upload source map, source map uploaded, sourcemap upload, upload sourcemap, sourcemap uploaded, upload of source maps, source maps to sentry
image-scan: image scan, image scanning, scan image, scan docker image, docker image scan, container scan, container scanning, scan container, docker scan, docker scout, container image scan, image vulnerability, image vulnerability scan, container vulnerability, trivy, grype
dependabot: dependabot, renovate
metric: metric, grafana, statsd
dashboard: dashboard
`;

/** Meanings that are a kind of another. */
export const BROADER = `
test-run: test
test-mail: email, test-message
prometheus: metric
sendgrid: mail-provider
mailgun: mail-provider
postmark: mail-provider
resend: mail-provider
ses: mail-provider
mailjet: mail-provider
brevo: mail-provider
pager-service: alert
certbot: certificate
rehearsal: test
tls-newest: tls
tls-usual: tls
tls-old: tls
sk-live: live-mode, stripe
migration-file: migration
unit-test: test
integration-test: test
e2e-test: test
postgres: database
slow-query: query
liveness: health
readiness: health
jwt: token
error-page: page
home: page, site
log-level: log
dotenv: env-var
env-example: dotenv
lockfile: dependency
live-key: live-mode
ffmpeg: binary
ffprob: binary
imagemagick: binary
wkhtmltopdf: binary
ghostscript: binary
libreoffic: binary
tesseract: binary
poppler: binary
libvip: binary
exiftool: binary
pandoc: binary
graphviz: binary
chromium: binary
`;
