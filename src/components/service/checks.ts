import { defineCheck } from "../../model/check.ts";
import { fail, notApplicable, pass, undeclared, unknown, warn } from "../../model/outcome.ts";
import { ways } from "../../model/ways.ts";
import { vendorAnswer } from "./facts.ts";
import { VENDORS } from "./vendors.ts";

const BASE = { phase: "staging", freshFor: "1d", every: "15m", needs: { answer: vendorAnswer } } as const;

export const reachable = defineCheck({
  ...BASE,
  id: "thirdparty.reachable",
  title: "The outside service answers this environment's own credential",
  consequence: "What needs the service fails for every user, although our own part works.",
  severity: "blocker",
  asks: ways(`
    third-party API key valid | external services reachable | create production OpenAI API key
    create production API key | LiveKit server configured | Mux account for video distribution
    GetStream for chat | set up email provider (SendGrid, AWS SES, Postmark) | SendGrid/Postmark for emails
    Third-party APIs | External APIs working
    third-party services connected | external integrations verified
    third-party integrations working | third-party services reachable | external dependencies reachable
    third-party services verified | external dependencies verified | OpenAI API works | API access test
    API key accepted by the service | external APIs answer with production keys
    third-party API keys work in production | OpenAI API key accepted | third-party credentials valid
    external API keys valid | API key works
    SendGrid API key works | OpenAI key valid | external API calls succeed
    connection to the external system verified | third-party keys tested
    OpenAI reachable from production | provider credentials valid
    external APIs respond with production credentials | external services respond
    external API connections tested | connections to external APIs verified
    Twilio credentials work | credentials of the provider are valid
    API credentials verified | verify production API credentials | integrations connected
    integration connections verified | integration tested with real credentials
    connection to each provider tested | SMS provider answers
    image CDN reachable from the server
    Twilio configured | SMS service configured | SMS provider configured | Twilio SMS configured
    Google Maps API key valid | Maps key works | API key of the provider valid
    every provider's key still valid
  `),
  source: "https://sre.google/sre-book/addressing-cascading-failures/",
  run({ answer }, { options: { vendor: name, within } }) {
    const { title, keys, source } = VENDORS[name];
    const { host, status, tookMs, isShaped } = answer;
    const measured = { host, status, tookMs };
    const names = keys.map((key) => key.name).join(" and ");
    if (status === 401 || status === 403) {
      return fail(`${title} does not know this key`, {
        expected: "2xx",
        found: `${status} from ${host}`,
        fix: `make a key for this environment at ${title} and set ${names} (${source})`,
        measured,
      });
    }
    if (status === 429) return unknown(`${title} answered 429: its rate limit is used up right now`);
    if (status < 200 || status > 299) {
      return fail(`${title} does not answer as it should`, {
        expected: "2xx",
        found: `${status} from ${host}`,
        fix: `look at ${title}'s status page, and at ${VENDORS[name].address.variable}`,
        measured,
      });
    }
    if (!isShaped) {
      return fail(`what answers at ${host} is not ${title}`, {
        expected: `an answer of the shape ${title} publishes`,
        found: "another one",
        fix: `correct ${VENDORS[name].address.variable}`,
        measured,
      });
    }
    if (tookMs > within) {
      return warn(`${title} is slow`, {
        expected: `within ${within} ms`,
        found: `${tookMs} ms`,
        fix: "keep its time-out short where users wait for it, and look at its status page",
        measured,
      });
    }
    return pass(`${title} knows the key, ${tookMs} ms`, measured);
  },
});

export const quota = defineCheck({
  ...BASE,
  id: "thirdparty.quota",
  title: "Enough of the outside service's rate limit is left",
  consequence: "At the first rush the service refuses us, and users with us.",
  severity: "warning",
  asks: ways(`
    third-party rate limits sufficient | API quota headroom
    API quotas | OpenAI rate limits | Third-party limits checked
    vendor rate limits not reached | within API rate limits of vendors | third-party rate limits
    API quotas sufficient | rate limits of the provider high enough for traffic | enough API calls left
    usage limits not close | API quota left | quota of the external API | third-party quota high enough
    rate limit of external API has headroom | quota enough | third-party quotas checked | API quota limits
    rate limit of external APIs suffices | API key has sufficient quota
  `),
  run({ answer: { limit, left, status } }, { options: { vendor: name, headroom } }) {
    const { title, limits } = VENDORS[name];
    if (!limits) return notApplicable(`${title} does not tell its limits`);
    if (status === 429) {
      return fail(`${title}'s limit is used up`, {
        expected: `${headroom} % left`,
        found: "429",
        fix: `ask ${title} for a higher limit, or send less`,
      });
    }
    if (limit === undefined || left === undefined || limit === 0)
      return notApplicable(`${title} told no limit with this answer`);
    const percent = Math.floor((100 * left) / limit);
    const measured = { limit, left, percent };
    if (percent >= headroom) return pass(`${left} of ${limit} requests are left`, measured);
    return warn(`only ${percent} % of ${title}'s limit is left`, {
      expected: `${headroom} %`,
      found: `${left} of ${limit}`,
      fix: `ask ${title} for a higher limit, or send less`,
      measured,
    });
  },
});

export const keyScope = defineCheck({
  ...BASE,
  id: "thirdparty.key-scope",
  title: "The key may do what is declared and nothing else",
  consequence: "Whoever gets hold of the key can do all it may, not only what we use it for.",
  severity: "warning",
  asks: ways(`
    API keys have least privilege | restrict API key permissions | API key scopes minimal
    API keys restricted | API key permissions minimal | API keys scoped
    API key restricted to sending mail | restricted keys instead of full access keys
    token scope is the minimum needed | third-party keys follow least privilege
    read-only API key for third party
    external API keys limited to necessary permissions | provider tokens have only the scopes they need
    no full-access API keys | tokens without admin scope
    third-party tokens least privilege | integrations have minimal scopes | API key may only send
    key with limited permissions | access token with limited permissions
    token has only the scopes it requires | key scopes reduced | token permissions limited
    third-party keys as narrow as possible | narrow API keys
    API keys have the right permissions | API key permissions verified
    Stripe restricted keys | restricted API keys in use | restricted keys used
    Stripe restricted key with minimal permissions
    API keys have only the permissions they need | permissions of API keys appropriate
    token permissions appropriate
  `),
  run({ answer: { scopes, isShaped } }, { options: { vendor: name, scopes: wanted } }) {
    const { title } = VENDORS[name];
    if (!VENDORS[name].scopesOf) return notApplicable(`${title} does not tell what a key may do`);
    if (wanted.length === 0) return undeclared("no scopes are declared");
    if (!scopes || !isShaped) return unknown(`${title} did not tell what the key may do`);
    const missing = wanted.filter((each) => !scopes.includes(each));
    const extra = scopes.filter(
      (each) => !wanted.includes(each) && !/^(2fa_|sender_verification_)/.test(each),
    );
    const measured = { scopes: scopes.length };
    if (missing.length > 0) {
      return fail("the key may not do what it is for", {
        expected: wanted.join(", "),
        found: `not ${missing.join(", ")}`,
        fix: `give the key of ${title} the scopes ${missing.join(", ")}`,
        findings: missing,
        measured,
      });
    }
    if (extra.length === 0) return pass(`the key may do ${wanted.join(", ")} and nothing else`, measured);
    return warn("the key may do more than declared", {
      expected: wanted.join(", "),
      found: `also ${extra.slice(0, 5).join(", ")}${extra.length > 5 ? ` and ${extra.length - 5} more` : ""}`,
      fix: `make a key at ${title} with only ${wanted.join(", ")}`,
      findings: extra,
      measured,
    });
  },
});
