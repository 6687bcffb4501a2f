import { defineCheck } from "../../model/check.ts";
import { fail, type Outcome, pass, unknown } from "../../model/outcome.ts";
import { ways } from "../../model/ways.ts";
import { type Answered, enumeration, type Told } from "./enumeration.ts";

export const noEnumeration = defineCheck({
  id: "auth.enumeration",
  title: "The sign-in does not tell whether an account exists",
  consequence:
    "Whoever has a list of addresses learns who is a customer, and which accounts are worth guessing at.",
  severity: "warning",
  phase: "staging",
  freshFor: "7d",
  asks: ways(`
    user enumeration prevented | no user enumeration | username enumeration | account enumeration prevented
    user enumeration tested | login error does not reveal whether the email exists | email enumeration protection
    same error for unknown user and wrong password | generic login error message | generic error messages on login
    error messages do not reveal whether an email exists | password reset does not reveal whether an email exists
    login does not reveal if an account exists | enumeration of accounts not possible
    Login verrät nicht ob ein Konto existiert | enumeración de usuarios | énumération des comptes
    enumeração de usuários | kullanıcı adı tespiti engellendi
    forgot password does not reveal whether an account exists | same answer for known and unknown addresses
    same response whether or not the email exists | sign-up does not reveal registered addresses
    login does not tell if the user exists | wrong password and unknown user look the same
  `),
  source:
    "https://owasp.org/www-project-web-security-testing-guide/v42/4-Web_Application_Security_Testing/03-Identity_Management_Testing/04-Testing_for_Account_Enumeration_and_Guessable_User_Account",
  needs: { told: enumeration },
  run({ told }) {
    for (const each of told) {
      const trouble = byStatus(each) ?? byText(each) ?? byTime(each);
      if (trouble) return trouble;
    }
    return pass(
      `${told.map(({ name }) => `"${name}"`).join(" and ")}: the same answer for accounts that exist and for others, in times that overlap`,
      {
        asked: told.reduce((sum, { known, unknown: others }) => sum + known.length + others.length, 0),
        quickestKnownMs: quickestMs(told.flatMap(({ known }) => known)),
        quickestUnknownMs: quickestMs(told.flatMap(({ unknown: others }) => others)),
      },
    );
  },
});

function byStatus({ name, known, unknown: others }: Told): Outcome | undefined {
  const [ours, theirs] = [statusesOf(known), statusesOf(others)];
  if (ours === theirs) return undefined;
  return fail(`"${name}" answers accounts that exist with another status`, {
    expected: "one status for both",
    found: `${ours} for one that exists, ${theirs} for one that does not`,
    fix: "answer a wrong password and an unknown account by the same line of code",
    findings: [name],
  });
}

function byText({ name, known, unknown: others }: Told): Outcome | undefined {
  const at = known.findIndex(({ says }, turn) => says !== others[turn]?.says);
  if (at < 0) return undefined;
  const isAlwaysOther = (some: readonly Answered[]) => new Set(some.map(({ says }) => says)).size > 1;
  if (isAlwaysOther(others)) return unknown(`"${name}" answers something else each time`);
  return fail(`"${name}" answers accounts that exist with other words`, {
    expected: "the same body, redirect and cookies for both",
    found: `try ${at + 1} of one that exists reads otherwise than try ${at + 1} of one that does not`,
    fix: 'say the same to both: "this address and this password do not belong together", or "if there is an account, a mail is on its way"',
    findings: [name],
  });
}

function byTime({ name, laterMs }: Told): Outcome | undefined {
  if (laterMs === undefined) return undefined;
  return fail(`"${name}" takes another time for accounts that exist`, {
    expected: "times that overlap",
    found: `every answer of one kind came at least ${Math.round(laterMs)} ms after every one of the other, for two accounts`,
    fix: "hash the password that was sent even where there is no account, and send mail after the answer",
    findings: [name],
    measured: { laterMs: Math.round(laterMs) },
  });
}

function statusesOf(some: readonly Answered[]): string {
  return [...new Set(some.map(({ status }) => status))].join(", ");
}

const quickestMs = (some: readonly Answered[]) => Math.round(Math.min(...some.map(({ tookMs }) => tookMs)));
