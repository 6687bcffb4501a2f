import { defineCheck } from "../../model/check.ts";
import { formatDuration } from "../../model/duration.ts";
import { fail, pass, undeclared, warn } from "../../model/outcome.ts";
import { ways } from "../../model/ways.ts";
import { type HostAnswer, hostAnswers } from "./facts.ts";
import { namesOf } from "./host-names.ts";

const RFC_1034 = "https://www.rfc-editor.org/rfc/rfc1034";

export const recordResolves = defineCheck({
  id: "dns.record.resolves",
  title: "Every declared name resolves to where it should",
  consequence: "Users get an error of their browser's, and no monitor of the application sees a thing.",
  severity: "blocker",
  phase: "production",
  freshFor: "1h",
  every: "5m",
  asks: ways(`
    DNS configured | domain name points to the server | DNS records set | A record configured
    configure domain name (DNS) | CNAME records configured | custom domain setup
    domain DNS configured and propagated | add custom domain | add DNS records
    production domain hooked up
    DNS entries exist | domain configured | subdomains configured
    DNS records point to production | domain pointed to hosting | A and CNAME records point to production
    production domain connected | domain resolves | DNS verified | nslookup returns the server
    www subdomain configured | domain points to the server | domain pointing to production
    DNS records checked | DNS records verified | dig returns the correct IP | nslookup resolves
    DNS domain ok | DNS A record: host to IP | A record points to the server | A record for the domain
    CNAME www to the domain | CNAME for www | custom domain attached
    domain attached | domain connected | DNS points to the load balancer | DNS switched to the new server
    DNS pointing to the new infrastructure | domain and DNS configured
    DNS pointing to production infrastructure | domain name resolves | DNS A/AAAA records set
    DNS configured for custom domain | DNS switched over | DNS cutover | name resolves to the right IP
    DNS records pointing correctly | set up subdomain for the API | set up subdomain for WebSocket
    point the domain to the server | DNS records pointing to the server IP | DNS records
    DNS records created | DNS updated | DNS entries | custom domain linked | domain added | domain linked
    ALIAS record for the apex domain | apex domain record
    domain DNS switched | DNS resolution | DNS zone configured
    domain mapped | domain live
    API hostname resolves to the ingress | subdomain resolves to the load balancer
    apex and www resolve | custom hostname resolves | hostname resolves | resolvers return the new IP
    8.8.8.8 and 1.1.1.1 return the new IP
    primary domain connected | main domain connected | add the domain to Vercel
    domain added to the hosting
    domain connected to the hosting | custom domain connected and resolves
  `),
  source: RFC_1034,
  needs: { answers: hostAnswers },
  run({ answers }, { options: { target } }) {
    const silent = answers.filter(({ addresses }) => addresses.length === 0);
    const astray =
      target === undefined ? [] : answers.filter((each) => !silent.includes(each) && !leadsTo(each, target));
    const measured = { names: namesOf(answers).length, answers: answers.length };
    if (silent.length + astray.length === 0) {
      return pass(
        namesOf(answers)
          .map((host) => `${host}: ${shown(answers, host)}`)
          .join("; "),
        measured,
      );
    }
    return fail(
      silent.length > 0
        ? `${namesOf(silent).join(", ")} does not resolve`
        : `${namesOf(astray).join(", ")} leads elsewhere`,
      {
        expected: target === undefined ? "an address for each name" : `${target} for each name`,
        found: [...silent, ...astray]
          .map((each) => `${each.host} at ${each.resolver}: ${shown([each], each.host) || "nothing"}`)
          .join("; "),
        fix: namesOf([...silent, ...astray])
          .map(
            (host) =>
              `${host}. 300 IN ${target !== undefined && /[a-z]/.test(target) ? "CNAME" : "A"} ${target ?? "<address of the server>"}`,
          )
          .join("\n"),
        findings: namesOf([...silent, ...astray]),
        measured,
      },
    );
  },
});

export const propagationDone = defineCheck({
  id: "dns.propagation.done",
  title: "All resolvers that are asked give the same answer",
  consequence: "Half of the users still reach the old server, and write their orders there.",
  severity: "blocker",
  phase: "production",
  freshFor: "1h",
  asks: ways(`
    DNS propagation complete | DNS propagated | DNS propagated globally | propagated globally
    verify DNS propagation | DNS changes have propagated | DNS resolves worldwide | wait for DNS propagation
    DNS propagation verified with dig | DNS propagation checked
    identical answers from several resolvers | DNS change visible worldwide | propagation complete
    resolvers answer the same
    DNS switch visible everywhere | DNS green everywhere
    resolvers see the change
    domain resolves from several providers | DNS resolution OK from different ISPs
    DNS resolves from several locations
    whatsmydns shows the new address everywhere
  `),
  source: RFC_1034,
  needs: { answers: hostAnswers },
  run({ answers }) {
    const resolvers = new Set(answers.map(({ resolver }) => resolver)).size;
    const split = namesOf(answers).filter(
      (host) => new Set(answers.filter((each) => each.host === host).map((each) => key(each))).size > 1,
    );
    if (split.length === 0) {
      return resolvers > 1
        ? pass(`${resolvers} resolvers agree`, { resolvers })
        : undeclared(
            `one resolver agrees with itself; several are declared in domain({ resolvers: ["1.1.1.1", "8.8.8.8", "9.9.9.9"] })`,
          );
    }
    return fail(`resolvers disagree on ${split.join(", ")}`, {
      expected: "one answer",
      found: answers
        .filter(({ host }) => split.includes(host))
        .map((each) => `${each.host} at ${each.resolver}: ${shown([each], each.host) || "nothing"}`)
        .join("; "),
      fix: "wait for the old record's time to live to pass; keep the old server answering until then",
      findings: split,
      measured: { resolvers },
    });
  },
});

export const ttlSane = defineCheck({
  id: "dns.record.ttl-sane",
  title: "An address can be changed in reasonable time",
  consequence: "When the server is lost, users keep going to it for as long as the record may be kept.",
  severity: "warning",
  phase: "production",
  freshFor: "1d",
  asks: ways(`
    DNS TTL lowered | low TTL before launch | DNS TTL configured | reduce DNS TTL
    lower the DNS TTL before the switch | TTL lowered before cutover
    DNS TTL low enough | TTL of the records | TTL dropped ahead of migration
    TTL lowered before the move | short TTL for quick rollback | TTL of A and AAAA records
    record TTL
  `),
  source: RFC_1034,
  figures: { ttl: { measured: "longestTtlSeconds", keeps: "no more", in: "seconds" } },
  needs: { answers: hostAnswers },
  run({ answers }, { options }) {
    const longest = Math.max(
      0,
      ...answers.flatMap(({ addresses }) => addresses.map((each) => each.ttlSeconds ?? 0)),
    );
    const measured = { longestTtlSeconds: longest };
    const limit = formatDuration(options.ttl);
    if (longest * 1_000 <= options.ttl) return pass(`at most ${longest} s`, measured);
    return warn("an old address stays in use for too long", {
      expected: `${limit} at most`,
      found: `${longest} s`,
      fix: "set the records' TTL to 300 a day before anything moves, and back to 3600 after it",
      measured,
    });
  },
});

function leadsTo({ addresses, alias }: HostAnswer, target: string): boolean {
  return alias === target || addresses.some(({ value }) => value === target);
}

function shown(answers: readonly HostAnswer[], host: string): string {
  const own = answers.filter((each) => each.host === host);
  return [...new Set(own.flatMap(({ addresses }) => addresses.map(({ value }) => value)))].join(", ");
}

function key({ addresses }: HostAnswer): string {
  return addresses
    .map(({ value }) => value)
    .sort()
    .join(" ");
}
