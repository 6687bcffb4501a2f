import { describe, expect, it } from "vitest";
import { bindLines } from "./binding-comment.ts";
import { parseChecklist } from "./parse.ts";

const LIST = `# Launch

- [ ] Tests pass

## Success metrics

| # | Metric | Target | Owner |
|---|---|---|---|
| 1 | Uptime | 99.5 % | Ada |
| 2 | **p95** of the API | < 500 ms | Bob |
| 3 | Fraud | - | |

## Critères de rollback

| Condition | Action |
|---|---|
| Taux d'erreur > 5 % | revenir |

## Alerts

| Alert | Threshold |
|---|---|
| Disk usage | > 85 % |

## Endpoints

| Path | Target |
|---|---|
| / | < 1 s |

## Success metrics of others

| Team | Lead |
|---|---|
| Support | Ada |
`;

describe("tables without ticks", () => {
  const { items } = parseChecklist(LIST);

  it("say what is promised or when to act, below a heading that says so", () => {
    expect(items.slice(1).map(({ line, role, text, writtenAs }) => [line, role, text, writtenAs])).toEqual([
      [9, "metric", "Uptime: 99.5 %", "bullet"],
      [10, "metric", "p95 of the API: < 500 ms", "bullet"],
      [17, "trigger", "Taux d'erreur > 5 %", "bullet"],
      [23, "alert", "Disk usage: > 85 %", "bullet"],
    ]);
    expect(items[1]?.notes.map(({ text }) => text)).toEqual(["#: 1", "Owner: Ada"]);
  });

  it("take a comment, and are read again as they were", () => {
    const bound = bindLines(LIST, new Map([[9, { by: "person" as const, parameters: {} }]]));
    expect(bound).toContain("| 1 | Uptime <!-- gonogo: sign-off --> | 99.5 % | Ada |");
    const again = parseChecklist(bound).items;
    expect(again.map(({ id, text, line }) => [id, text, line])).toEqual(
      items.map(({ id, text, line }) => [id, text, line]),
    );
    expect(again[1]?.binding).toMatchObject({ by: "person" });
  });
});
