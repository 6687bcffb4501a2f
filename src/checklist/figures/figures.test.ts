import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseChecklist } from "../markdown/parse.ts";
import { figuresOf } from "./figures.ts";

const CODE = "```";

/** Of the last line of a list. */
function saidIn(markdown: string): string {
  const item = parseChecklist(markdown).items.at(-1);
  return (item ? figuresOf(item) : []).map(({ name, value }) => `${name}=${value}`).join(" ");
}

describe("what lines say", () => {
  it.each<[line: string, says: string]>([
    ["**Performance**: <500ms response time, <1% error rate", "p95=500ms errors=1%"],
    ["99.9% uptime (no more than 8 seconds downtime)", "availability=99.9%"],
    ["API Response Time: <500ms (95th percentile)", "p95=500ms"],
    ["P99 latency under 2 seconds", "p99=2s"],
    ["<500ms average response time", "mean=500ms"],
    ["Verfügbarkeit 99,9 %, Antwortzeit unter 500 ms", "availability=99.9% p95=500ms"],
    ["Taux d'erreur < 1 %", "errors=1%"],
    ["响应时间 < 500ms", "p95=500ms"],
    ["Uptime <99% (2+ hours downtime)", "availability-below=99% over=2h"],
    ["Error rate >5%", "errors-above=5%"],
    ["Slow response times (>1s)", "latency-above=1s"],
    ["Rollback within 15 minutes", "rollback=15m"],
    ["Token TTL = 1200 seconds (20 min)", "token-lifetime=1200s"],
    ["A token lives 1,200 seconds", "token-lifetime=1200s"],
    ["Session timeout 30 minutes", "token-lifetime=30m"],
    ["Minimum password length 12", "at-least=12"],
    ["Passwörter mindestens 10 Zeichen", "at-least=10"],
    ["Password hash with at least 10 rounds", ""],
    ["Admin password rotated, 24 people told", ""],
    ["SSL certificate expiring (<30 days)", "expires-within=30d"],
    ["billing_tick() every 60s", "every=60s"],
    ["Runs at `30 3 * * *`", "cron=30 3 * * *"],
    ["Automated backups (daily), retention 30 days", "backup-keep=30d backup-every=1d"],
    ["Monthly backup verification", ""],
    ["RTO < 5 minutes, RPO < 1 hour", "rto=5m rpo=1h"],
    ["Lambda cold start < 1s", "within=1s"],
    ["Backups kept for 2 weeks", "backup-keep=2w"],
    ["High CPU usage (>80%)", "at-least=80%"],
    ["Disk space low (<10%)", "at-most=10%"],
    ["Generate secure JWT secret (256-bit)", "key-bits=256"],
    ["Enable Redis persistence (AOF + RDB)", "persistence=aof+rdb"],
    ["Configure maxmemory policy (allkeys-lru)", "eviction=allkeys-lru"],
    ["Configure firewall (ports 80, 443, 22)", "port=80 port=443 port=22"],
    ["`NODE_ENV=production`", "variable=NODE_ENV value=production"],
    ["`DEBUG=False` enforced", "variable=DEBUG value=False"],
    ["`STRIPE_SECRET_KEY` set", "variable=STRIPE_SECRET_KEY"],
    ["Follow PUBLIC_ROUTES_ARCHITECTURE.md", "file=PUBLIC_ROUTES_ARCHITECTURE.md"],
    ["docs/DATA_MODEL.md (schema)", "file=docs/DATA_MODEL.md"],
    ["Stripe webhook at `/stripe/webhook/`", "webhook=/stripe/webhook/"],
    ["`/api/health` answers", "health=/api/health"],
    ["`checkout.session.completed`", "event=checkout.session.completed"],
    ["Test https://app.example.com/login.", "url=https://app.example.com/login"],
    ["Run migrations (`npm run migrate`)", "run=npm run migrate"],
    ["Upload limit 10MB", "body-limit=10MB"],
    ["express.json limit (10kb)", "body-limit=10KB"],
    ["JSON-Limit gesetzt (10kb)", "body-limit=10KB"],
    ["Request-Größe begrenzt (10 KB)", "body-limit=10KB"],
    ["Cache entries limited (10kb)", "at-most=10KB"],
    ["Cache holds 10kb of words", ""],
    ["Datenbank-Pool (max. 5 pro Instanz)", "pool=5"],
    ["Connection pool limited: at most 20 connections per instance", "pool=20"],
    ["DB pool max 10", "pool=10"],
    ["Jobs begrenzt (max. 5 pro Instanz)", "at-most=5"],
    ["Team of max. 5 people", ""],
    ["T-24 hours, v1.2.3, HTTP/2, 404 and 500", ""],
    ["Certificate expiry watched (Let's Encrypt expires in 90 days)", ""],
    ["First Contentful Paint < 1.5s", "fcp=1.5s"],
    ["Largest Contentful Paint (LCP) under 2.5 seconds", "lcp=2.5s"],
    ["LCP < 2.5s, CLS < 0.1, TBT < 200ms", "lcp=2.5s blocking=200ms cls=0.1"],
    ["LCP < 2.5s on the landing page", "within=2.5s"],
    ["Time to Interactive < 3.8s", "within=3.8s"],
    ["LCP > 4s", ""],
    ["Page load time < 2s", "page-load=2s"],
    ["Seiten laden in unter 3 Sekunden", "page-load=3s"],
    ["页面加载时间 < 3s", "page-load=3s"],
    ["Homepage load time < 3s", "p95=3s"],
    ["Page load time p95 < 2s", "p95=2s"],
    ["Lighthouse score > 90", "lighthouse=90"],
    ["Run Lighthouse audit (target: 90+ on all metrics)", "lighthouse=90"],
    ["Lighthouse score needs to be 100", "lighthouse=100"],
    ["Lighthouse: performance ≥ 80%, SEO at least 95", "lighthouse-performance=80 lighthouse-seo=95"],
    ["Lighthouse accessibility and SEO scores above 90", "lighthouse-seo=90"],
    ["Lighthouse must not fall to < 75", ""],
    ["Lighthouse run on 90 pages", ""],
    ["Passwords hashed with bcrypt (cost factor 12)", "hash=bcrypt hash-cost=12"],
    ["Passwords hasheados con bcrypt (10 rounds mínimo)", "hash=bcrypt hash-cost=10"],
    ["Passwords hashed with Argon2id", "hash=argon2id"],
    ["Passwords hashed (bcrypt/argon2)", ""],
    ["Passwords hashed, e.g. with bcrypt", ""],
    ["Client secrets hashed with argon2", ""],
    ["PIN hashing uses scrypt", ""],
    ["DMARC record with p=reject", "dmarc=reject"],
    ["DMARC policy set to quarantine", "dmarc=quarantine"],
    ["DMARC: quarantine or reject", ""],
    ["DMARC p=none, p=reject later", ""],
    ["HSTS: max-age=31536000; includeSubDomains; preload", "max-age=31536000 hsts=preload"],
    ["HSTS with includeSubDomains", "hsts=includesubdomains"],
    ["HSTS enabled (1 year)", "max-age=365d"],
    ["HSTS checked before includeSubDomains/preload", ""],
    ["Preload critical fonts", ""],
    ["DNS TTL lowered to 300s", "ttl=300s"],
    ["Raise DNS TTL back to 3600s", ""],
    ["Redis TTL 300s for sessions", "token-lifetime=300s"],
    ["Node.js 18+ installed", "version=node@18"],
    ["Node 20.x", "version=node@20"],
    ["PHP 8.2.12 ou supérieur", "version=php@8.2.12"],
    ["PHP 8.1 or newer, Composer 2", "version=php@8.1 version=composer@2"],
    ["Docker版本 ≥ 20.10", "version=docker@20.10"],
    ["Upgraded from Node 16", ""],
    ["Python 2 is gone", ""],
    ["nginx 80 and 443 open", ""],
    ["PostgreSQL 15+", ""],
    ["Docker Compose V2", ""],
    ["Login rate limiting (5 attempts per 15 minutes)", "every=15m attempts=5"],
    ["Brute force: 3 failed logins lock the account", "attempts=3"],
    ["Magic link login (3 attempts per hour)", ""],
    ["Rate limiting: 100 requests/min per IP", "requests-per-minute=100"],
    ["API rate limit of 1,000 requests per hour", "requests-per-minute=16.67"],
    ["Rate limit: 10 req/s", "requests-per-minute=600"],
    ["Handles 1000 requests per second", "requests-per-second=1000"],
    ["Load testing completed (target: 100 RPS)", "requests-per-second=100"],
    ["Load test: 100 concurrent active sessions", "users=100"],
    ["Load tested with 1,000 concurrent users", "users=1000"],
    ["Load testing (if expecting >1000 concurrent users)", ""],
    ["Load Testing (50-100 gleichzeitige Nutzer)", ""],
    ["4 CPU cores, 8GB RAM, 50GB SSD", "memory=8GB disk=50GB cores=4"],
    ["20 GB freier Speicher", ""],
    ["Bundle size < 500KB", "scripts=500KB"],
    ["Main bundle < 500KB", "at-most=500KB"],
    ["Upload limit (e.g. 10MB)", ""],
    [".env file permissions restricted (chmod 600 .env)", "mode=600"],
    [".env.prod 权限为 600", "mode=600"],
    ["Permissions storage/ (775)", ""],
    ["Secrets answered in 600 ms", ""],
    ["Database port (3306) NOT exposed to the internet", "closed-port=3306"],
    ["3000, 5432, 6379 - fechado (apenas interno)", "closed-port=3000 closed-port=5432 closed-port=6379"],
    ["Redis port (6379) only accessible from localhost", "closed-port=6379"],
    ["All but 8080 blocked", ""],
    ["Puertos 80 y 443 abiertos", ""],
    ["Redis persistence configured (RDB or AOF)", ""],
    ["Persistence (AOF/RDB) enabled", ""],
    ["Stripe webhooks arrive (look at /admin/webhooks)", "path=/admin/webhooks"],
    ["응답 시간 < 200ms", "p95=200ms"],
    ["에러율 0.1% 이하", "errors=0.1%"],
    ["Laadtijd < 3 seconden", "page-load=3s"],
    ["Tempo di risposta sotto 2 secondi", "p95=2s"],
    ["Время ответа не более 500 мс", "p95=500ms"],
    ["Час відповіді нижче 2 секунди", "p95=2s"],
    ["Yanıt süresi < 1 saniye", "p95=1s"],
    ["応答時間 500ms以内", "p95=500ms"],
    ["稼働率 99.9%以上", "availability=99.9%"],
    ["Backup diário, retenção", "backup-every=1d"],
    ["백업 매일, 보관 30일", "backup-keep=30d backup-every=1d"],
    ["Резервне копіювання щоденно", "backup-every=1d"],
    ["Backup retention 30 hari", "backup-keep=30d"],
    ["Team of 5 trained on 2 May", ""],
    ["Certificate expiry monitored (Let's Encrypt expires in 90 days)", ""],
    ["Certificate valid for more than 60 days", "expires-within=60d"],
    ["Lower the DNS TTL of the records to 300s", "ttl=300s"],
    ["Artist gets the right share (50%/60%/70%)", ""],
    ["Free plan: 5 scans/1 domain, networks of /16", ""],
    ["访问/api/users返回200", "path=/api/users"],
    ["API responds: https://api[-staging].example.com/status", ""],
    ["Webhook (https://example.com/stripe/hook）→ 200", "url=https://example.com/stripe/hook"],
    [
      "CORS: https://a.example.com,https://b.example.com",
      "url=https://a.example.com url=https://b.example.com",
    ],
  ])("%s", (line, says) => {
    expect(saidIn(`- [ ] ${line}\n`)).toBe(says);
  });

  it("takes the one command of a fence below the line", () => {
    expect(saidIn(`- [ ] Migrate\n\n${CODE}bash\n# first\n$ npm run migrate\n${CODE}\n`)).toBe(
      "run=npm run migrate",
    );
    expect(saidIn(`- [ ] Report\n\n${CODE}\n- [ ] one\n${CODE}\n`)).toBe("");
    expect(saidIn(`- [ ] Report\n\n${CODE}\n[x] one\n${CODE}\n`)).toBe("");
    expect(saidIn(`- [ ] Migrate\n\n${CODE}bash\nnpm ci\nnpm run migrate\n${CODE}\n`)).toBe("");
  });

  it("takes what a figure is of from the heading, where the line does not say", () => {
    expect(saidIn("## Response times\n- [ ] < 300 ms\n")).toBe("p95=300ms");
    expect(saidIn("## Something\n- [ ] < 300 ms\n")).toBe("within=300ms");
  });

  it("never throws and never takes long, whatever stands in a line", () => {
    const word = fc.constantFrom(
      "<",
      "500",
      "ms",
      "%",
      "1,200",
      "/",
      "a/",
      "A_",
      "=",
      "`",
      ".",
      "99,9",
      "every",
      "日",
      ",",
      "port ",
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 40 }), (words) => {
        saidIn(`- [ ] ${words.join("")}\n- [ ] ${words.join(" ")}\n`);
      }),
    );
    for (const each of ["1,", "a/", "A_", "99,9 % ", "/a", "port 1, ", "<"])
      saidIn(`- [ ] ${each.repeat(20_000)}\n`);
  });
});
