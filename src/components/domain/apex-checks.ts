import { defineCheck } from "../../model/check.ts";
import { fail, type Outcome, pass, type Trouble, warn } from "../../model/outcome.ts";
import { ways } from "../../model/ways.ts";
import { type Apex, apexAndWww, type Way } from "./apex.ts";

export const apexWww = defineCheck({
  id: "dns.apex-and-www",
  title:
    "example.com and www.example.com both lead to the application, one by a single redirect to the other",
  consequence:
    "Half of those who type the name get an error, or two sites that share neither cookies nor rank.",
  severity: "warning",
  phase: "production",
  freshFor: "1d",
  every: "6h",
  asks: ways(`
    www redirects to apex | apex redirects to www | www redirects to non-www | non-www redirects to www
    www and non-www redirect | www and bare domain lead to the same place | canonical domain redirect
    www redirect configured | redirect www to the root domain | preferred domain www or non-www
    set up non-www as preferred domain | naked domain redirects to www | root domain redirects to www
    www to non-www 301 | apex and www both work | redirect www/non-www versions | bare domain redirects to www
    www auf die Hauptdomain weiterleiten | Weiterleitung von www | Domain mit und ohne www
    redirección de www | con y sin www | redirection www vers le domaine | avec et sans www
    redirecionamento de www | com e sem www | www yönlendirmesi
    canonical host | redirect to the canonical host | www redirects to the canonical host
    one canonical host
    canonical host redirect | apex and www behaviour | www and apex lead to one canonical domain
    both www and non-www work | www and root domain work | www to apex redirect | apex to www redirect
  `),
  source:
    "RFC 9110 section 15.4; https://developers.google.com/search/docs/crawling-indexing/consolidate-duplicate-urls",
  needs: { seen: apexAndWww },
  run({ seen }, { options: { canonical } }) {
    const { apex, www, home, unresolved, silent } = seen;
    const kept = canonical === undefined ? mainOf(seen) : canonical === "www" ? www : apex;
    const other = kept === www ? apex : www;
    const measured = { ways: seen.ways.length };
    const no = (summary: string, trouble: Omit<Trouble, "summary" | "measured">): Outcome =>
      fail(summary, { ...trouble, measured });
    const expected = `${other} redirects to ${kept}, and ${kept} answers`;
    const fix = `redirect every path of https://${other} with 308 (or 301) to the same path of https://${kept}`;
    if (unresolved.length > 0)
      return no(`${unresolved.join(" and ")} does not resolve`, {
        expected: "an address for both names",
        found: `${unresolved.join(" and ")}: no A and no AAAA record`,
        fix: unresolved
          .map((name) => `${name}. 300 IN ${name === www ? `CNAME ${apex}.` : "A <address of the server>"}`)
          .join("\n"),
        findings: unresolved,
      });
    if (silent.length > 0)
      return no(`${silent.map(({ host }) => host).join(" and ")} does not answer`, {
        expected,
        found: silent.map(({ host, reason }) => `${host}: ${reason}`).join("; "),
        fix: `let the server take requests for ${silent.map(({ host }) => host).join(" and ")}, with both names in its certificate; ${fix}`,
        findings: silent.map(({ host }) => host),
      });
    const lost = seen.ways.filter(
      ({ end }) => typeof end === "string" || end.status === 0 || end.status >= 400,
    );
    if (lost.length > 0)
      return no(`${nameOf(lost[0])} ${lostHow(lost[0])}`, {
        expected,
        found: lost.map(told).join("; "),
        fix,
        findings: lost.map(nameOf),
      });
    const open = seen.ways.filter(isLeftPlain);
    if (open.length > 0 && seen.ways.some(({ scheme }) => scheme === "https"))
      return no(`${nameOf(open[0])} answers without HTTPS`, {
        expected: `a redirect to https://${kept}`,
        found: open.map(told).join("; "),
        fix: `redirect http://${apex} and http://${www} with 308 to HTTPS`,
        findings: open.map(nameOf),
      });
    const ends = [...new Set(seen.ways.map(endHost))];
    if (ends.length > 1)
      return no(`${apex} and ${www} both answer, and neither redirects to the other`, {
        expected,
        found: seen.ways.map(told).join("; "),
        fix,
        findings: ends,
      });
    const [end = ""] = ends;
    if (end !== kept && (end !== home || [apex, www].includes(home)))
      return no(`${kept} redirects to ${end}, though it is the one that is declared to answer`, {
        expected,
        found: seen.ways.map(told).join("; "),
        fix,
        findings: [kept],
      });
    if (![apex, www].includes(home) && end !== home)
      return no(`${apex} and ${www} do not lead to the application`, {
        expected: `a redirect of both to ${home}, where the application answers`,
        found: seen.ways.map(told).join("; "),
        fix: `redirect https://${apex} and https://${www} with 308 to https://${home}`,
        findings: [end],
      });
    return manners(seen, measured) ?? pass(seen.ways.map(told).join("; "), measured);
  },
});

/** What browsers get over, and search engines and links do not. */
function manners({ ways: all }: Apex, measured: Record<string, number>): Outcome | undefined {
  const say = (summary: string, bad: readonly Way[], expected: string, fix: string): Outcome =>
    warn(summary, { expected, found: bad.map(told).join("; "), fix, findings: bad.map(nameOf), measured });
  // From http:// one redirect more is right: browsers learn HSTS of each name only from its own HTTPS.
  const long = all.filter(({ redirects, scheme }) => redirects.length > (scheme === "https" ? 1 : 2));
  if (long.length > 0)
    return say(
      "the way takes more redirects than one",
      long,
      "one redirect",
      "redirect to the last address at once",
    );
  const deaf = all.filter(({ keepsPath }) => keepsPath === false);
  if (deaf.length > 0)
    return say(
      "links to a page end on another one",
      deaf,
      "the same path and query behind the redirect",
      "keep path and query in Location (nginx: $request_uri)",
    );
  const brief = all.filter(({ redirects }) => redirects.some(({ status }) => ![301, 308].includes(status)));
  if (brief.length > 0)
    return say(
      "the redirect says that it is for now only",
      brief,
      "301 or 308",
      "answer 308 (or 301) instead of 302",
    );
  return undefined;
}

/** The name that answers, as far as one can tell. */
function mainOf({ ways: all, apex, www, home }: Apex): string {
  const ends = all.map(endHost);
  return (
    [home, www, apex].find((host) => ends.includes(host) && host !== "" && [apex, www].includes(host)) ?? apex
  );
}

function isLeftPlain({ scheme, end }: Way): boolean {
  return scheme === "http" && typeof end !== "string" && end.scheme === "http";
}

function endHost({ end }: Way): string {
  return typeof end === "string" ? "" : end.host;
}

function nameOf(way: Way | undefined): string {
  return `${way?.scheme}://${way?.host}`;
}

function lostHow(way: Way | undefined): string {
  if (way?.end === "loop") return "redirects in a circle";
  if (way?.end === "nowhere" || way === undefined) return "redirects to nowhere";
  return way.end.status === 0 ? `leads to ${way.end.host}` : `ends with ${way.end.status}`;
}

function told(way: Way): string {
  const steps = way.redirects.map(({ status, to }) => ` ${status} ${to}`).join(",");
  const end =
    typeof way.end === "string" ? way.end : way.end.status === 0 ? "another site" : String(way.end.status);
  return `${nameOf(way)}:${steps}${steps ? "," : ""} ${end}`;
}
