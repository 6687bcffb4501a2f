/**
 * Words that mean the same in a launch checklist, one meaning a line: the meaning, then the words and phrases for it.
 * Word forms (plural, -ing, -ed) need no entry of their own.
 */
export const SYNONYMS = `
rate-limit: rate limit, rate limiter, ratelimit, throttle, throttling, request limit, express-rate-limit, rack attack, rack::attack, flask-limiter, slowapi, bucket4j, django-ratelimit
env-var: configmap, config map, app setting, application setting, env var, env variable, environment variable, environment var, config var, environment config, environment configuration, environment setting, env config, env
dotenv: .env, dotenv, .env.production file, .env.local file, .env.prod, .env file, env file, environment file, .env.production, .env.local, .env.staging
git-folder: .git, .git folder, .git directory, git folder
env-example: .env.example, .env example, env.example, example .env, .env.sample, .env.template, example env file, env example, env template
gitignore: .gitignore, git ignore, gitignore
secret: secret, credential, api token, bot token, api key, apikey, access key, private key, secret key
password-policy: password validation, password policy, password requirement, password complexity, password strength requirement, password rule
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
certificate: certificate, cert, let's encrypt, letsencrypt, certbot, acme, cert-manager, cert manager, certificate manager, acm, clusterissuer, cluster issuer
https: https, http over tls
redirect: redirect, redirection
force: enforce, force, forced, mandatory, only, required, require, enforcement
expiry: expiry, expire, expiration, expiring, renewal, renew, auto-renew, auto renewal, autorenewal
security-header: http response header, http security header, hardened header, flask-talisman, talisman, security header, secure header, http security header, http header, helmet, helmet.js, helmetjs, secure http header, response header
hsts: hsts, strict transport security, strict-transport-security, http strict transport security
csp: csp, csp policy, content security policy, content-security-policy
frame-option: x-frame-options, x frame option, clickjacking, frame-ancestors, frame ancestor, iframe embedding
nosniff: mime type sniffing, content type sniffing, x-content-type-options, x content type option, nosniff, mime sniffing
referrer-policy: referrer policy, referrer-policy
permissions-policy: permissions policy, permissions-policy, feature policy, feature-policy
sri: sri, subresource integrity, sub-resource integrity
x-powered-by: x-powered-by, x powered by, server version, version disclosure, server banner, server header
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
test-message: test email, test mail, test sms, test message, test notification, test call
file-upload: file upload, upload a file, upload of files
rehearsal: rehearse, rehearsal, drill, practise, practice, practised, exercise, game day, trial run, tried, tried out, dry run, dry-run, fire drill
test-run: npm test, npm run test, pnpm test, pnpm run test, yarn test, bun test, go test, cargo test, mvn test, gradle test, artisan test, python manage.py test, php artisan test, rails test, bin/rails test, bundle exec rspec, npm run coverage, npm run test unit, npm run test cov, npm run test coverage, npm run test e2e, npm run test integration, gradlew test, mvnw test, mvn verify, mix test, dotnet test, manage.py test, composer test, make test
test: test, tests, testing, test suite, pytest, jest, vitest, rspec, junit, test case
pass: pass, passing, passed, green, succeed, success, successful, successfully
lint: lint, npm run lint, pnpm lint, yarn lint, bun run lint, npm run type check, npm run check types, isort, phpstan, larastan, psalm, pint, pyright, oxlint, ktlint, checkstyle, swiftlint, detekt, standardrb, sorbet, go vet, staticcheck, golangci lint, cargo clippy, sonarqube, pnpm typecheck, npm run typecheck, linter, linting, eslint, flake8, ruff, prettier, black, pylint, rubocop, clippy, stylelint, code style, type check, typecheck, type error, typescript error, ts error, typescript compilation, tsc, mypy, compile error, compiler warning, syntax error, syntax validation, syntax check, static analysis, phpcs, codesniffer, gofmt, hadolint, shellcheck, spotless, spotbugs, cargo fmt, fmt, static code analysis, biome check, dotnet format, mix format, terraform fmt, ruff format, format check, formatting check, static formatting, biome, svelte check, vue tsc, svelte-check
dependency: dependency, package, library, npm package, third-party library, requirements.txt
lockfile: lockfile, lock file, package-lock.json, yarn.lock, pnpm-lock.yaml, poetry.lock, gemfile.lock, composer.lock, uv.lock, cargo.lock, go.sum, bun.lock, npm-shrinkwrap
vulnerability: vulnerability, cve, npm audit, yarn audit, pnpm audit, pip audit, bundle audit, bundler audit, composer audit, cargo audit, govulncheck, trivy, grype, owasp dependency check, security advisory, known security issue, security audit dependency, snyk, dependabot, vulnerable, osv scanner, bundle exec bundler audit, bundler-audit, osv-scanner
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
tls-newest: tls 1.3, tlsv1.3, tls v1.3
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
error-tracking: exception tracking, exception monitoring, error tracker, glitchtip, source map upload, upload source map, source map uploaded, sourcemap upload, error tracking, error monitoring, sentry, honeybadger, bugsnag, rollbar, crash reporting, error reporting, flare, logrocket, appsignal, airbrake, raygun, elmah, trackjs, highlight.io, crashlytics
metric: metric, prometheus, grafana, statsd
dashboard: dashboard
name-server: nameserver, name server, ns record, ns server, authoritative server, dns server, ns redundancy
dns: dns, a record, cname, dns record, route 53, route53, dns entry, dns zone, cname record, cname entry
domain: domain, subdomain, hostname, domain name
email-verification: email verification, verify email, email confirmation, confirmation email, verification email, welcome email
email: email, e-mail, mail, smtp
firewall: firewall, security group, ufw, iptables
port: port
ssh: ssh, sshd, sshd config
disk: disk, disk space, storage space, disk usage
thread-pool: thread pool
memory-leak: memory leak
leak: leak, reveal, disclose, give away, leakage
code-part: utility, helper, connection manager
memory: memory, ram
cpu: cpu
strong: strong, openssl rand, openssl rand base64, openssl rand hex, random byte, randombytes, token_urlsafe, secure random, random, complex, long, 32+, 256-bit, 256 bit, at least 32, min 32, 64 character, cryptographically secure
default: default, changeme, change me, change this, placeholder
example: example
unique: unique, different, distinct, separate, separately, differ
rotate: rotate, rotation, rotated
key-rotation: secret rotation, key rotation, credential rotation, password rotation, api key rotation, rotation policy, rotation schedule, automatic rotation
launch-readiness: production readiness, launch readiness, release readiness, operational readiness, go-live readiness
resource-limit: resource limit, cpu limit, resource request, resource quota, cpu and memory limit, memory and cpu limit, cpu memory limit, memory cpu limit
limit: limit, maximum, max, cap
header-size: header size, headers size, header buffer size
body-size: body size, payload size, upload size, upload limit, file size limit, request size, file upload limit, content length limit, body limit, payload limit
timeout: timeout, time-out, time out
seed: seed
security: security, secure, secured, securely
session: session
secret-store: ssm parameter, ssm, secrets manager, secret manager, key vault, parameter store, doppler, vault
optimize: optimize, optimise, optimization, optimisation, tune, tuning
docker-image: docker image, container image, docker build, dockerfile
bundle-size: bundle javascript, bundle js, bundle size, bundle weight, javascript bundle, js bundle, bundle budget
build-time: build time, build duration, compile time
build: build, compile, bundle, production build, npm run build, build artifact, built
version: version
deploy: deploy, deployment, release
build-setup: build process, build setting, build configuration, build command, configure build, configure build command, configure build process, set build, set build command, build configured
secret-management: secret management, secrets management, credential management, manage secrets
commented-code: commented out code, commented-out code, dead code
failing-test: failing test, failed test, test failure, tests fail, test failing
throttled: not rate limited, no rate limiting, rate limit issue, rate limit error, rate limiting issue, rate limit problem
migration-tool: flask migrate, migration tool, migration framework, migration system
board: grafana dashboard, dashboard to configure, dashboard to create, dashboard to build, key dashboard, monitoring dashboard, metrics dashboard, cloudwatch dashboard
least-machine: minimum requirement, system requirement, hardware requirement, server requirement, server specs, server specification, hardware
dev-environment: development environment, dev environment, local development, local dev, development setup
right-figure: correct data, right data, correct total, correct number, accurate data, correct amount, correct value, accurate number
low-end: low-end device, real device, physical device, slow device, older device
pipeline-secret: deployment secret, deploy secret, deploy key, github secret, github actions secret, actions secret, repository secret, ci secret, ci/cd secret, gitlab ci variable, secrets github, secrets in github, secrets to github, github environment variable, github actions variable, github variable, github environment secret
io: i/o, disk i/o, disk io, iops, io wait
starts-up: starts successfully, started successfully, start without error, starts cleanly, boots successfully, boot without error, boots cleanly, comes up
verify: verify
development: development, dev
public-prefix: next public, nuxt public, expo public
nodejs: node.js, nodejs
response-time: response time, latency, p95, p99, percentile response time, respond in, respond within, respond under, ttfb, time to first byte, fast response, response fast
error-rate: error rate
row: row
superuser: superuser, postgres superuser
least-privilege: least privilege, minimal permission, minimum permission, limited permission, restricted permission, minimum privilege, minimal privilege, database permission, database user permission, user and permission
statement-timeout: statement timeout, query timeout, lock timeout, idle in transaction, query time out, queries time out
vacuum: vacuum, autovacuum, bloat, dead tuple, dead row, n dead tup
encrypt: encrypt, encrypted, encryption
in-transit: in transit, in-transit
user-data: user data, their data, my data, their own data, your data, users data
old-page: old url, old page, legacy url, legacy page, legacy path, old link, old path, old website, old site, old address
master-key: master key, rails master key
encryption-key: encryption key
custom-errors: customerrors
request-rate: requests per second, request per second, rps, requests per minute
process-manager: process manager
test-key: test key, test api key, development key, dev key, test credential, development credential, test mode key, test-mode key, testing key, test token, test secret key, test publishable key
pii: pii, personal data, personal information, personally identifiable information
sensitive: sensitive data, sensitive information
bundle-leak: client bundle, frontend bundle, client code, exposed to the client, exposed to client, public bundle, frontend code
validate: validate, validated, validation
image: image, picture, photo
responsive: responsive
accessibility: accessibility, a11y, wcag, wcag compliance, wcag aa, wcag 2.1 aa, wcag 2.2 aa, accessibility compliance, accessibility standard
overlap: overlap, overlapping, withoutoverlapping, disallowconcurrentexecution, concurrencypolicy, concurrencypolicy forbid, double run, run twice
pagespeed: pagespeed, lighthouse, web vital, core web vital
helpdesk: support request, support ticket, customer support, support team, support channel, support email
coverage: coverage, code coverage, test coverage
scalability: scalability, scalable, scale, scaling, auto-scaling, autoscaling
high-availability: high availability, highly available, ha, multi-az, multi az
error-look: check sentry, review sentry, monitor sentry, watch sentry, no error in sentry, no errors in sentry, new error in sentry, unresolved error in sentry, sentry for error, sentry for new error, sentry for exception, sentry show no, show no new error
start-by-hand: start redis, start server, start backend, start frontend, start database, start postgres, start postgresql, start development server, start dev server
inventory: tech stack, technology stack, deliverable, files created, files modified, files changed, file structure, folder structure, useful link, important link, important url, useful command, quick link, quick reference, lessons learned, known limitation, future improvement, future enhancement
config-test: config test pass, nginx config test, nginx configuration test, test nginx configuration, nginx -t, configtest
os-package: system dependency, system library, system package, os package, apt package
security-update: security update, security patch, system update, os patch, operating system patch, operating system update, security fix
written-process: process defined, procedure defined, process established, procedures defined, process documented, strategy defined, strategy decided, strategy outlined, strategy documented
reject: reject, refuse, deny, block, denied
remove: remove, delete, drop, purge, clean up, cleaned up, deletion, removal, wipe, erase, erasure
escape: escape, sanitize, sanitise, sanitization, encode, encoding, output encoding
terms: terms, terms of service, terms of use, terms and conditions, terms & conditions, terms conditions, tos, t&c
failover: failover, fail over, fails over
match: match, mirror, identical, parity
configur: configure, configured, configuration, set, set up, setup, set-up, in place, put in place
test-account: test account, demo account, dummy account, sample account, test user, demo user, dummy user
superfluous: unused, unnecessary, unneeded, redundant, obsolete, stale, orphaned dns, decommissioned, orphaned cname
spa-fallback: spa fallback, deep link, client-side routing, client side routing, page refresh, try_files, frontend routing, front-end routing
cannot: cannot, can't, can not, cant, unable, not able, nobody can, no one can, impossible
idor: idor, insecure direct object reference, bola, enumerable id
enough: enough, plenty, ample, to spare, headroom
oom: oom, oomkilled, oom kill, oom killed, oom killer, out of memory, out-of-memory
unprivileged: unprivileged, non-privileged, without privileges, www-data, runasuser, runasnonroot, unprivileged user
nofile: nofile, limitnofile, ulimit, ulimit n, rlimit nofile, file descriptor, file descriptor limit, open files limit, open file limit, max open file, fs file max, file max, file handle, file handle limit
journald: journald, systemmaxuse, systemd journal
reboot: reboot, needrestart
pending: pending, outstanding
fail2ban: fail2ban, sshguard, crowdsec, denyhosts
ntp: ntp, ntpd, chrony, chronyd, timesyncd, timedatectl, time sync, time synchronization, time synchronisation, clock sync
synchronized: synchronized, synchronised, synchronise, sync, synchronisation, synchronization
listen: listen, listening, listener, listens
discovery: discovery, discover
capacity: capacity, capacities
short-lived: short-lived, short lived, shortlived
ttl: ttl, time to live, time-to-live
concurrent: concurrent, simultaneous, simultaneously, parallel
reconnect: reconnect, reconnection, withautomaticreconnect, automatic reconnect, re-connect, connect again
commit-sha: commit sha, sha, commit hash
dst: dst, daylight saving, daylight saving time, daylight savings, summer time, clock change
quota: quota, usage limit, usage quota, plan limit, usage cap
primary-key: primary key, pk
xid: xid, datfrozenxid, wraparound, wrap-around, maximumusedtransactionids, transaction id wraparound, transaction wraparound, txid
bcrypt: bcrypt, argon2, argon2id, scrypt, pbkdf2, bcryptpasswordencoder
off-site: off-site, offsite, outside the server, another region, other region, different region, second region, another account, separate account, another location, other location, elsewhere, another data centre, another data center, different server, another provider, other than the server, failure domain, different account, another availability zone, different availability zone, different cloud
consent: consent, opt-in, optin, cookie consent given
tracking-script: tracking pixel, meta pixel, facebook pixel, marketing tag, tracker, tracking tag, tracking cookie
data-processor: data processor, sub-processor, subprocessor, data recipient
clean: clean, finds nothing, find nothing, reports nothing, returns nothing, shows nothing, no findings, no finding, cleanly
overflow: overflow, overflows
overwrite: overwrite, overwritten
validity: validity, validities
executable: executable, executables
tunnel: tunnel, tunnels
systemctl: systemctl, systemctl enable
requirepass: requirepass, require pass
record: record, entry
convert: convert, converts, conversion
scrub: scrub, scrubbed, redact, mask
subject-access: subject-access, subject access request, data subject request, data access request
h264: h264, h.264, x264, libx264
h265: h265, h.265, x265, libx265, hevc
broken: broken, tampered, altered
expos: expose, exposed, exposure, not public, not publicly available
bypass: bypass, get around, way around, circumvent, circumvented
app-pool: app pool, application pool, iis app pool
kept-unset: not set, not be set, unset, not defined, no longer used, no longer needed, no longer required, not needed anymore, don't add, do not add, don't set, do not set, must be removed, should be removed, not configured
externalize: externalize, externalise, externalization, externalisation, externalized, externalised
restart-policy: restart policy, restart policies, unless stopped, restart unless stopped
pull-request: pull request, pr, prs, merge request
`;

/** Meanings that are a kind of another. */
export const BROADER = `
test-run: test
sendgrid: mail-provider
mailgun: mail-provider
postmark: mail-provider
resend: mail-provider
ses: mail-provider
mailjet: mail-provider
brevo: mail-provider
pager-service: alert
rehearsal: test
tls-newest: tls
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
