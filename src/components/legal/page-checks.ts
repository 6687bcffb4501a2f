import { defineCheck } from "../../model/check.ts";
import { fail, notApplicable, pass, warn } from "../../model/outcome.ts";
import type { Subject } from "../../model/subject.ts";
import { ways } from "../../model/ways.ts";
import type { LegalOptions } from "./options.ts";
import { firstVisits, legalPages } from "./pages.ts";

const BASE = { phase: "staging", freshFor: "7d", every: "1d" } as const;

/** What a privacy page has to speak of (GDPR article 13), in the languages such pages are mostly written in. */
const TOPICS: readonly (readonly [topic: string, words: RegExp])[] = [
  [
    "how long data is kept",
    /\b(days|months|years|retention|how long|Tage|Monate|Jahre|jours|mois|ans|días|meses|años)\b/i,
  ],
  [
    "the rights to see, correct and delete",
    /\b(delet\w+|remov\w+|eras\w+|lösch\w+|supprim\w+|suppression|elimin\w+|borrar)\b/i,
  ],
  ["the right to a copy", /\b(export\w*|copy|access|portab\w+|Auskunft|Kopie|copie|accès|exportar|copia)\b/i],
  ["cookies", /cookies?/i],
];

export const pagesReachable = defineCheck({
  ...BASE,
  id: "legal.pages.reachable",
  title: "Privacy and terms are online, linked, dated, and say what they have to",
  consequence: "Without them selling is unlawful, and app stores and payment providers close the account.",
  severity: "blocker",
  asks: ways(`
    add privacy policy | add terms of service | privacy policy and terms of service published
    legal pages linked from the footer | privacy policy | terms of service | imprint
    imprint and privacy pages reachable | privacy page live | /privacy and /terms return 200
    /privacy and /terms accessible | terms and privacy links work
    imprint and privacy policy linked | legal notice | legal notice online
    terms of service and privacy policy linked | privacy policy live | privacy policy published
    privacy policy page | terms of service page | privacy policy URL
    privacy policy accessible | terms page | privacy policy linked in the footer | GDPR privacy policy
    legal pages | legal pages accessible | legal pages online | legal pages exist | privacy policy online
    privacy notice | terms and privacy linked in the footer
    privacy policy has a date | imprint online | privacy notice linked
    terms of service up to date and online
  `),
  source: "https://gdpr-info.eu/art-13-gdpr/",
  needs: { pages: legalPages },
  run({ pages }, { options: { company, contact, linkedFrom } }) {
    const troubles = pages.flatMap(({ name, path, status, text, isLinked }) => {
      if (status !== 200) return [`${path} answers ${status}`];
      const missing = [
        ...(text.includes(company) ? [] : [`${path} does not name ${company}`]),
        ...(/\b20\d\d\b/.test(text) ? [] : [`${path} has no date`]),
        ...(isLinked ? [] : [`${path} is not linked from ${linkedFrom}`]),
        ...(text.length < 200 ? [`${path} is all but empty`] : []),
      ];
      if (name !== "privacy") return missing;
      if (!text.includes(contact)) missing.push(`${path} does not name ${contact}`);
      for (const [topic, words] of TOPICS)
        if (!words.test(text)) missing.push(`${path} says nothing of ${topic}`);
      return missing;
    });
    if (troubles.length === 0)
      return pass(`${pages.map(({ path }) => path).join(", ")} say what they have to`);
    return fail(`a legal page is not as it has to be: ${troubles[0]}`, {
      expected:
        "each page online, linked, dated, with who is responsible; privacy with contact, rights, time and cookies",
      found: troubles.join("; "),
      fix: `write what is missing into ${[...new Set(troubles.map((each) => each.split(" ")[0]))].join(", ")}, or correct legal({ ... })`,
      findings: troubles,
    });
  },
});

/** What a declared component sends elsewhere, by the name people know. */
const NAMES: Readonly<Record<string, string>> = {
  openai: "OpenAI",
  sendgrid: "SendGrid",
  livekit: "LiveKit",
  mux: "Mux",
  getstream: "GetStream|Stream",
  github: "GitHub",
  slack: "Slack",
  google: "Google",
};

export const processorsListed = defineCheck({
  ...BASE,
  id: "gdpr.processors.listed",
  title: "Everybody who receives people's data stands in the privacy page",
  consequence: "People were not told who gets their data, and each of them may complain.",
  severity: "blocker",
  asks: ways(`
    third-party processors listed in the privacy policy
    sub-processors listed | Subprocessors listed
    List of processors published | Data processors documented in privacy policy
    privacy page lists recipients | every vendor mentioned in the privacy policy
    sub-processors named in the privacy policy | data processors in the privacy notice
    privacy policy lists the processors | third-party vendors listed in the privacy policy
    sub-processor list published | third-party recipients listed | data processors named
    processors mentioned in the privacy policy | names of data processors
    sub-processors | privacy policy published with third-party services
    privacy policy covers third-party services
  `),
  source: "https://gdpr-info.eu/art-13-gdpr/",
  needs: { pages: legalPages },
  run({ pages }, subject) {
    const privacy = pages.find(({ name }) => name === "privacy");
    const declared = processorsOf(subject);
    if (declared.length === 0) return notApplicable("nobody else receives people's data");
    const text = privacy?.text ?? "";
    const missing = declared.filter((name) => !new RegExp(`\\b(${name})\\b`, "i").test(text));
    if (missing.length === 0) return pass(`${declared.length} who receive data are named`);
    return fail(`${privacy?.path} does not name ${missing.map(shown).join(", ")}`, {
      expected: declared.map(shown).join(", "),
      found: `without ${missing.map(shown).join(", ")}`,
      fix: `say in ${privacy?.path} what ${missing.map(shown).join(", ")} receives and what for`,
      findings: missing.map(shown),
    });
  },
});

const shown = (name: string): string => name.split("|")[0] ?? name;

function processorsOf({ siblings, options }: Subject<LegalOptions>): string[] {
  const found = siblings.flatMap(({ kind, options: given }) => {
    const { vendor, providers } = given as { vendor?: string; providers?: readonly string[] };
    if (kind === "stripe") return ["Stripe"];
    if (kind === "service" && vendor) return [NAMES[vendor] ?? vendor];
    if (kind === "oauth") return (providers ?? []).map((each) => NAMES[each] ?? each);
    return [];
  });
  return [...new Set([...found, ...options.processors])];
}

export const consentFirst = defineCheck({
  ...BASE,
  id: "legal.consent.before-tracking",
  title: "As they are sent, pages set no cookie and load nothing from elsewhere before anybody agreed",
  consequence: "Every visit breaks the law on cookies, and regulators fine for it by the visit.",
  severity: "blocker",
  asks: ways(`
    cookie consent | no tracking before consent
    Consent before analytics | analytics do not load before consent
    analytics only after consent | scripts blocked until consent | cookie banner blocks scripts
    Google Analytics only after opt-in | pixel blocked until consent
    cookie banner blocks pixel until accepted | no non-essential cookies on first visit
    tracking scripts load after consent | no cookies before consent
    tags do not fire before consent | tracking only after opt-in | opt-in before tracking
    no trackers before consent | tracking only after consent
    marketing cookies only after accept
    GA4 waits for consent | analytics wait for consent | marketing cookies blocked until accepted
    cookies only after consent | cookie banner
  `),
  source: "https://eur-lex.europa.eu/eli/dir/2002/58/art_5/oj",
  needs: { visits: firstVisits },
  run({ visits }, { options: { consent } }) {
    const troubles = visits.flatMap(({ path, cookies, elsewhere }) => [
      ...cookies.filter((name) => !consent.cookies.includes(name)).map((name) => `${path} sets ${name}`),
      ...elsewhere.map((host) => `${path} loads from ${host}`),
    ]);
    const named = [...new Set(visits.flatMap((each) => each.named))];
    if (troubles.length === 0 && named.length > 0)
      return warn(`a script of the page names ${named.join(", ")}`, {
        expected: "a tracker that is loaded after consent only, which cannot be seen from what is sent",
        found: named.join(", "),
        fix: 'let the script be no script until people agree: <script type="text/plain">, as consent managers take it',
        findings: named,
      });
    if (troubles.length === 0)
      return pass(
        `${visits.length === 1 ? "a first visit sets" : "first visits set"} no cookie and load nothing from elsewhere`,
      );
    return fail(`before anybody agreed, ${troubles[0]}`, {
      expected: "no cookie that is not needed, nothing from other hosts",
      found: troubles.join("; "),
      fix: "load it after consent only, serve it yourself, or name a cookie that needs none in legal({ consent: { cookies } })",
      findings: troubles,
    });
  },
});
