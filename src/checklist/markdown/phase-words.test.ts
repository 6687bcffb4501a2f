import { describe, expect, it } from "vitest";
import { parseChecklist } from "./parse.ts";
import { phaseOf } from "./phase-words.ts";

describe("phaseOf", () => {
  it.each([
    ["T-24 Hours", "launch-24h"],
    ["T−6h", "launch-6h"],
    ["Launch (T-0)", "launch"],
    ["T+1 Hour", "launch+1h"],
    ["T+24 hours", "launch+24h"],
    ["T-7 days", "production"],
    ["J+7", "day-7"],
    ["D-1", "launch-24h"],
    ["First 24 Hours", "launch+24h"],
    ["First 30 minutes", "launch+1h"],
    ["Checklist (24h antes)", "launch-24h"],
    ["1 jour avant", "launch-24h"],
    ["上线后监控（前24小时）", "launch+24h"],
    ["Erste 48 Stunden", "launch+24h"],
    ["Immediate (First Hour)", "launch+1h"],
    ["Day 1", "day-1"],
    ["First day", "day-1"],
    ["Day 7 review", "day-7"],
    ["Tag 30", "day-30"],
    ["First Week", "day-7"],
    ["Daily (First Week)", "daily"],
    ["Weekly", "weekly"],
    ["Wöchentlich", "weekly"],
    ["每月", "monthly"],
    ["Quarterly review", "monthly"],
    ["Launch Day", "launch"],
    ["Go-Live", "launch"],
    ["Pre-Deployment", "staging"],
    ["Before the first deploy", "staging"],
    ["Före lansering", "staging"],
    ["部署前必查项目", "staging"],
    ["Staging", "staging"],
    ["Production Setup", "production"],
    ["Go-Live Readiness", "production"],
    ["Before announcing the launch", "production"],
    ["Post-Deployment Verification", "launch+1h"],
    ["Après le déploiement", "launch+1h"],
    ["Post-Launch Monitoring", "launch+24h"],
    ["Rollback triggers", "launch+1h"],
    ["Success criteria", "day-30"],
    ["After", "launch+1h"],
    ["Antes", "staging"],
    ["Annually", "monthly"],
    ["Pós-Deploy", "launch+1h"],
    ["Dopo il deploy", "launch+1h"],
    ["Na de livegang", "launch+1h"],
    ["Po wdrożeniu", "launch+1h"],
    ["Checklista po wdrozeniu", "launch+1h"],
    ["После деплоя", "launch+1h"],
    ["Після релізу", "launch+1h"],
    ["Yayın sonrası", "launch+1h"],
    ["本番デプロイ後の動作確認", "launch+1h"],
    ["6. 배포 후 검증", "launch+1h"],
    ["Sau khi triển khai", "launch+1h"],
    ["Setelah deploy", "launch+1h"],
    ["Prima del lancio", "staging"],
    ["Antes de Desplegar", "staging"],
    ["Před nasazením", "staging"],
    ["Перед запуском", "staging"],
    ["Dağıtım öncesi", "staging"],
    ["リリース前", "staging"],
    ["배포 전", "staging"],
    ["Giorno del lancio", "launch"],
    ["День запуска", "launch"],
    ["リリース当日", "launch"],
    ["部署日计划", "launch"],
    ["Ежедневно", "daily"],
    ["Wekelijks onderhoud", "weekly"],
    ["매월", "monthly"],
    ["部署后第一天", "day-1"],
    ["Prima settimana", "day-7"],
    ["Ilk hafta", "day-7"],
    ["7日目", "day-7"],
    ["Первые 24 часа", "launch+24h"],
    ["最初の24時間", "launch+24h"],
    ["24 giờ đầu", "launch+24h"],
    ["上线前24小时", "launch-24h"],
    ["24時間前", "launch-24h"],
    ["За 24 часа до запуска", "launch-24h"],
    ["Критерии успеха", "day-30"],
    ["Günlük kayıtları", undefined],
    ["After hours support", undefined],
    ["Code quality", "build"],
    ["Database", undefined],
    ["Rollback plan", undefined],
    ["Days 3-5", undefined],
    ["Month 2", undefined],
  ])("%s: %s", (text, phase) => {
    expect(phaseOf([{ text, kind: "heading" }])).toBe(phase);
  });

  it.each([
    [["Success criteria", "Week 1"], "day-7"],
    [["Success criteria", "Month 1"], "day-30"],
    [["Success criteria", "Quarter 1"], "monthly"],
    [["Pre-deployment", "Week 1: Testing"], "staging"],
    [["Pre-deployment", "Week 2: Staging"], "staging"],
    [["Pre-deployment", "Week 4: Launch"], "launch"],
    [["Post-launch", "Week 2"], "day-30"],
    [["Monitoring", "Week 1 Post-Launch"], "day-7"],
    [["Post-deployment", "Within 24 hours"], "launch+24h"],
    [["Recovery", "Within 24 hours"], undefined],
    [["Post-deployment verification", "Application launch"], "launch+1h"],
    [["Post-deployment", "Performance testing"], "launch+1h"],
    [["First 48 hours after launch", "Testing"], "launch+24h"],
    [["Post-deployment", "Before the next deploy", "Testing"], "staging"],
    [["Launch day", "Team"], "launch"],
    [["Staging", "T+1h", "Payments"], "launch+1h"],
  ])("%j: %s", (path, phase) => {
    expect(phaseOf(path.map((text) => ({ text, kind: "heading" })))).toBe(phase);
  });

  it("takes little from a title, and only places and distances from a parent", () => {
    expect(phaseOf([{ text: "Launch checklist", kind: "title" }])).toBeUndefined();
    expect(phaseOf([{ text: "Production readiness", kind: "title" }])).toBe("production");
    expect(phaseOf([{ text: "Post-deployment checklist", kind: "title" }])).toBe("launch+1h");
    expect(phaseOf([{ text: "Pre- and post-deployment checklist", kind: "title" }])).toBeUndefined();
    expect(phaseOf([{ text: "Configure backups (daily):", kind: "parent" }])).toBeUndefined();
    expect(phaseOf([{ text: "Test J+21 payouts", kind: "parent" }])).toBeUndefined();
    expect(phaseOf([{ text: "J+7: payouts", kind: "parent" }])).toBe("day-7");
    expect(phaseOf([{ text: "Set up the production database:", kind: "parent" }])).toBe("production");
  });

  it("is the phase of each line below, nearest words first", () => {
    const markdown =
      "# Launch\n- [ ] a\n## Weekly\n- [ ] b\n- [ ] On staging:\n  - [ ] c\n- [ ] d\n# Launch day\n**T-6 hours**\n- [ ] e\n";
    expect(parseChecklist(markdown).items.map(({ phase }) => phase)).toEqual([
      "launch",
      "weekly",
      "weekly",
      "staging",
      "weekly",
      "launch-6h",
    ]);
  });
});
