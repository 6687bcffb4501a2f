import { defineCheck } from "../../model/check.ts";
import { durationMs } from "../../model/duration.ts";
import { fail, type Outcome, pass, unknown } from "../../model/outcome.ts";
import type { Subject } from "../../model/subject.ts";
import { ways } from "../../model/ways.ts";
import type { AuthenticationResult } from "./authentication-results.ts";
import type { MailOptions } from "./options.ts";
import { type RoundTrip, roundTrip } from "./round-trip-facts.ts";

export const deliveryRoundTrip = defineCheck({
  id: "email.delivery.roundtrip",
  title: "A mail the application sends arrives in a mailbox, and not as spam",
  consequence: "Confirmations, password mails and receipts never reach the people who wait for them.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1d",
  every: "1d",
  asks: ways(`
    test email received | test mail arrives in the inbox | emails do not land in spam
    email delivery tested end to end | transactional emails are delivered | emails actually arrive
    mails arrive and are not marked as spam | email deliverability tested | SMTP tested with a real mailbox
    send a test email from production | ActionMailer delivers in production | mail sending works in production
    Laravel mail sends from production | Django send_mail works in production | emails arrive in the inbox
    password reset mail arrives | confirmation email arrives | welcome email arrives in Gmail
    order confirmation email received | Bestellbestätigung kommt an | correo de bienvenida llega
    emails are sent correctly | Testmail kommt an | E-Mail-Versand getestet | mails landen nicht im Spam | envío de correo probado
    correo de prueba recibido | e-mail de test reçu | les e-mails arrivent en boîte de réception
    e-mail de teste recebido | test e-postası ulaşıyor
    emails don't land in spam | emails not going to spam | receipt of the test email confirmed
    email reception verified | verification email is received | welcome email is sent and arrives
    notification email arrives | invitation email received | réception des e-mails vérifiée
    recepción de correos verificada | recebimento de e-mail verificado | проверено получение писем | 邮件可以收到
    メールが届く
    test email delivery | test email delivered | SMTP configured and test email delivered
    test email arrives | test mail sent and received
    mails reach customers | order confirmations reach their recipients | receipts arrive by email
    invoices arrive by email
  `),
  source: "https://www.rfc-editor.org/rfc/rfc8601",
  figures: { within: { measured: "tookMs", keeps: "no more", in: "ms" } },
  needs: { trip: roundTrip },
  run({ trip }, subject) {
    const declared = subject.options.roundTrip;
    const to = declared?.to ?? "the mailbox";
    if (trip.how === "not sent") {
      return fail("the application does not send", {
        expected: `a mail to ${to}`,
        found: `${trip.probe} ${trip.why}`,
        fix: `run it in ${subject.environment.name} until it sends: the mail provider's address, key and sender are among its variables`,
        findings: ["send"],
      });
    }
    if (trip.how === "not arrived") {
      return fail("a mail that was sent did not arrive", {
        expected: `in the inbox of ${to} within ${durationMs(declared?.within ?? "1m") / 1_000} s`,
        found: `nothing in ${trip.lookedIn.join(" and ")} after ${Math.round(trip.waitedMs / 1_000)} s`,
        fix: "look the mail up in the provider's log: refused, held back, on a suppression list, or sent from a sandbox that delivers to nobody",
        findings: ["arrive"],
        measured: { waitedMs: trip.waitedMs },
      });
    }
    return judgeArrived(trip, subject);
  },
});

function judgeArrived(
  trip: Extract<RoundTrip, { how: "arrived" }>,
  { options }: Subject<MailOptions>,
): Outcome {
  const { domain, roundTrip: declared } = options;
  const told = tell(trip.results);
  const measured = { tookMs: trip.tookMs, folder: trip.folder, results: told };
  if (trip.isSpam) {
    return fail("the mail arrived as spam", {
      expected: "the inbox, without a mark of a spam filter",
      found: `${trip.folder}; ${told}`,
      fix: `see what the mail's own header blames (X-Spam-Status, Authentication-Results), and that SPF, DKIM and DMARC of ${domain} pass`,
      findings: ["spam"],
      measured,
    });
  }
  const isOurs = (address: string): boolean =>
    declared?.from === undefined ? address.endsWith(`@${domain}`) : address === declared.from.toLowerCase();
  if (trip.from.length === 0 || !trip.from.every(isOurs)) {
    return fail("the mail comes from another sender than declared", {
      expected: declared?.from ?? `an address at ${domain}`,
      found: trip.from.join(", ") || "no From",
      fix: `set the sender of the application's mails to ${declared?.from ?? `an address at ${domain}`}`,
      findings: ["from"],
      measured,
    });
  }
  return judgeResults(trip, { domain, told, measured });
}

function judgeResults(
  { results, tookMs, hasJunkFolder }: Extract<RoundTrip, { how: "arrived" }>,
  {
    domain,
    told,
    measured,
  }: { domain: string; told: string; measured: Readonly<Record<string, string | number>> },
): Outcome {
  const given = (method: string) => results.filter((each) => each.method === method);
  const isBad = (method: string): boolean =>
    given(method).length > 0 && !given(method).some(({ result }) => isGood(method, result));
  const bad = ["dkim", "spf", "dmarc"].filter(isBad);
  const proven = results.filter(
    ({ method, result }) => result === "pass" && /^(dkim|spf|dmarc)$/.test(method),
  );
  if (bad.some((method) => given(method).some(({ result }) => result === "temperror")))
    return unknown(`the receiving server could not look the sender up: ${told}`);
  if (bad.length > 0) {
    return fail("the receiving server could not make sure of the sender", {
      expected: "pass for what it tells of DKIM and SPF, and no failure of DMARC",
      found: told,
      fix: `publish what the mail provider shows for ${domain}: its SPF include and its DKIM selectors, and let it sign`,
      findings: bad,
      measured,
    });
  }
  if (proven.length > 0 && !proven.some((each) => isAligned(each, domain))) {
    return fail("nothing that the receiving server made sure of speaks for the sender's own domain", {
      expected: `DKIM or SPF passing for ${domain}`,
      found: told,
      fix: `let the mail provider sign with a key of ${domain}, or use a return path below it`,
      findings: ["alignment"],
      measured,
    });
  }
  const about = results.length === 0 ? "its server tells nothing of DKIM and SPF" : told;
  const junk = hasJunkFolder ? "" : "; the mailbox has no folder for junk";
  return pass(`in the inbox after ${(tookMs / 1_000).toFixed(1)} s; ${about}${junk}`, measured);
}

/** A domain without a DMARC record gets "none", of some "bestguesspass": another check asks for the record. */
function isGood(method: string, result: string): boolean {
  return result === "pass" || (method === "dmarc" && ["none", "bestguesspass"].includes(result));
}

/** DMARC's relaxed alignment, as far as it can be told without a list of public suffixes: one below the other. */
function isAligned({ method, domain: other }: AuthenticationResult, domain: string): boolean {
  if (method === "dmarc") return true;
  if (other === undefined) return false;
  return other === domain || other.endsWith(`.${domain}`) || domain.endsWith(`.${other}`);
}

function tell(results: readonly AuthenticationResult[]): string {
  const told = results
    .filter(({ method }) => ["dkim", "spf", "dmarc"].includes(method))
    .map(({ method, result, domain }) => `${method}=${result}${domain === undefined ? "" : ` (${domain})`}`);
  return told.join(", ") || "no results of DKIM, SPF or DMARC";
}
