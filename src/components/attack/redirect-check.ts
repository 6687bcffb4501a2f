import { defineCheck } from "../../model/check.ts";
import { fail, pass } from "../../model/outcome.ts";
import { quantity } from "../../model/quantity.ts";
import { ways } from "../../model/ways.ts";
import { type SentAway, sentAway } from "./redirects.ts";

export const openRedirect = defineCheck({
  id: "probe.open-redirect",
  title: "No link of the application sends people to a foreign site",
  consequence: "A link to your own sign-in ends on a copy of it that collects passwords.",
  severity: "warning",
  phase: "staging",
  freshFor: "7d",
  asks: ways(`
    no open redirects | open redirect | no open redirect on login | open redirects tested | unvalidated redirects
    next parameter validated | returnUrl validated | return_to only to own site | redirect targets whitelisted
    LocalRedirect used for returnUrl | Url.IsLocalUrl | url_has_allowed_host_and_scheme | allow_other_host false
    redirects only to allowed hosts | redirect parameter cannot leave the site | callbackUrl restricted to own domain
    keine offenen Weiterleitungen | redirecciones abiertas | redirections ouvertes | redirecionamentos abertos
    açık yönlendirme
  `),
  source:
    "CWE-601; https://cheatsheetseries.owasp.org/cheatsheets/Unvalidated_Redirects_and_Forwards_Cheat_Sheet.html",
  needs: { redirects: sentAway },
  run({ redirects: { away, paths, requests } }) {
    const measured = { places: paths, requests, away: away.length };
    const [first] = away;
    if (!first)
      return pass(
        `${quantity(paths, "place leads", "pages, sign-ins and links lead")} to no foreign site`,
        measured,
      );
    const plain = away.some(({ given }) => given === "https://evil.example/");
    return fail(
      `${first.where} sends ${first.who === "nobody" ? "anybody" : "whoever is signed in"} to a foreign site`,
      {
        expected: "the application's own page, whatever is asked for",
        found: away.map(told).join("; "),
        fix: plain
          ? `let ${first.parameter ?? "it"} name a path of the application's own: take it only when new URL(value, base).origin is the own one, and send people home otherwise`
          : `compare new URL(value, base).origin with the own origin instead of the first characters: browsers read ${JSON.stringify(first.given)} as another host`,
        findings: [
          ...new Set(away.map(({ where, parameter }) => (parameter ? `${where} ${parameter}` : where))),
        ],
        measured,
      },
    );
  },
});

function told({ where, who, given, parameter }: SentAway): string {
  return `${where} with ${parameter ?? "{{probe}}"}=${JSON.stringify(given)} leads to evil.example (${who})`;
}
