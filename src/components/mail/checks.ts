import { defineCheck } from "../../model/check.ts";
import { fail, pass, undeclared, warn } from "../../model/outcome.ts";
import { ways } from "../../model/ways.ts";
import { type DkimKey, dkimKeys, dmarcRecords, mailExchangers, spfTree } from "./facts.ts";

const MOST_LOOKUPS = 10;
const LEAST_RSA_BITS = 1_024;
const GOOD_RSA_BITS = 2_048;

export const spfValid = defineCheck({
  id: "email.spf.valid",
  title: "One SPF record names who sends, within the ten look-ups receivers allow",
  consequence: "Receipts and password mails go to spam, or are refused at the door.",
  severity: "blocker",
  phase: "production",
  freshFor: "1d",
  every: "1h",
  asks: ways(`
    SPF record configured | SPF | SPF, DKIM and DMARC configured
    email DNS records set | email authentication configured | SPF and DKIM records added
    DNS records for email
    SPF/DKIM/DMARC records | SPF, DKIM, DMARC set
    SPF and DKIM pass | sending domain configured
    SPF, DKIM, DMARC for the sending domain | SendGrid domain authenticated
    SPF TXT record | SPF record for the sending domain | SPF/DKIM configured
    email authentication records
    SPF below 10 lookups | v=spf1 record
    one SPF record only | duplicate SPF records merged | Sender Policy Framework
    SPF includes the mail provider | SPF lookups | SPF valid | SPF record published | SPF record added
    SPF record in DNS | SPF TXT | exactly one spf1 record
    SPF, DKIM and DMARC verified | SPF, DKIM and DMARC pass
  `),
  source: "https://www.rfc-editor.org/rfc/rfc7208",
  needs: { spf: spfTree },
  run({ spf: { records, record, reached, lookups, empty } }, { options: { domain, provider } }) {
    const include = provider === undefined ? "" : ` include:${provider}`;
    const wanted = `${domain}. IN TXT "v=spf1${include} -all"`;
    const measured = { records: records.length, lookups };
    const expected = "one record, at most ten look-ups, ~all or -all at its end";
    if (!record) {
      return fail(`${domain} says nothing of who sends`, {
        expected,
        found: "no SPF record",
        fix: wanted,
        measured,
      });
    }
    if (records.length > 1) {
      return fail(`${domain} has ${records.length} SPF records, so none counts`, {
        expected,
        found: records.join(" | "),
        fix: "join their includes in one record and delete the others",
        measured,
      });
    }
    const problems = [
      ...(lookups > MOST_LOOKUPS ? [`${lookups} look-ups`] : []),
      ...empty.map((name) => `${name} has no SPF record`),
      ...(provider !== undefined && !reached.includes(provider) ? [`${provider} is not included`] : []),
      ...(record.redirect === undefined && !["-", "~"].includes(record.others ?? "")
        ? [openEnd(record.others)]
        : []),
    ];
    if (problems.length === 0) return pass(`${lookups} look-ups, ${record.others ?? ""}all`, measured);
    return fail(`the SPF record of ${domain} does not hold`, {
      expected,
      found: `${problems.join("; ")}: ${records[0]}`,
      fix: wanted,
      findings: problems,
      measured,
    });
  },
});

function openEnd(others: string | undefined): string {
  return others === undefined
    ? "it does not say what becomes of everybody else"
    : `everybody else may send (${others}all)`;
}

export const dkimSelector = defineCheck({
  id: "email.dkim.selector",
  title: "The keys that mail is signed with are published",
  consequence: "Signatures cannot be verified, and DMARC then counts every mail as forged.",
  severity: "blocker",
  phase: "production",
  freshFor: "1d",
  every: "1h",
  asks: ways(`
    DKIM configured | DKIM keys published | DKIM record | domain authentication for email
    DKIM verified | sender domain DKIM | SendGrid domain authenticated
    DKIM TXT record | DKIM CNAME records | _domainkey TXT record
    DKIM 2048-bit key | DKIM CNAMEs in the zone | Easy DKIM | DKIM selector published
    DKIM TXT | DKIM for the sending domain | verify sending domain | sender domain verified
    sending domain authenticated | sender authenticated | DNS records for Resend verified
    SPF, DKIM and DMARC configured | SPF, DKIM, DMARC set | SPF/DKIM/DMARC records
    SPF, DKIM, DMARC for the sending domain | SPF, DKIM and DMARC verified | SPF, DKIM and DMARC pass
    SPF and DKIM records added | SPF and DKIM pass | SPF/DKIM configured | domain verified at Resend
    sender domain verified at the mail provider | domain verified in SendGrid
    verify sending domain in Resend
    sending domain verified with SPF and DKIM so that mail does not land in spam
    domain authenticated with SPF and DKIM against spam
    email DNS records set | email authentication configured | DNS records for email
    email authentication records
  `),
  source: "https://www.rfc-editor.org/rfc/rfc6376",
  needs: { keys: dkimKeys },
  run({ keys }, { options: { domain } }) {
    if (keys.length === 0) return undeclared("no DKIM selector is declared");
    const bad = keys.filter(
      ({ key }) => typeof key !== "object" || (key.type === "rsa" && key.bits < LEAST_RSA_BITS),
    );
    const weak = keys.filter(
      ({ key }) => typeof key === "object" && key.type === "rsa" && key.bits < GOOD_RSA_BITS,
    );
    const told = (each: DkimKey): string => `${each.selector}: ${tell(each)}`;
    if (bad.length + weak.length === 0) return pass(keys.map(told).join("; "), { selectors: keys.length });
    const trouble = {
      expected: `a key of ${GOOD_RSA_BITS} bits at each selector`,
      found: [...new Set([...bad, ...weak])].map(told).join("; "),
      fix: [...new Set([...bad, ...weak])]
        .map(
          ({ selector }) => `${selector}._domainkey.${domain}: publish what the mail provider shows for it`,
        )
        .join("\n"),
      findings: [...new Set([...bad, ...weak])].map(({ selector }) => selector),
    };
    return bad.length > 0 ? fail("mail cannot be verified", trouble) : warn("a DKIM key is short", trouble);
  },
});

function tell({ key }: DkimKey): string {
  if (key === undefined) return "no record";
  if (key === "empty") return "withdrawn";
  if (key === "unreadable") return "cannot be read";
  return `${key.type}, ${key.bits} bits`;
}

export const dmarcPolicy = defineCheck({
  id: "email.dmarc.policy",
  title: "Forged mail is to be refused, and somebody is told of it",
  consequence: "Anybody can write to your users in your name, and nobody finds out.",
  severity: "warning",
  phase: "production",
  freshFor: "1d",
  asks: ways(`
    DMARC policy configured | DMARC record | DMARC set to quarantine or reject
    DMARC policy p=quarantine | DMARC from none to quarantine | p=quarantine after monitoring | DMARC
    DMARC policy published | DMARC p=quarantine | SPF, DKIM, DMARC set | p=quarantine
    DMARC TXT record | _dmarc record | DMARC with reporting address
    DMARC enforcement | DMARC on the sending domain | DMARC rua reports
    DMARC for domain | DMARC TXT
    SPF, DKIM and DMARC configured | SPF/DKIM/DMARC records | SPF, DKIM, DMARC for the sending domain
    SPF, DKIM and DMARC verified | SPF, DKIM and DMARC pass
    email DNS records set | email authentication configured | DNS records for email
    email authentication records
  `),
  source: "https://www.rfc-editor.org/rfc/rfc7489",
  figures: { dmarc: { quality: "policy", keeps: "no worse", order: ["none", "quarantine", "reject"] } },
  needs: { records: dmarcRecords },
  run({ records }, { options: { domain } }) {
    const expected = "one record with p=quarantine or p=reject and a rua address";
    const fix = `_dmarc.${domain}. IN TXT "v=DMARC1; p=quarantine; rua=mailto:dmarc@${domain}"`;
    const [record = ""] = records;
    if (records.length !== 1) {
      return warn(
        records.length === 0 ? `${domain} has no DMARC record` : `${domain} has several DMARC records`,
        {
          expected,
          found: records.join(" | ") || "none",
          fix,
        },
      );
    }
    const policy = /;\s*p\s*=\s*(\w+)/i.exec(record)?.[1]?.toLowerCase();
    const reports = /;\s*rua\s*=\s*mailto:/i.test(record);
    if ((policy === "quarantine" || policy === "reject") && reports) return pass(`p=${policy}`, { policy });
    return warn(
      policy === "none" || policy === undefined
        ? "forged mail is let through"
        : "nobody is told of forged mail",
      {
        expected,
        found: record,
        fix,
        measured: { policy: policy ?? "none" },
      },
    );
  },
});

export const exchangersReachable = defineCheck({
  id: "email.mx.reachable",
  title: "Mail to the domain has somewhere to go, or says that it has not",
  consequence: "Answers of users and notices of undeliverable mail are lost without a word.",
  severity: "warning",
  phase: "production",
  freshFor: "1d",
  asks: ways(`
    MX records configured | mail server records | MX records | MX set
    MX record
    null MX
    MX entries | MX correct
  `),
  source: "https://www.rfc-editor.org/rfc/rfc7505",
  needs: { exchangers: mailExchangers },
  run({ exchangers }, { options: { domain, receives } }) {
    const isNull = exchangers.length === 1 && ["", "."].includes(exchangers[0]?.name ?? "");
    const gone = exchangers.filter(({ resolves }) => !resolves);
    const measured = { exchangers: isNull ? 0 : exchangers.length };
    if (receives && exchangers.length > 0 && !isNull && gone.length === 0) {
      return pass(exchangers.map(({ name }) => name).join(", "), measured);
    }
    if (!receives && (isNull || (exchangers.length > 0 && gone.length === 0))) {
      return pass(
        isNull ? "says that nobody reads it" : exchangers.map(({ name }) => name).join(", "),
        measured,
      );
    }
    return warn(`mail to ${domain} goes nowhere`, {
      expected: receives ? "mail exchangers that resolve" : "a null MX, since nobody reads mail to it",
      found:
        exchangers.length === 0
          ? "no MX record"
          : `${gone.map(({ name }) => name || ".").join(", ")} does not resolve`,
      fix: receives ? "publish the MX records that the mailbox provider shows" : `${domain}. IN MX 0 .`,
      findings: gone.map(({ name }) => name),
      measured,
    });
  },
});
