import { defineCheck } from "../../model/check.ts";
import { fail, pass } from "../../model/outcome.ts";
import { quantity } from "../../model/quantity.ts";
import { ways } from "../../model/ways.ts";
import { passwordsTried } from "./password-policy.ts";

export const passwordPolicy = defineCheck({
  id: "auth.password.policy",
  title: "Short and well-known passwords are refused at sign-up",
  consequence: "Somebody with the list of leaked passwords walks into one account in a hundred.",
  severity: "warning",
  phase: "staging",
  freshFor: "7d",
  asks: ways(`
    password policy | password policy enforced | password policy configured | strong password policy
    weak passwords rejected | weak passwords refused | short passwords rejected | common passwords rejected
    common passwords refused | password validators enabled | AUTH_PASSWORD_VALIDATORS | password strength enforced
    password strength checked at sign-up | minimum password length enforced
    Passwortrichtlinie | schwache Passwörter werden abgelehnt | política de contraseñas | politique de mot de passe
    política de senhas | şifre politikası
    password requirements enforced | password length at least 8 characters
    password minimum length | passwords checked against known leaks
    compromised passwords rejected | breached passwords refused | password rules enforced at registration
  `),
  source: "https://pages.nist.gov/800-63-4/sp800-63b.html#passwordver",
  figures: { "at-least": { measured: "shortest", keeps: "no less", in: "count" } },
  needs: { tried: passwordsTried },
  run({ tried: { shortest, isShortTaken, known, knownTaken, broken } }) {
    const measured = { shortest, known: known.length, taken: knownTaken.length };
    if (isShortTaken)
      return fail(`a password of ${shortest - 1} characters is taken`, {
        expected: `at least ${shortest} characters`,
        found: `${shortest - 1} characters, taken`,
        fix: `refuse what is shorter than ${shortest} characters on the server, or correct signUp.shortest`,
        findings: [`${shortest - 1} characters`],
        measured,
      });
    if (knownTaken.length > 0)
      return fail(
        `${quantity(knownTaken.length, "well-known password is", "well-known passwords are")} taken`,
        {
          expected: "refused, however long they are",
          found: knownTaken.join(", "),
          fix: "compare what is chosen with a list of leaked passwords (Django's CommonPasswordValidator, Laravel's Password::uncompromised(), Have I Been Pwned's range API, zxcvbn)",
          findings: knownTaken,
          measured,
        },
      );
    if (broken.length > 0)
      return fail("a weak password is not refused but breaks the sign-up", {
        expected: "400 or 422",
        found: `an error of the server for ${broken.join(", ")}`,
        fix: "judge the password before anything is done with it, and answer 422",
        findings: broken,
        measured,
      });
    return pass(
      `${shortest - 1} characters and ${quantity(known.length, "well-known password")} refused, a good one taken`,
      measured,
    );
  },
});
