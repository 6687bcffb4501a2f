import { listed } from "../../facts/http/advice.ts";
import { defineCheck } from "../../model/check.ts";
import { fail, pass } from "../../model/outcome.ts";
import { quantity } from "../../model/quantity.ts";
import { ways } from "../../model/ways.ts";
import { type Forged, webForged } from "./forged.ts";

export const rateProxyAware = defineCheck({
  id: "limit.rate.proxy-aware",
  title: "A forged X-Forwarded-For does not get past the rate limit",
  consequence: "Whoever writes another address into each request guesses passwords without end.",
  severity: "warning",
  phase: "staging",
  freshFor: "7d",
  asks: ways(`
    X-Forwarded-For spoofing | forged X-Forwarded-For | spoofed X-Forwarded-For does not bypass rate limit
    rate limit behind proxy | rate limiting not bypassable via headers | trust proxy configured
    app.set('trust proxy' | trust proxy set for rate limiting | real client IP behind the proxy used for rate limit
    rate limit bypass with X-Real-IP | rate limiter uses real client IP | spoofed IP headers ignored
    forged client IP headers ignored | set_real_ip_from | TrustProxies configured | trusted proxies configured
    ForwardedHeaders KnownProxies | client IP cannot be spoofed | vertrauenswürdige Proxys konfiguriert
  `),
  source:
    "https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/X-Forwarded-For#security_and_privacy_concerns",
  needs: { tried: webForged },
  run({ tried }, { component }) {
    const past = tried.filter(isPast);
    const headers = [...new Set(past.map(({ header }) => header))];
    const paths = [...new Set(tried.map(({ path }) => path))];
    const measured = { tried: tried.length, past: past.length };
    if (past.length === 0)
      return pass(
        `${paths.join(" and ")} held back under ${quantity(new Set(tried.map(({ header }) => header)).size, "forged header")}`,
        measured,
      );
    return fail(`a forged ${headers[0]} gets past the rate limit of ${past[0]?.path}`, {
      expected: "429, whatever a client says of its address",
      found: listed(
        past.map(
          ({ path, header, forged, plain, asked }) =>
            `${path} with ${header}: ${forged} of ${asked} let through, ${plain} of ${asked} without it`,
        ),
      ),
      fix: `count in ${component} by the address of the connection, or by the last address of X-Forwarded-For that your own proxy wrote (Express: app.set("trust proxy", 1), never true), and let the proxy overwrite ${headers.join(", ")}`,
      findings: past.map(({ path, header }) => `${path} ${header}`),
      measured,
    });
  },
});

function isPast({ forged, plain, asked }: Forged): boolean {
  return (forged - plain) * 3 >= asked * 2;
}
