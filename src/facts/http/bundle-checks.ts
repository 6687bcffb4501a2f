import { defineCheck } from "../../model/check.ts";
import { fail, notApplicable, pass } from "../../model/outcome.ts";
import { quantity } from "../../model/quantity.ts";
import type { Variables } from "../../model/variable.ts";
import { ways } from "../../model/ways.ts";
import { listed } from "./advice.ts";
import { httpBundles } from "./bundles.ts";

interface Leak {
  readonly name: string;
  /** The variable, or the kind of credential. Never its text. */
  readonly what: string;
  readonly offset: number;
}

export const bundleLeak = defineCheck({
  id: "config.env.bundle-leak",
  title: "Nothing sent to browsers contains a secret",
  consequence: "Every visitor holds the credential, and so does every crawler that kept a copy.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1d",
  every: "1d",
  asks: ways(`
    no secrets in frontend bundle | no API keys in client code | secrets not exposed to the client
    API keys not exposed in the frontend | no sensitive data in the frontend bundle
    no secrets in the frontend bundle | client bundle contains no API keys
    frontend does not expose secrets | Service role key not exposed
    environment variables not exposed to the client | no API keys shipped in the client bundle
    built JavaScript searched for secrets | service role key never sent to the browser
    compiled assets contain no private tokens | no secret in dist | no secret in browser JavaScript
    secrets do not appear in JavaScript | built files contain no secrets | grep the build output for keys
    bundle inspected for secrets | no credentials in the shipped JavaScript
    page source contains no API keys | JavaScript files contain no keys | secrets not in the frontend build
    no tokens visible in the browser sources | secret key does not show up in the page source
    no keys in the page source | production bundle searched for secrets
    production bundle contains no API secrets | bundle checked for API keys
    no sensitive keys exposed to the browser | no secrets exposed to the client
    no sensitive data in client bundle | no secrets in client-side code | API keys not exposed client side
    no private keys in frontend | service role key not in frontend code | secret key not in frontend code
    service_role key never reaches the browser | secret key never reaches the browser
    no secrets in the browser | API keys hidden from the client | bundle searched for leaked keys
    VARIABLE_KEY never used in client code | service role key never used on the client
    no service role key required in browser code | SERVICE_ROLE_KEY never in the browser
    VARIABLE_KEY only used server-side | VARIABLE_KEY only on the server
    service role key only used server-side | secret key is server-side only
    SUPABASE_SERVICE_ROLE_KEY only server-side | secrets kept server side
    only the anon key in the frontend
    no keys in built JS | no secrets in built JavaScript | source maps contain no secrets
    source maps do not leak secrets
  `),
  source: "CWE-540; OWASP ASVS 14.3",
  needs: { bundles: httpBundles },
  run: ({ bundles }, { component, variables }) => {
    if (bundles.files.length === 0) return notApplicable("nothing with text in it is sent to browsers");
    const suspects = suspectsFrom(variables);
    const leaks = bundles.files.flatMap(({ name, text }) =>
      suspects.flatMap(({ what, find }) => {
        const offset = find(text);
        return offset === -1 ? [] : [{ name, what, offset } satisfies Leak];
      }),
    );
    const measured = { files: bundles.files.length, skippedFiles: bundles.skipped };
    if (leaks.length === 0)
      return pass(`no secret in ${quantity(bundles.files.length, "file")} sent to browsers`, measured);
    const what = [...new Set(leaks.map((leak) => leak.what))];
    return fail(`${listed(what)} sent to browsers`, {
      expected: "no secret value in any file of the front end",
      found: listed(leaks.map((leak) => `${leak.what} in ${leak.name} at ${leak.offset}`)),
      fix: `replace ${listed(what)} at its issuer, then keep it on the server: ${component} must not read it in code that is built for browsers`,
      findings: leaks.map((leak) => `${leak.name}: ${leak.what}`),
      measured,
    });
  },
});

interface Suspect {
  readonly what: string;
  find(text: string): number;
}

const SHORTEST_TELLING = 8;

const KNOWN: readonly { what: string; pattern: RegExp }[] = [
  { what: "a Stripe secret key", pattern: /\b[rs]k_(live|test)_[A-Za-z0-9]{16,}/ },
  { what: "a webhook secret", pattern: /\bwhsec_[A-Za-z0-9+/=]{16,}/ },
  { what: "an AWS access key", pattern: /\b(AKIA|ASIA)[0-9A-Z]{16}\b/ },
  { what: "a GitHub token", pattern: /\b(gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{40,})/ },
  { what: "a Slack token", pattern: /\bxox[abeoprs]-[A-Za-z0-9-]{20,}/ },
  { what: "a SendGrid key", pattern: /\bSG\.[\w-]{16,}\.[\w-]{16,}/ },
  { what: "a private key", pattern: /-----BEGIN ([A-Z]+ )?PRIVATE KEY-----\s*[A-Za-z0-9+/]{20}/ },
  {
    what: "a database address with its password",
    pattern: /\b(postgres(ql)?|mysql|mongodb(\+srv)?|rediss?):\/\/[^\s:@/"'`]*:[^\s:@/"'`${}]{6,}@[\w.-]+/,
  },
];

function suspectsFrom({ declared, values }: Variables): Suspect[] {
  const secrets = declared.filter(({ secret }) => secret);
  const own = secrets.flatMap(({ name }): Suspect[] => {
    const text = values.get(name)?.value.reveal() ?? "";
    if (text.length < SHORTEST_TELLING) return [];
    const encoded = Buffer.from(text).toString("base64").replace(/=+$/, "");
    return [{ what: name, find: (body) => Math.max(body.indexOf(text), body.indexOf(encoded)) }];
  });
  const prefixed = secrets.flatMap(({ name, livePrefixes = [], testPrefixes = [] }): Suspect[] =>
    [...livePrefixes, ...testPrefixes].map((prefix) => ({
      what: `something that begins like ${name}`,
      find: (body) => findPrefixed(body, prefix),
    })),
  );
  const known = KNOWN.map(({ what, pattern }) => ({ what, find: (body: string) => body.search(pattern) }));
  return [...own, ...prefixed, ...known, { what: "a Supabase service role key", find: findServiceRole }];
}

function findPrefixed(body: string, prefix: string): number {
  for (let at = body.indexOf(prefix); at !== -1; at = body.indexOf(prefix, at + 1)) {
    if (/^[A-Za-z0-9+/_=-]{8}/.test(body.slice(at + prefix.length))) return at;
  }
  return -1;
}

/** A JSON Web Token whose claims name the role that goes around row-level security. */
function findServiceRole(body: string): number {
  for (const match of body.matchAll(/\beyJ[\w-]{8,400}\.(eyJ[\w-]{8,4000})\.[\w-]{8}/g)) {
    const claims = Buffer.from(match[1] ?? "", "base64url").toString();
    if (/"role"\s*:\s*"service_role"/.test(claims)) return match.index;
  }
  return -1;
}
