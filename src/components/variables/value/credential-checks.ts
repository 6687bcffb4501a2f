import { defineCheck } from "../../../model/check.ts";
import {
  type Fail,
  fail,
  type NotApplicable,
  notApplicable,
  type Pass,
  pass,
  unknown,
} from "../../../model/outcome.ts";
import { quantity } from "../../../model/quantity.ts";
import type { OtherEnvironment, Subject } from "../../../model/subject.ts";
import { ways } from "../../../model/ways.ts";
import type { VariablesOptions } from "../options.ts";
import { type DeclaredValue, type EnvironmentValues, environmentValues, isSet } from "./facts.ts";
import { livePrefix } from "./mode.ts";
import { ofATest } from "./of-a-test.ts";
import { SETTING_FIGURES, withSettings } from "./seen-settings.ts";

export const testCredentialInProduction = defineCheck({
  id: "config.env.test-credential-in-production",
  title: "Production uses no test credential and no test host",
  consequence: "Customers pay into a sandbox, or production reads and writes another environment's data.",
  severity: "blocker",
  phase: "production",
  freshFor: "1d",
  every: "1h",
  asks: ways(`
    live keys instead of test keys in production | no localhost URLs in production configuration
    production API keys configured | no sandbox endpoints in production
    VARIABLE_NAME matches production URL | no test keys in production | test mode disabled
    production API URL set | test keys replaced with live keys
    no test credentials in production | production keys used | sandbox mode disabled
    localhost URLs removed | API URL points to production
    frontend points to production API | API calls use the production URL
    no test or development values in secrets | PAYSTACK_SECRET_KEY is a live key
    sk_live_ key in production only | API_URL points to the production backend | no localhost
    FRONTEND_URL is the production domain | API switched to production | API endpoint switched to production
    No sandbox keys | URL points to the production domain
    base URL is the production domain | no development URLs | production API keys added
    app points to the production API | API keys are production keys | third-party keys are live keys
    sandbox keys replaced | test keys removed
    API keys switched to production | switch to live mode | sandbox credentials replaced with live ones
    PayPal sandbox not used | production does not point at localhost
    development keys removed from production | no dev hosts in production configuration
    no localhost in production | test credentials absent from production | no test or sandbox API keys
    no sandbox API keys | no localhost addresses | configuration has no localhost addresses
    no sandbox credentials | production does not talk to sandbox
    production does not call sandbox endpoints | production keys in use, no test keys
    third-party integrations switched to production credentials | API endpoints updated to production URLs
    application URLs updated for production | test API keys replaced with live ones
    frontend API URL updated to production backend | frontend uses the production API endpoint
    frontend env points to production backend | API URL in the frontend is the production one
    no sandbox or test keys in the live environment | all API endpoints point to production
    API endpoints point to the production backend | production values in .env
    production credentials verified | email credentials are production ones
    production SMTP instead of Mailtrap | Mailtrap replaced by the production mail provider
    test mail server replaced
  `),
  figures: SETTING_FIGURES,
  needs: { values: environmentValues },
  run: ({ values }, subject) => withSettings(ofATestIn(values, subject), values, subject),
});

function ofATestIn(
  { declared, values }: EnvironmentValues,
  { environment, options: { onThisMachine } }: Subject<VariablesOptions>,
): Pass | Fail | NotApplicable {
  if (environment.stage !== "production") return notApplicable(`${environment.name} is not production`);
  const prefixes = new Map(declared.map(({ variable }) => [variable.name, variable.testPrefixes]));
  const found = [...values].flatMap(([name, given]) => {
    const why = ofATest({ name, given, testPrefixes: prefixes.get(name), onThisMachine });
    return why === undefined ? [] : [{ name, given, why }];
  });
  if (found.length === 0)
    return pass(`${quantity(values.size, "value belongs", "values belong")} to production`, {
      values: values.size,
    });
  return fail(
    `${found.map(({ name }) => name).join(", ")} belong${found.length === 1 ? "s" : ""} to a test`,
    {
      expected: "live credentials and public hosts",
      found: found.map(({ name, given, why }) => `${name} ${why} (${given.source})`).join("; "),
      fix: found
        .map(({ name, given }) => `${given.source}: put the production value in ${name}`)
        .concat("A service on the same machine: variables({ onThisMachine: [...] })")
        .join("\n"),
      findings: found.map(({ name }) => name),
    },
  );
}

export const productionCredentialElsewhere = defineCheck({
  id: "config.env.production-credential-elsewhere",
  title: "No other environment holds a credential of production",
  consequence: "A test run charges real cards, mails real customers or deletes real rows.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1d",
  every: "1h",
  asks: ways(`
    separate credentials for staging and production | production secrets not used in development
    secrets rotated from development | unique secrets per environment | secrets differ per environment
    new keys for production | different secrets per environment | separate production credentials
    production keys separate from development
    separate API keys for production | secrets differ between staging and prod
    secrets differ between staging and production | no production credentials in development
    dev and prod secrets are different | Staging does not use production database
    credentials rotated from dev to production | VARIABLE_SECRET differs from development
    production database URL not in local env
    preview deployments never touch the production database | production keys used in production only
    production keys only in production | no production secrets in development | live keys not used locally
    production credentials not shared with staging
    separate credentials for each environment | production password unknown to staging
    staging keys are not the production keys | staging has its own secrets | own secrets for staging
    production and development credentials are separate
    API key rotated for production, not the development key
    fresh API key for production, not the development key | new API keys generated for production
  `),
  needs: { values: environmentValues },
  run({ values: { declared, values } }, subject) {
    const { environment } = subject;
    const isProduction = environment.stage === "production";
    const others = (subject.otherEnvironments ?? []).filter(
      (other) => (other.stage === "production") !== isProduction,
    );
    const prefixes = new Map(declared.map(({ variable }) => [variable.name, variable.livePrefixes]));
    const live: HeldElsewhere[] = isProduction
      ? []
      : [...values].flatMap(([name, given]) => {
          const prefix = livePrefix(given.value.reveal(), prefixes.get(name));
          return prefix === undefined ? [] : [{ name, why: `begins with ${prefix}`, source: given.source }];
        });
    const found = [...live, ...others.flatMap((other) => heldBy(other, subject, declared))];
    if (found.length > 0) {
      return fail(`${[...new Set(found.map(({ name }) => name))].join(", ")} shared with production`, {
        expected: "each environment with credentials of its own",
        found: found.map(({ name, why, source }) => `${name} ${why} (${source})`).join("; "),
        fix: `create credentials for ${isProduction ? "the other environments" : environment.name} and put them in place of ${found.map(({ name }) => name).join(", ")}; a value that is rightly the same: variables({ sameEverywhere: [...] })`,
        findings: found.map(({ name, other }) => (other ? `${name} in ${other}` : name)),
      });
    }
    const hidden = others.filter((other) => other.unreadable !== undefined);
    if (hidden.length > 0) {
      return unknown(
        `the values of ${hidden.map((other) => `${other.name} cannot be read here: ${other.unreadable}`).join("; ")}`,
      );
    }
    if (isProduction && others.length === 0) return notApplicable("there is no other environment");
    return pass(
      others.length === 0
        ? "no value carries a live prefix; there is no other environment to compare with"
        : `no secret in common with ${others.map((other) => other.name).join(", ")}`,
      { comparedEnvironments: others.length },
    );
  },
});

interface HeldElsewhere {
  readonly name: string;
  readonly why: string;
  readonly source: string;
  /** The environment that has it too; absent when the value itself gives it away. */
  readonly other?: string;
}

function heldBy(
  other: OtherEnvironment,
  subject: Subject<VariablesOptions>,
  declared: readonly DeclaredValue[],
): HeldElsewhere[] {
  const { sameEverywhere } = subject.options;
  const names = new Map(Object.entries(other.fingerprints).map(([name, print]) => [print, name]));
  return declared.flatMap(({ variable, given }) => {
    if (!variable.secret || !isSet(given)) return [];
    const theirs = names.get(given.value.fingerprint(other.salt));
    if (theirs === undefined || sameEverywhere.includes(variable.name)) return [];
    const as = theirs === variable.name ? "" : ` as ${theirs}`;
    return [
      {
        name: variable.name,
        why: `has the same value in ${other.name}${as}`,
        source: given.source,
        other: other.name,
      },
    ];
  });
}
