import { describe, expect, it } from "vitest";
import { windowOf } from "../metric-window.ts";
import { conditionOf, roleOf } from "./line-roles.ts";
import { parseChecklist } from "./parse.ts";

describe("what a line is besides something to do", () => {
  it.each<[heading: string, text: string, role: string | undefined]>([
    ["Rollback Triggers", "Database connection lost", "trigger"],
    ["When to go back, decided beforehand", "Nobody can sign in", "trigger"],
    ["Initiate rollback if", "High rate of failed transactions", "trigger"],
    ["Conditions for rollback", "Nobody can sign in", "trigger"],
    ["Criteria for rolling back", "Nobody can sign in", "trigger"],
    ["NO-GO Criteria (blocks launch)", "Critical vulnerability found", "trigger"],
    ["Do not launch if", "Tests failing", "trigger"],
    ["Trigger conditions", "Alerts configured", undefined],
    ["Abort criteria", "Error rate exceeds 1% within 15 minutes", "trigger"],
    ["Critères d'arrêt", "Plus de 1 % d'erreurs", "trigger"],
    ["Success Criteria", "500+ active readers", "metric"],
    ["Indicateurs de succès", "99,9 % de disponibilité", "metric"],
    ["Erfolgsmetriken", "99,9 % verfügbar", "metric"],
    ["Technical KPIs", "Uptime: >99.9%", "metric"],
    ["Critères de succès", "99,9 % de disponibilité", "metric"],
    ["Set Up Alerts", "High CPU usage (>80%)", "alert"],
    ["Set Up Alerts", "Configure PagerDuty", undefined],
    ["Rollback Plan", "Restore from backup if needed", undefined],
    ["Monitoring", "High CPU usage (>80%)", undefined],
    ["Monitoring", "Alert when error rate > 2 %", "alert"],
    ["Monitoring", "Set up an alarm: CPU above 80%", "alert"],
    ["监控", "告警：错误率超过 5%", "alert"],
    ["Surveillance", "Alerte si le disque dépasse 90 %", "alert"],
    ["Überwachung", "Alarm bei Fehlern über 2 %", "alert"],
    ["Мониторинг", "Проверить оповещения и нагрузку выше 80%", undefined],
    ["Monitoring", "Page the team when p95 > 2s", "alert"],
    ["Performance", "Page load time < 3 seconds", undefined],
    ["Monitoring", "Alerting configured for 3 services", undefined],
    ["Monitoring", "Error rate < 1%, alerts configured", undefined],
  ])("below %s: %s", (heading, text, role) => {
    expect(roleOf({ text, path: ["Launch", heading] })).toBe(role);
  });

  it("is not hidden by a sign that says how bad it is", () => {
    const { items, problems } = parseChecklist(
      "- [ ] a\n\n## Rollback triggers\n- ❌ Errors > 5%\n- ✅ Decided\n\n## KPIs\n- ❌ Uptime 99%\n",
    );
    expect(items.map(({ text, role }) => [text, role])).toEqual([
      ["a", undefined],
      ["Errors > 5%", "trigger"],
    ]);
    expect(problems.map(({ line }) => line)).toEqual([5]);
  });

  it("takes the nearest heading that says so, and farther ones for triggers and metrics", () => {
    expect(roleOf({ text: "99.9% uptime", path: ["Success Criteria", "Week 1"] })).toBe("metric");
    expect(roleOf({ text: "Disk full", path: ["Alerts", "Week 1"] })).toBeUndefined();
  });

  it.each(["Sign-off", "Final approvals", "Freigabe", "Rollback procedure"])("ends it: %s", (heading) => {
    expect(roleOf({ text: "Ada", path: ["Success metrics", heading] })).toBeUndefined();
    expect(roleOf({ text: "Errors above 5%", path: [heading, "Rollback triggers"] })).toBe("trigger");
  });

  it.each<[text: string, condition: string | undefined]>([
    ["RTM configuration (if using chat)", "if using chat"],
    ["Press release (if applicable)", "if applicable"],
    ["Create status page (optional)", "optional"],
    ["Notify users if necessary", "if necessary"],
    ["Wenn nötig: Cache leeren", "Wenn nötig"],
    ["Notify users when live", undefined],
    ["Optionality of fields documented", undefined],
  ])("asks on condition: %s", (text, condition) => {
    expect(conditionOf(text)).toBe(condition);
  });

  it("knows over which time a metric is meant", () => {
    const metric = { role: "metric", text: "99.9% uptime" } as const;
    expect(windowOf({ ...metric, path: ["Success Criteria", "Month 1"] })).toBe("30d");
    expect(windowOf({ ...metric, text: "99.9% over the quarter", path: ["Week 1"] })).toBe("90d");
    expect(windowOf({ text: "99.9% uptime", path: ["Week 1"] })).toBeUndefined();
  });
});

it("is a trigger below the conditions of a chapter about going back", () => {
  const { items } = parseChecklist(
    "## Rollback plan\n### Trigger conditions\n- p95 > 3 s\n### Steps\n- [ ] Restore\n",
  );
  expect(items.map(({ role }) => role)).toEqual(["trigger", undefined]);
});
