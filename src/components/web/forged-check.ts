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
    rate limiting not bypassable via headers | rate limit bypass via X-Forwarded-For
    rate limit bypass with X-Real-IP | spoofed IP headers do not bypass rate limiting
    rotating X-Forwarded-For still gets 429 | rate limiter ignores client-supplied X-Forwarded-For
    throttling cannot be bypassed by spoofing the IP | gefälschter X-Forwarded-For umgeht das Limit nicht
    trust proxy configured correctly | trusted proxies configured | rate limit by the real client IP
    spoofing of the client IP tested
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
