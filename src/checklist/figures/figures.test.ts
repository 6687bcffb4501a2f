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
    ["First Contentful Paint < 1.5s", "within=1.5s"],
    ["Redis persistence configured (RDB or AOF)", ""],
    ["Persistence (AOF/RDB) enabled", ""],
    ["Stripe webhooks arrive (look at /admin/webhooks)", "path=/admin/webhooks"],
    ["응답 시간 < 200ms", "p95=200ms"],
    ["에러율 0.1% 이하", "errors=0.1%"],
    ["Laadtijd < 3 seconden", "p95=3s"],
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
    ["Lower the DNS TTL of the records to 300s", ""],
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
