import { projectFiles } from "../../../facts/project-files.ts";
import { defineCheck } from "../../../model/check.ts";
import { fail, notApplicable, pass } from "../../../model/outcome.ts";
import { quantity } from "../../../model/quantity.ts";
import type { Variable, VariableValue } from "../../../model/variable.ts";
import { environmentValues, isProvisioned, isSet } from "./facts.ts";
import { WANTED_BITS, type Weakness, weaknessOf } from "./strength.ts";

/** Names of secrets an application makes up itself; a provider's credentials are as long as the provider says. */
const CHOSEN =
  /^(DJANGO_)?SECRET_KEY(_BASE)?$|^(APP|AUTH|NEXTAUTH|BETTER_AUTH|SESSION|COOKIE|CSRF|JWT|ACCESS_TOKEN|REFRESH_TOKEN|TOKEN|ENCRYPTION|SIGNING|HMAC|HASH|PAYLOAD|INTERNAL|CRON)(_[A-Z]+)*_(SECRET|KEY|SALT|PEPPER)(_\d+)?$/;
const DJANGO_KEY = /^(DJANGO_)?SECRET_KEY$/;
/** An address's password is not typed by people either, but providers choose some of them: half is enough. */
const PASSWORD_BITS = 64;

interface Weak {
  readonly name: string;
  readonly source: string;
  readonly weakness: Weakness;
  readonly wantedBits: number;
}

export const secretStrength = defineCheck({
  id: "config.env.secret-strength",
  title: "Secrets the team chose itself cannot be guessed",
  consequence: "Whoever guesses a signing secret signs sessions and tokens as any user.",
  severity: "blocker",
  phase: "staging",
  freshFor: "7d",
  every: "1d",
  asks: [
    "strong secrets generated",
    "generate a secure JWT secret (256 bits)",
    "secret key is long and random",
    "session secret is strong",
    "strong database password",
    "strong JWT secret",
    "JWT_SECRET strong",
    "JWT_SECRET (32+ characters)",
    "SESSION_SECRET (32+ characters)",
    "secrets at least 32 characters",
    "VARIABLE_SECRET is at least 32 characters",
    "VARIABLE_SECRET random string",
    "generate VARIABLE_SECRET with openssl rand",
    "VARIABLE_SECRET long and random",
    "JWT secret key",
    "strong passwords",
    "encryption key at least 32 characters",
    "unguessable secret",
    "generate SECRET_KEY",
    "VARIABLE_TOKEN random",
    "strong secret key",
    "JWT secret is strong",
    "SECRET_KEY is strong and unique",
    "secure random secret",
    "secrets generated securely",
    "session secret generated",
    "JWT secret at least 32 characters",
    "encryption key generated",
    "strong random keys",
    "SECRET_KEY set to a random value",
    "secure SECRET_KEY",
    "new SECRET_KEY generated",
    "JWT secret changed",
    "VARIABLE_KEY exactly 64 hex characters",
    "VARIABLE_KEY generated with openssl rand",
    "encryption key 32 bytes",
    "strong secret keys generated",
    "VARIABLE_SECRET generated",
    "secret generated with 64 bytes",
    "VARIABLE_PASSWORD generated 64 characters",
    "POSTGRES_PASSWORD generated (64 chars)",
    "VARIABLE_PASSWORD generated",
    "VARIABLE_KEY generated",
    "VARIABLE_SECRET: 64 random bytes",
    "APP_KEY generated",
    "SECRET_KEY_BASE generated",
    "strong random JWT key",
    "JWT key strong and random",
    "strong database passwords",
    "random passwords",
    "passwords generated",
    "long random password",
    "secrets are random",
    "JWT secret is random",
    "SECRET_KEY random",
    "secret key is strong",
    "Session secret",
    "JWT secret replaced by a strong random value",
    "secure JWT secret",
    "change the JWT secret",
    "secret keys regenerated",
    "high-entropy database password",
    "database password is secure",
    "secure passwords",
    "random signing key",
    "VARIABLE_SECRET openssl rand -base64 32",
    "VARIABLE_SECRET openssl rand -hex 32",
    "no weak secrets",
    "no guessable secrets",
    "no weak passwords",
    "secrets not guessable",
    "secret long enough",
    "key generated randomly",
    "secrets have enough entropy",
    "artisan key:generate",
    "random secret of 64 characters",
    "high entropy secrets",
  ],
  source: "https://docs.djangoproject.com/en/stable/ref/checks/#security (security.W009)",
  needs: { values: environmentValues, files: projectFiles },
  run({ values: { declared }, files }, subject) {
    const { chosen } = subject.options;
    const django = files.paths.some((path) => path === "manage.py" || path.endsWith("/manage.py"));
    const judged = declared.flatMap(({ variable, given }) =>
      isSet(given) && !isProvisioned(given) ? judge({ variable, given, chosen, django }) : [],
    );
    if (judged.length === 0) return notApplicable("no secret that the team chooses itself has a value");
    const weak = judged.flatMap(({ weak }) => weak ?? []);
    if (weak.length === 0)
      return pass(`${quantity(judged.length, "secret is", "secrets are")} long and random`, {
        secrets: judged.length,
      });
    return fail(`${weak.map(({ name }) => name).join(", ")} can be guessed`, {
      expected: `at least ${weak[0]?.wantedBits ?? WANTED_BITS} bits of chance in each`,
      found: weak.map((each) => `${each.name} ${describe(each.weakness)} (${each.source})`).join("; "),
      fix: weak
        .map(({ name, weakness }) =>
          weakness.kind === "short for Django"
            ? `${name}: python -c "from django.core.management.utils import get_random_secret_key as k; print(k())"`
            : `${name}: openssl rand -base64 32`,
        )
        .join("\n"),
      findings: weak.map(({ name }) => name),
    });
  },
});

function judge({
  variable,
  given,
  chosen,
  django,
}: {
  variable: Variable;
  given: VariableValue;
  chosen: readonly string[];
  django: boolean;
}): { readonly weak: Weak | undefined }[] {
  const { name, is } = variable;
  const result = (text: string, label: string, wantedBits: number) => {
    const isDjangoKey = django && label === name && DJANGO_KEY.test(name);
    const weakness = weaknessOf(text, { wantedBits, django: isDjangoKey });
    return [{ weak: weakness && { name: label, source: given.source, weakness, wantedBits } }];
  };
  const password = passwordIn(given.value.reveal());
  if (password !== undefined) return result(password, `the password in ${name}`, PASSWORD_BITS);
  const isIssued = variable.testPrefixes !== undefined || variable.livePrefixes !== undefined;
  if (!chosen.includes(name) && (!variable.secret || isIssued || !CHOSEN.test(name))) return [];
  const declaredBits = is.type === "hex" && is.lengthBytes !== undefined ? is.lengthBytes * 8 : WANTED_BITS;
  return result(given.value.reveal(), name, Math.min(WANTED_BITS, declaredBits));
}

/** The password of an address that leads off this machine. */
function passwordIn(text: string): string | undefined {
  const url = text.includes("://") ? URL.parse(text) : null;
  if (!url || url.password === "" || /^(localhost|127\.|\[::1\])/.test(url.hostname)) return undefined;
  try {
    return decodeURIComponent(url.password);
  } catch {
    return url.password;
  }
}

function describe(weakness: Weakness): string {
  switch (weakness.kind) {
    case "short":
      return `has at most ${weakness.bits} bits in ${weakness.characters} characters`;
    case "repetitive":
      return `repeats itself (${weakness.distinct} different characters)`;
    case "word":
      return "holds a word that guessing starts with";
    case "generated in development":
      return "begins with django-insecure-: made by startproject, meant for development";
    case "short for Django":
      return `has ${weakness.characters} characters; Django asks for 50`;
  }
}
