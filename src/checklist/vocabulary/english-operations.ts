/** As `SYNONYMS`: words for names, machines, what runs on them, and what is done and said of it. */
export const SYNONYMS_OF_OPERATIONS = `
name-server: nameserver, name server, ns record, ns server, authoritative server, dns server, ns redundancy
dns: dns, a record, cname, dns record, route 53, route53, dns entry, dns zone, cname record, cname entry
domain: domain, subdomain, hostname, domain name
email-verification: email verification, verify email, email confirmation, confirmation email, verification email, welcome email
email: email, e-mail, mail, smtp
firewall: firewall, ufw, iptables
purchase-order: purchase order
security-group: security group, network acl
status-page: status page, statuspage, statusseite, status-page
port: port
cdn-clear: clear cdn cache, clear the cdn cache, purge cdn cache, purge the cdn cache, cdn cache purge, cdn cache cleared, cdn cache purged, cdn cache invalidated, cdn cache invalidation, invalidate cdn cache, invalidate the cdn cache, flush cdn cache, cdn purge, cdn invalidation, cloudfront invalidation, invalidate cloudfront, purge cloudflare cache, clear cloudflare cache, cloudflare cache purge
admin-url: admin url, admin login url, admin address
horizontal-scroll: horizontal scroll, horizontal scrolling, horizontal scrollbar, horizontal scroll bar, horizontal overflow, scroll sideways, scrolled sideways
http2: http2, http/2, http 2, h2
phone-number: phone number, telephone number, contact number
service-to-service: service-to-service, service to service, machine-to-machine, machine to machine, inter-service, between services
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
header-size: 431, http 431, header size, headers size, header buffer size
body-size: 413, http 413, body size, payload size, upload size, upload limit, file size limit, request size, file upload limit, content length limit, body limit, payload limit
timeout: timeout, time-out, time out
seed: seed
security: security, secure, secured, securely
session: session
secret-store: ssm parameter, ssm, secrets manager, secret manager, key vault, parameter store, doppler, vault
optimize: optimize, optimise, optimization, optimisation, tune, tuning
lawyer: lawyer, attorney, legal advisor, legal adviser, legal counsel, law firm, solicitor
docker-image: docker image, container image, docker build, dockerfile, multi-stage build, multi-stage docker build, multistage build
bundle-size: bundle javascript, bundle js, bundle size, bundle weight, javascript bundle, js bundle, bundle budget
build-time: build time, build duration, compile time
build: build, compile, compilation, compiler, bundle, production build, npm run build, build artifact, built
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
pagespeed: pagespeed, pagespeed insights, page speed insights, lighthouse, google lighthouse, lighthouse performance test, lighthouse ci, psi score
web-vital: web vital, core web vital, cwv
lcp: lcp, largest contentful paint
fcp: fcp, first contentful paint
cls: cls, cumulative layout shift
tbt: tbt, total blocking time
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
