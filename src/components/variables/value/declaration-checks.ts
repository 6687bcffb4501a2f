import { defineCheck } from "../../../model/check.ts";
import {
  type Fail,
  fail,
  type NotApplicable,
  notApplicable,
  type Pass,
  pass,
  undeclared,
} from "../../../model/outcome.ts";
import { quantity } from "../../../model/quantity.ts";
import { ways } from "../../../model/ways.ts";
import { type ExampleFile, exampleFile } from "../dotenv/facts.ts";
import { type EnvironmentValues, environmentValues, isSet } from "./facts.ts";
import { placeholderRule } from "./placeholder.ts";
import { SETTING_FIGURES, withSettings } from "./seen-settings.ts";
import { describeType, whyNot } from "./type-judgement.ts";

const NOTHING_DECLARED = "no component declares a variable";

export const declaredPresent = defineCheck({
  id: "config.env.declared-present",
  title: "Every required variable has a value",
  consequence: "The application stops at start, or at the first request that needs the missing value.",
  severity: "blocker",
  phase: "build",
  freshFor: "1d",
  every: "1h",
  asks: ways(`
    environment variables configured | all environment variables set in production
    required env vars present | set environment variables on the host | .env configured | env vars loaded
    VARIABLE_NAME | VARIABLE_NAME in .env | secrets configured | required variables | update VARIABLE_NAME
    set VARIABLE_NAME on the hosting platform | production .env file | API credentials configured
    credentials added | environment variables configured in the hosting dashboard | .env file created
    env file with all required variables | all environment variables set | environment variables set
    env variables configured | production environment variables set
    all required environment variables configured | environment variables added to hosting
    env vars set in Vercel | all secrets set | API keys configured | production secrets configured
    config vars set on Heroku | secrets added | variables set in Railway
    all environment variables present | environment variables verified | keys set in environment
    set all production environment variables | variables set
    environment variables defined | environment variables filled in
    environment variables set on the server | .env filled in | .env on the server
    production environment variables configured | env file on the server | all secrets added
    VARIABLE_NAME is set | VARIABLE_NAME added | VARIABLE_NAME defined
    add environment variables | add production API keys | add env vars to the hosting platform
    add API keys | Render environment variables set | environment variables verified in production
    backend environment variables configured | frontend environment variables configured
    environment variables added | environment variables ready | environment variables in place
    environment variables complete | environment variables checked | environment variables created
    environment variables updated | .env complete | .env updated | .env ready | .env added
    frontend .env created | backend .env created
    provider API keys set | external API keys in place | production API keys added
    S3 variables set | NEXT_PUBLIC_ vars set
    Supabase project keys in env | VARIABLE_NAME read from the environment
    API keys of SendGrid, Mailgun, Postmark, Resend and Twilio set
    API keys of OpenAI, Anthropic and Gemini set
    API keys of Google Maps, Mapbox, Cloudinary, Algolia and Pusher set
    API keys of PayPal, Razorpay, Paystack, Flutterwave and Plaid set
    bot tokens of Slack, Telegram, Discord and WhatsApp set
    keys of AWS, Azure, GCP, Firebase, Clerk, Auth0 and Sentry set
    credentials of SMTP, S3, R2, Cloudflare and Vercel set | API token configured
    SMTP username and password set | encryption key set | NEXT_PUBLIC_ variables set
    .env present on the VPS | .env uploaded to the server | .env values checked
    environment variables synced | master key available on the server
    production API keys configured | all production API keys configured | cron secret
    cron authentication secret | internal API secret | signing secret set
    environment variables set in the container | VARIABLE_NAME is present | VARIABLE_NAME available
    environment variables loaded correctly | .env file configured | .env.production filled in
    third-party credentials set | AWS credentials configured
    Firebase credentials | Twilio credentials set | Supabase credentials | API token set
    JWT signing keys configured | edge function secrets set | Supabase secrets set
    Kubernetes secrets created | Fly.io secrets set | Fly secrets list
    environment variables set in AWS Lambda | environment variables set in Cloudflare Pages
    env vars configured in Netlify | environment variables configured on Render
    environment variables set in Azure App Service | environment variables for production and preview
    copy .env.example to .env | worker variables set
    missing environment variables: none | no missing environment variables | database password set
    config vars set | secrets created | secrets set in production | email credentials configured
    SMTP credentials configured | service credentials configured | credentials for external services set
    secrets injected through environment variables | variables set in the hosting dashboard
    environment variables copied to production | env variables loaded
    env vars set for all environments | Supabase URL and key set | VARIABLE_NAME set on the server
    Supabase keys configured | every required variable has a value | no variable missing at startup
    environment filled in | no empty environment variables | API keys and tokens in place
    preflight check of environment variables | all secrets and tokens set
    secrets and API tokens configured | AI provider API keys configured | API key for AI features
    provider keys for production configured | PORT variable set | all secrets present
    secrets present in production | required variables present on the host
    Heroku config shows all required variables | all configuration values supplied
    Firebase config in environment | AWS keys configured | Cloudinary credentials set
    Twilio account SID and auth token | Mapbox token set | Pusher keys set | Algolia keys set
    VAPID keys set | Firebase service account key set | SendGrid API key configured
    GitHub OAuth app credentials in env | required API keys set | Google Maps key set | analytics key in env
    variables configured in Netlify and Vercel | webhook secret configured
    webhook signing secret configured | webhook secret set | webhook signing secret added
  `),
  source: "https://12factor.net/config",
  figures: SETTING_FIGURES,
  needs: { values: environmentValues },
  run: ({ values }, subject) =>
    withSettings(presenceOf(values, subject.variables.toBeSupplied), values, subject),
});

function presenceOf(
  { declared, place }: EnvironmentValues,
  toBeSupplied: ReadonlySet<string> | undefined,
): Pass | Fail | NotApplicable {
  if (declared.length === 0) return undeclared(NOTHING_DECLARED);
  const missing = declared.filter(
    ({ variable, given }) => variable.required && !isSet(given) && !toBeSupplied?.has(variable.name),
  );
  if (missing.length === 0) {
    const required = declared.filter(({ variable }) => variable.required).length;
    const measured = { declared: declared.length, required };
    return pass(
      `${quantity(required, "required variable has", "required variables have")} a value`,
      measured,
    );
  }
  const isBlank = missing.every(({ given }) => given !== undefined);
  const names = missing.map(({ variable }) => variable.name);
  return fail(isBlank ? `${count(names)} blank` : `${count(names)} without a value`, {
    expected: "a value for each required variable",
    found: missing
      .map(({ variable, given }) =>
        given
          ? `${variable.name} is blank (${given.source}; asked for by ${variable.declaredBy})`
          : `${variable.name} is not set (asked for by ${variable.declaredBy})`,
      )
      .join("; "),
    fix: `in ${place}:\n${missing.map(({ variable }) => `  ${variable.name}=<${variable.description || describeType(variable.is)}>`).join("\n")}`,
    findings: names,
    measured: { missing: missing.length },
  });
}

export const typed = defineCheck({
  id: "config.env.typed",
  title: "Every value has the form its variable declares",
  consequence: "A port that is a word or a URL without a scheme fails at run time, far from its cause.",
  severity: "blocker",
  phase: "build",
  freshFor: "1d",
  every: "1h",
  asks: ways(`
    environment variables validated | env var types and formats are valid
    no malformed URLs in the configuration | environment variables valid | environment validation
    env schema validation | configuration values present and valid at startup
    schema for environment variables
    no malformed values in the environment | environment variable format checked
    variables checked by a schema
    environment variables parsed and typed | configuration values have the right type
    env values well-formed | settings validated by type
    format of environment variables | config values have the right format
    format of configuration values checked | config format | settings format valid | VARIABLE_NAME valid
    environment variables correct
  `),
  figures: SETTING_FIGURES,
  needs: { values: environmentValues },
  run: ({ values }, subject) => withSettings(formsOf(values), values, subject),
});

function formsOf({ declared }: EnvironmentValues): Pass | Fail | NotApplicable {
  if (declared.length === 0) return undeclared(NOTHING_DECLARED);
  const wrong = declared.flatMap(({ variable, given }) => {
    const reason = isSet(given) ? whyNot(variable.is, given.value.reveal()) : undefined;
    return reason === undefined || !given ? [] : [{ variable, given, reason }];
  });
  if (wrong.length === 0) {
    const set = declared.filter(({ given }) => isSet(given)).length;
    return pass(`${set} values have their declared form`, { values: set });
  }
  return fail(`${count(wrong.map(({ variable }) => variable.name))} of another form`, {
    expected: wrong.map(({ variable }) => `${variable.name}: ${describeType(variable.is)}`).join("; "),
    found: wrong
      .map(({ variable, given, reason }) => `${variable.name}: ${reason} (${given.source})`)
      .join("; "),
    fix: wrong
      .map(({ variable, given }) => `${given.source}: ${variable.name}=<${describeType(variable.is)}>`)
      .join("\n"),
    findings: wrong.map(({ variable }) => variable.name),
  });
}

export const placeholderValue = defineCheck({
  id: "config.env.placeholder-value",
  title: "No value is a placeholder",
  consequence: "A value copied from a template works for nobody, or for everybody who read the template.",
  severity: "blocker",
  phase: "build",
  freshFor: "1d",
  every: "1h",
  asks: ways(`
    no placeholder values in env | replace default credentials | secrets changed from the example file
    no changeme or default values left | secret key is not the default
    database password changed from default | placeholder values replaced
    placeholder keys replaced
    SECRET_KEY changed from default | no placeholder values | dummy credentials replaced
    example values replaced | no CHANGE_ME values
    example keys replaced | sample secrets replaced | template values replaced | all secrets replaced
    real keys and connection strings filled in
    VARIABLE_SECRET is not the default | VARIABLE_PASSWORD is not the default | replace all CHANGE_ME values
    secrets without CHANGE_ME | dummy values removed from the configuration | TODO and xxx values replaced
    your-api-key-here replaced
    no sample values in production settings | no lorem values in configuration | no dummy values
    fake values replaced by real ones | values copied from the example replaced
    secret is not the insecure default | YOUR_API_KEY replaced | dummy keys replaced | dummy keys
    no dummy secrets | keys rotated from defaults | passwords rotated from defaults
    access keys changed from defaults | your-key-here values replaced
    no default-development value | secret is real, not a development default | VARIABLE_NAME is real
    .env populated with real credentials | JWT secret changed | change the JWT secret
    database password is not the default | no default secrets | default secrets changed
    default database password changed | default secrets in .env replaced
    database password changed from the default | default database password replaced
    default secrets replaced
  `),
  source: "https://www.rfc-editor.org/rfc/rfc2606",
  figures: SETTING_FIGURES,
  needs: { values: environmentValues, example: exampleFile },
  run: ({ values, example }, subject) => withSettings(placeholdersIn(values, example), values, subject),
});

function placeholdersIn({ declared }: EnvironmentValues, example: ExampleFile): Pass | Fail | NotApplicable {
  const set = declared.filter(({ given }) => isSet(given));
  if (set.length === 0) return notApplicable("no declared variable has a value");
  const placeholders = set.flatMap(({ variable, given }) => {
    if (!given || variable.is.type === "enum" || variable.is.type === "boolean") return [];
    const text = given.value.reveal();
    const shown = example.values.get(variable.name)?.reveal();
    const rule =
      placeholderRule(text, variable) ??
      (variable.secret && shown !== undefined && shown.trim() !== "" && shown === text
        ? `the same as in ${example.path}`
        : undefined);
    return rule === undefined ? [] : [{ variable, given, rule }];
  });
  if (placeholders.length === 0)
    return pass(quantity(set.length, "value looks real", "values look real"), { values: set.length });
  const names = placeholders.map(({ variable }) => variable.name);
  return fail(`${count(names)} still a placeholder`, {
    expected: "real values",
    found: placeholders
      .map(({ variable, given, rule }) => `${variable.name} looks like a template: ${rule} (${given.source})`)
      .join("; "),
    fix: placeholders.map(({ variable, given }) => fixFor(variable, given.source)).join("\n"),
    findings: names,
  });
}

function fixFor(
  variable: { readonly name: string; readonly description: string; readonly secret: boolean },
  source: string,
): string {
  const what = variable.description === "" ? "" : ` (${variable.description})`;
  return `${source}: give ${variable.name} its real value${what}`;
}

function count(names: readonly string[]): string {
  return names.length === 1 ? `${names[0]} is` : `${names.length} variables are`;
}
