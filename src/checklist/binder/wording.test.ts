import { describe, expect, it } from "vitest";
import { publishedKinds } from "../../../test/fixtures/published-kinds.ts";
import { answerersOf } from "../answerers.ts";
import { createBinder } from "./bind.ts";
import { bindByItsWords } from "./reading.ts";

const bind = createBinder(answerersOf(publishedKinds().values()));

function boundTo(text: string): string[] {
  return bindByItsWords({ text, path: ["Launch"] }, bind).chosen.map(({ answerer }) => answerer.id);
}

describe("a check answers for what it looks at, in whatever words it is asked", () => {
  it.each([
    ["Health endpoint answers `/healthz`", "process.health.alive"],
    ["API answers on `/health`", "process.health.alive"],
    ["404 page does not leak a stack trace", "config.debug.off"],
    ["No stack trace on the 404 page", "config.debug.off"],
    ["Errors do not reveal stack traces", "config.debug.off"],
    ["Firewall set up (only 80 and 443 open)", "host.firewall.default-deny"],
    ["Logging in place (no secrets in logs)", "log.no-secrets"],
    ["Rollback rehearsed", "drill.rollback"],
    ["Rollback tried", "drill.rollback"],
    ["Rollback was rehearsed with the team", "drill.rollback"],
    ["kubectl rollout undo rehearsed", "drill.rollback"],
    ["Restore tried within the last month", "postgres.backup.restore-drill"],
    ["No sensitive data in logs", "log.no-secrets"],
    ["Logs contain no secrets", "log.no-secrets"],
    ["npm audit clean", "repo.deps.vulnerable"],
    ["Abhängigkeiten auf Schwachstellen geprüft", "repo.deps.vulnerable"],
    ["Sin vulnerabilidades críticas en las dependencias", "repo.deps.vulnerable"],
    ["Aucune vulnérabilité critique dans les dépendances", "repo.deps.vulnerable"],
    ["依赖无高危漏洞", "repo.deps.vulnerable"],
    ["No secrets in git history", "repo.secret.scan-history"],
    ["Commit history searched for keys", "repo.secret.scan-history"],
    ["Keine Zugangsdaten in der Git-Historie", "repo.secret.scan-history"],
    ["Sin secretos en el historial de git", "repo.secret.scan-history"],
    ["Aucun secret dans l'historique git", "repo.secret.scan-history"],
    ["Git 历史中没有密钥", "repo.secret.scan-history"],
    ["WCAG 2.1 AA compliant", "a11y.axe"],
    ["Barrierefreiheit geprüft", "a11y.axe"],
    ["Accesibilidad comprobada", "a11y.axe"],
    ["无障碍检查通过", "a11y.axe"],
    ["Passwords hashed (bcrypt)", "auth.password.hash"],
    ["Passwords are not stored in plaintext", "auth.password.hash"],
    ["Passwörter gehasht gespeichert", "auth.password.hash"],
    ["Mots de passe hachés avec argon2", "auth.password.hash"],
    ["密码使用 bcrypt 加密存储", "auth.password.hash"],
  ])("%s: %s", (text, id) => {
    expect(boundTo(text)).toEqual([id]);
  });

  it.each([
    "Logs contain no personal data",
    "Services are not running",
    "No services running",
    "Services aren't running",
    "No PII in logs",
    "No secrets and no personal data in the logs",
    "Keine personenbezogenen Daten in Logs",
    "Les logs ne contiennent pas de données personnelles",
    "Kişisel veriler loglanmıyor",
    "Support answers within a day",
    "New features tried by five users",
    "Launch plan reviewed with the team",
    "Secrets added to GitHub Actions",
    "Configurar secrets no GitHub",
    "Performance baseline established",
    "Security policy documented",
    "OLD_API_KEY is not set any more",
    "Container images scanned for vulnerabilities",
    "Generate a PDF of the invoice",
    "Reports ready",
    "Redirect to the dashboard after login",
    "Data export to Excel",
    "Merge develop into main",
    "Datenschutzerklärung vom Anwalt geprüft",
    "Webhook URL updated",
    "Webhook-URL aktualisiert",
    "Migration script prepared",
    "Feature branch merged",
    "Docker image built",
    "Pagination works",
    "User can change password",
    "Stripe account set up",
    "Datos de prueba eliminados",
    "测试数据已清理",
    "Script de copias de seguridad escrito",
    "LEGACY_TOKEN - no longer used",
  ])("%s: a person", (text) => {
    expect(boundTo(text)).toEqual([]);
  });
});
