import { describe, expect, it } from "vitest";
import { parseChecklist } from "../markdown/parse.ts";
import { figuresOf } from "./figures.ts";

/** "JWT_SECRET" as a variable, "LOG_FORMAT=json" as a value, "JWT_SECRET:strong" as a quality, others by name. */
function saidIn(line: string): string {
  const [item] = parseChecklist(`- [ ] ${line}\n`).items;
  return (item ? figuresOf(item) : [])
    .map(({ name, value, of }) => {
      if (name === "variable") return value;
      return of === undefined ? `${name}=${value}` : `${of}${name === "value" ? "=" : ":"}${value}`;
    })
    .join(" ");
}

describe("figures of something else", () => {
  it.each([
    ["Without it every cron request 401s", ""],
    ["Sessions expire as in the 1990s", ""],
    ["Rollback workflow validated in staging within the last 30 days", ""],
    ["DR runbook executed and RTO met in last 6 months", ""],
    ["Restore geprobt, RTO eingehalten in den letzten 6 Monaten", ""],
    ["RTO of 6 months' data: 4 hours", "rto=180d rto=4h"],
    ["每日备份 cron（上传 R2 → 14 天滚动清理）", "backup-keep=14d backup-every=1d"],
    ["Backups daily: 30 days retention", "backup-keep=30d backup-every=1d"],
    ["Backups every 6 hours", "backup-every=6h"],
    ["Backups: full nightly, incremental hourly", ""],
    ["Daily and weekly backups", "backup-every=1d"],
    ["Page load under 3s on 3G", "within=3s"],
    ["Page load < 5s on slow connection", "within=5s"],
    ["Homepage loads in under 2s", "p95=2s"],
    ["每日盯：接口 P95 > 500ms 触发告警", "latency-above=500ms"],
    ["The job runs at least every 15 minutes", "every=15m"],
    ["Backup: retención 7d / 4w / 3m", "backup-keep=7d backup-keep=4w backup-keep=90d"],
    ["Sauvegardes : rétention 7 j", "backup-keep=7d"],
    ["AdminLogsテーブルのTTL（90日）", ""],
    ["Login is rate limited (10 per 10 s)", ""],
    ["Login gedrosselt: 5 pro 10 Minuten", ""],
    ["セッションのTTL（90日）", "token-lifetime=90d"],
    ["El JWT tiene su TTL (ej. 15 minutos)", ""],
    ["Integration tests (incl. 1MB upload smoke)", ""],
    ["File upload < 2s for 10MB files", "within=2s"],
    ["Upload limit 10MB", "body-limit=10MB"],
    ["Tests: uploads of at most 10MB", "body-limit=10MB"],
    ["Rate limit checks < 10ms response overhead", "within=10ms"],
    ["Response times (<200ms gemiddeld)", "mean=200ms"],
    ["API 평균 응답 시간 < 3초", "mean=3s"],
    ["Subscribe to `invoice.payment_` and `invoice.paid`", "event=invoice.paid"],
    ["The webhook retry at /api/webhook-retries/run", "path=/api/webhook-retries/run"],
    ["`.env.prod` на сервере, права 600", "mode=600"],
    ["Webhook at /api/stripe-webhook", "webhook=/api/stripe-webhook"],
  ])("%s", (line, says) => {
    expect(saidIn(line)).toBe(says);
  });
});

describe("names that stand for something else, and values nobody asks for", () => {
  it.each([
    ["All CHANGE_ME values replaced", ""],
    ["No secret contains REPLACE_WITH", ""],
    ["`ssh root@<VPS_IP>`", "run=ssh root@<VPS_IP>"],
    ["`curl $API_HOST`", "API_HOST run=curl $API_HOST"],
    ["Never set in production: `A_MOCK`, `B_DEMO`, `C_DEL`, `D_CHECK=off`", "A_MOCK B_DEMO C_DEL D_CHECK"],
    ["云函数不存在 `ALLOW_MOCK=true`", "ALLOW_MOCK"],
    ["冒烟未通过前,不要设 USE_ACCEL=1 对外", "USE_ACCEL"],
    ["`ACCESS_ON=false` unless validated", "ACCESS_ON"],
    ["`ALLOW_CREDENTIALS=true` if needed", "ALLOW_CREDENTIALS"],
    ["`WOMPI_ON`: `true` (para probar) o `false` (seguro)", "WOMPI_ON"],
    ["`MAPS_ON`: `true` si se cuenta con llave", "MAPS_ON"],
    ["Jeśli `MEDIA_STORE=S3`:", "MEDIA_STORE"],
    ["Verificar si `MEDIA_STORE=S3`", "MEDIA_STORE MEDIA_STORE=S3"],
    ["`BASE_SITE=https://seu-dominio.com`", "BASE_SITE url=https://seu-dominio.com"],
    ["`LOG_FORMAT=json` in production, for the collector", "LOG_FORMAT LOG_FORMAT=json"],
    [
      "`A_SECRET_KEY` and `B_PUBLISHABLE_KEY` (`pk_live_`)",
      "A_SECRET_KEY B_PUBLISHABLE_KEY B_PUBLISHABLE_KEY:pk_live_*",
    ],
    ["`CORS_ORIGINS` ne contient pas `*`", "CORS_ORIGINS CORS_ORIGINS:no-wildcard"],
  ])("%s", (line, says) => {
    expect(saidIn(line)).toBe(says);
  });
});
