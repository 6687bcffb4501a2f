import { defineCheck } from "../../model/check.ts";
import { fail, notApplicable, type Outcome, pass, warn } from "../../model/outcome.ts";
import { quantity } from "../../model/quantity.ts";
import { ways } from "../../model/ways.ts";
import { listed } from "./advice.ts";
import { withoutQuery } from "./masking.ts";
import { httpRedirects, type RedirectChain } from "./redirects.ts";

export const redirectToHttps = defineCheck({
  id: "http.redirect.to-https",
  title: "Plain HTTP leads straight to HTTPS on the same host",
  consequence: "Visitors who type the name stay on, or pass through, a connection anyone can read.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1d",
  every: "1h",
  asks: ways(`
    HTTP redirects to HTTPS | SECURE_SSL_REDIRECT | force HTTPS | HTTPS enforced | HTTPS enforced at the CDN
    ingress forces HTTPS | HTTPS enforced at the load balancer | TLS everywhere | SSL everywhere
    HTTPS for all routes | HTTPS redirect | force SSL | HTTPS enforced on all connections | SSL redirect
    all traffic over HTTPS | HTTP to HTTPS redirect | HTTPS redirect enabled | redirect HTTP to HTTPS
    HTTPS only | SECURE_SSL_REDIRECT=True | SSL redirect enabled | HTTPS everywhere
    all endpoints use HTTPS | HTTPS enforced for all traffic | all requests over HTTPS
    HTTPS for all communication | force_ssl | force_ssl = true
    HTTP answered with 301 to HTTPS | 301 to HTTPS | HTTP redirects with 301 | port 80 redirects to 443
    requests over HTTP are redirected | HTTPS required | HTTPS mandatory | only HTTPS
    redirect from HTTP to HTTPS | http requests redirected to https | HTTPS | all traffic encrypted
    all traffic encrypted with HTTPS | all requests go over HTTPS | HTTP to HTTPS | plain HTTP disabled
    no plain HTTP | UseHttpsRedirection | always use HTTPS | always use SSL | transport security
    API calls over HTTPS | HTTPS for all API calls | endpoints served over HTTPS
    visiting http:// redirects to https:// | UseHttpsRedirection enabled
    plain HTTP requests sent to the secure site | plain HTTP is redirected | insecure requests redirected
    http:// sends to https:// | redirect scheme https | HTTP listener redirects | requires_channel secure
    ssl-redirect annotation | URL::forceScheme https | port 80 only redirects | encryption in transit
    data encrypted in transit | traffic encrypted in transit | TLS enforced | TLS on all endpoints
    SSL for all traffic | plain HTTP is not allowed | HTTPS-only policy
    HTTP blocked or redirected | visitors moved to HTTPS | http moved to https | return 301 https
    http visitors sent to https | everyone lands on https
  `),
  source: "MDN HTTP Observatory, redirection",
  needs: { redirects: httpRedirects },
  run: ({ redirects: { plain } }, { address, component, environment }): Outcome => {
    if (address && !address.url.startsWith("https:"))
      return environment.stage === "production"
        ? fail("production answers on plain HTTP", {
            expected: "an address that begins with https:",
            found: address.url,
            fix: `give the environment ${environment.name} a domain with a certificate`,
          })
        : notApplicable(`${address.url} is not HTTPS`);
    if (!plain) return notApplicable("there is no plain-HTTP door");
    const first = plain.hops[0];
    const route = plain.hops
      .map(({ url, status, to }) => `${withoutQuery(url)} ${status}${to ? ` to ${withoutQuery(to)}` : ""}`)
      .join(", ");
    const trouble = {
      expected: "301 or 308 to the same host on HTTPS, at most two hops",
      found: route,
      fix: `let the plain-HTTP door of ${component} answer: 308 with Location: ${address?.url ?? ""} and the path that was asked for`,
      measured: { hops: plain.hops.length },
    };
    if (!first?.to) return fail("plain HTTP is answered instead of redirected", trouble);
    const target = new URL(first.to);
    if (target.protocol !== "https:") return fail("the first redirect stays on plain HTTP", trouble);
    if (target.hostname !== new URL(first.url).hostname)
      return fail("the first redirect leaves the host before HTTPS is reached", trouble);
    if (plain.end !== "answer" && plain.end !== "another host")
      return fail("the redirect from plain HTTP does not arrive", trouble);
    if (first.status !== 301 && first.status !== 308)
      return warn(`the redirect to HTTPS is temporary (${first.status})`, trouble);
    if (plain.hops.filter(({ to }) => to).length > 2)
      return warn("plain HTTP takes more than two redirects", trouble);
    return pass(`plain HTTP answers ${first.status} to ${target.origin}`, trouble.measured);
  },
});

export const redirectLoopFree = defineCheck({
  id: "http.redirect.loop-free",
  title: "No page redirects in a circle",
  consequence: "Browsers give up and show an error instead of the page.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1d",
  every: "1h",
  asks: ways(`
    no redirect loops | redirects work | ERR_TOO_MANY_REDIRECTS | redirects tested
    too many redirects | login redirect does not loop
    no endless redirects | redirect loop | redirect loop behind the proxy | endless redirects behind the CDN
    no circular redirects | endless redirect loop absent | infinite redirects
    redirects do not go in circles | redirect cycle | redirects end
    no redirect ping-pong | redirects terminate | old URLs redirect to new ones
  `),
  source: "RFC 9110 section 15.4",
  needs: { redirects: httpRedirects },
  run: ({ redirects }, { component }) => {
    const chains = [...(redirects.plain ? [redirects.plain] : []), ...redirects.pages];
    const longest = Math.max(0, ...chains.map(({ hops }) => hops.filter(({ to }) => to).length));
    const measured = { starts: chains.length, longestRedirects: longest };
    const bad = chains.filter(({ end }) => end === "loop" || end === "too long" || end === "nowhere");
    const first = bad.find(({ end }) => end === "loop") ?? bad[0];
    if (!first)
      return pass(
        `${quantity(chains.length, "address arrives", "addresses arrive")} after at most ${quantity(longest, "redirect")}`,
        measured,
      );
    const summary =
      first.end === "loop"
        ? "a page redirects in a circle"
        : first.end === "nowhere"
          ? "a redirect has no usable Location"
          : "a page redirects more than ten times";
    return fail(summary, {
      expected: "an answer after a few redirects",
      found: told(first),
      fix: `in ${component} mend the redirect of ${listed(bad.map(({ from }) => new URL(from).pathname))}; a circle over HTTPS often means that X-Forwarded-Proto is not trusted`,
      findings: bad.map(({ from }) => new URL(from).pathname),
      measured,
    });
  },
});

function told({ hops }: RedirectChain): string {
  return hops
    .slice(0, 4)
    .map(({ url, status }) => `${withoutQuery(url)} ${status}`)
    .join(" to ");
}
