import { defineCheck } from "../../model/check.ts";
import { fail, pass } from "../../model/outcome.ts";
import { ways } from "../../model/ways.ts";
import { rotation } from "./rotation.ts";
import { BASE } from "./session-checks.ts";

export const sessionRotates = defineCheck({
  ...BASE,
  id: "auth.session.rotates-on-login",
  title: "Signing in begins a new session",
  consequence: "Whoever gave somebody a session id before the sign-in is signed in with them.",
  asks: ways(`
    session fixation | session fixation tested | protection against session fixation | session fixation protection
    session ID regenerated on login | session id regenerated after login | session regenerated after login
    new session ID after login | session rotates on login | session rotation on login | reset_session on login
    session()->regenerate on login | cycle_key on login | sessionFixation migrateSession
    Session-ID nach Login erneuert | fijación de sesión | fixation de session | fixação de sessão
    new session on login | session regenerated after authentication | session id changes on login
    session identifier renewed after sign-in | fresh session after login
  `),
  source: "https://cwe.mitre.org/data/definitions/384.html",
  needs: { seen: rotation },
  run({ seen: { planted, isSameAgain } }) {
    const open = planted.filter(({ isOpen }) => isOpen);
    const [first] = open;
    if (first)
      return fail(`${first.how} open what the sign-in opened`, {
        expected: "401, 403, 404 or a redirect to the sign-in",
        found: "the answer for whoever is signed in",
        fix: "make a new session with an id of its own at each sign-in, and forget the one from before (req.session.regenerate, reset_session, session()->regenerate(), request.session.cycle_key())",
        findings: open.map(({ how }) => how),
      });
    if (isSameAgain)
      return fail("two sign-ins were given the same session", {
        expected: "another value of the session's cookie each time",
        found: "the same cookies in two browsers",
        fix: "make the id of a session at random when it begins; one made of the account alone can never be taken back",
      });
    return pass(
      "what was known before a sign-in opens nothing after it, and each sign-in is given cookies of its own",
    );
  },
});
