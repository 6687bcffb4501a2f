import { defineCheck } from "../../model/check.ts";
import { formatDuration } from "../../model/duration.ts";
import { fail, pass, unknown } from "../../model/outcome.ts";
import { ways } from "../../model/ways.ts";
import { expiry } from "./expiry.ts";

export const sessionExpires = defineCheck({
  id: "auth.session.expiry",
  title: "Sessions end after the declared time",
  consequence:
    "A session that was forgotten on another machine, or copied long ago, still opens the account.",
  severity: "warning",
  phase: "staging",
  freshFor: "7d",
  asks: ways(`
    session timeout | session timeout configured | session timeout set | sessions expire | session expiry set
    session expiration configured | session lifetime configured | session idle timeout | sessions time out
    sessions expire after inactivity | automatic logout after inactivity | inactive users logged out
    SESSION_COOKIE_AGE | SESSION_LIFETIME | session maxAge | session cookie lifetime | expired session refused
    session TTL of signed-in users | JWT expires in 24h | access token lifetime 15 minutes
    Sitzung läuft ab | Sitzungs-Timeout | tiempo de expiración de sesión | expiration de session
    expiração de sessão | oturum zaman aşımı
    session time limits | session time limits configured | session duration limited | session duration set
    JWT expiration configured | JWT expiration time set | token expiry configured
    token expiry set
    access token expires after 15 minutes
    access and refresh token lifetime | short-lived access tokens
    idle sessions are logged out | idle users are signed out
    JWT tokens expire after a set time
  `),
  source:
    "https://cheatsheetseries.owasp.org/cheatsheets/Session_Management_Cheat_Sheet.html#session-expiration",
  figures: { "token-lifetime": { measured: "sessionMs", keeps: "no more", in: "ms" } },
  needs: { seen: expiry },
  run({ seen: { afterMs, marginMs, younger, older, cookieMs, tokenMs } }, { options }) {
    const after = options.session?.ends?.after ?? "";
    const expected = `a session ends ${after} after it began or was last used`;
    const measured = {
      sessionMs: afterMs,
      ...(cookieMs !== undefined && { cookieMs }),
      ...(tokenMs !== undefined && { tokenMs }),
    };
    if (older === "open")
      return fail(`a session is open ${formatDuration(afterMs + marginMs)} later`, {
        expected,
        found: "the answer for whoever is signed in",
        fix: `let the server keep when a session ends and refuse it from then on; a cookie's Max-Age is only a request to the browser`,
      });
    if (older === "broken")
      return fail("an old session breaks the request", {
        expected,
        found: "an error of the server (5xx)",
        fix: "answer a session that is over like none at all",
      });
    if (younger === "broken")
      return unknown("a younger session breaks the request, so nothing is known of its end");
    if (younger === "refused")
      return fail(`a session is over before ${after}`, {
        expected: `it is open ${formatDuration(afterMs - marginMs)} later`,
        found: "refused",
        fix: "let it last as long as declared, or correct session.ends.after to what is meant",
      });
    const [kind, lifetimeMs] = tokenMs !== undefined ? ["token", tokenMs] : ["cookie", cookieMs];
    if (lifetimeMs !== undefined && lifetimeMs < afterMs - marginMs)
      return fail(`the ${kind} is over before ${after}`, {
        expected: after,
        found: formatDuration(lifetimeMs),
        fix: `give the ${kind} the same lifetime as the session, or correct session.ends.after`,
        measured,
      });
    if (tokenMs !== undefined && tokenMs > afterMs + marginMs)
      return fail("the token lives longer than declared", {
        expected: after,
        found: formatDuration(tokenMs),
        fix: `sign tokens with an expiry of ${after}, or correct session.ends.after`,
        measured,
      });
    return pass(
      `a session is open after ${formatDuration(afterMs - marginMs)} and refused after ${formatDuration(afterMs + marginMs)}`,
      measured,
    );
  },
});
