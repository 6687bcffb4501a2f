import { defineCheck } from "../../model/check.ts";
import { fail, pass } from "../../model/outcome.ts";
import { quantity } from "../../model/quantity.ts";
import { ways } from "../../model/ways.ts";
import { signedOut } from "./sign-out.ts";

export const BASE = { severity: "blocker", phase: "staging", freshFor: "7d" } as const;

export const logout = defineCheck({
  ...BASE,
  id: "auth.session.logout-invalidates",
  title: "After the sign-out the old session no longer opens what it opened",
  consequence:
    "Whoever copied the cookie or token, or sits at a shared computer, stays signed in as somebody else.",
  asks: ways(`
    logout invalidates the session | logout works | logout works correctly | sign-out ends the session
    session destroyed on logout | session invalidated on logout | sessions invalidated after logout
    token invalidated on logout | tokens revoked on logout | old session cookie refused after logout
    server-side session deleted on logout | logout clears the session | session cookie useless after logout
    Logout beendet die Sitzung | Abmelden funktioniert | Sitzung wird beim Logout ungültig
    cierre de sesión invalida la sesión | déconnexion invalide la session | logout invalida a sessão
    çıkış yapınca oturum sonlanır
    tokens invalid after logout | logout invalidates tokens | refresh token revoked on logout
    JWT blacklisted on logout
    logout destroys the session | sign-out works
  `),
  source:
    "https://owasp.org/www-project-web-security-testing-guide/v42/4-Web_Application_Security_Testing/06-Session_Management_Testing/06-Testing_for_Logout_Functionality",
  needs: { out: signedOut },
  run({ out: { refused, afterwards } }) {
    if (refused)
      return fail(`the sign-out is not done: ${refused.name} answers otherwise`, {
        expected: refused.expected,
        found: refused.found,
        fix: "let whoever is signed in sign out; or correct session.signOut",
      });
    const told = (said: string) => afterwards.filter((each) => each.said === said);
    const open = told("open");
    const names = (some: typeof afterwards) => [...new Set(some.map(({ name }) => name))];
    const [first] = open;
    if (first)
      return fail(`"${first.name}" is still answered with the old session`, {
        expected: "401, 403, 404 or a redirect to the sign-in",
        found: `${first.status} in ${open.length} of ${quantity(afterwards.length, "request")} after the sign-out`,
        fix: "delete the session on the server when somebody signs out, not only the cookie; a token that lives on needs a list of those taken back, which every instance asks",
        findings: names(open),
      });
    const [broken] = told("broken");
    if (broken)
      return fail(`"${broken.name}" breaks when the old session comes back`, {
        expected: "401, 403, 404 or a redirect to the sign-in",
        found: String(broken.status),
        fix: "answer a session that is not there any more like none at all",
        findings: names(told("broken")),
      });
    return pass(
      `the old session is refused in ${quantity(afterwards.length, "request")} after the sign-out: ${names(afterwards).join(", ")}`,
      { asked: afterwards.length },
    );
  },
});
