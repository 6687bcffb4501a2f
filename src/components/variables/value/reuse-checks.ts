import { defineCheck } from "../../../model/check.ts";
import { fail, notApplicable, pass } from "../../../model/outcome.ts";
import { quantity } from "../../../model/quantity.ts";
import { ways } from "../../../model/ways.ts";
import { environmentValues, isSet } from "./facts.ts";

export const sharedSecretReuse = defineCheck({
  id: "config.env.shared-secret-reuse",
  title: "No two secrets have the same value",
  consequence: "Whoever learns one of them, from a log or a leaver's laptop, has both.",
  severity: "warning",
  phase: "staging",
  freshFor: "1d",
  every: "1d",
  asks: ways(`
    secrets are unique | do not reuse the same secret for sessions and tokens
    JWT secrets differ | JWT secret and session secret differ
    do not reuse the same password for several services | no password reused | passwords not reused
    separate keys for signing and encryption | each secret different | secrets do not repeat
    one secret per purpose | secret not reused | signing key differs from the session secret
    different secret for each purpose | distinct secrets | JWT_SECRET differs from SESSION_SECRET
    JWT_SECRET and SESSION_SECRET differ | two secrets never equal
  `),
  needs: { values: environmentValues },
  run({ values: { declared } }) {
    const secrets = declared.filter(
      ({ variable, given }) => variable.secret && variable.is.type !== "url" && isSet(given),
    );
    if (secrets.length < 2) return notApplicable("fewer than two secrets have a value");
    const groups = Map.groupBy(secrets, ({ given }) => given?.value.reveal());
    const same = [...groups.values()]
      .filter((group) => group.length > 1)
      .map((group) => group.map(({ variable }) => variable.name));
    if (same.length === 0)
      return pass(`${quantity(secrets.length, "secret")}, all different`, { secrets: secrets.length });
    return fail(`${same.map((names) => names.join(" and ")).join("; ")} are the same`, {
      expected: "a value of its own for each secret",
      found: same.map((names) => `${names.join(" = ")}`).join("; "),
      fix: same
        .flatMap((names) => names.slice(1))
        .map((name) => `make a new value for ${name}: openssl rand -base64 32`)
        .join("\n"),
      findings: same.map((names) => names.join(" = ")),
    });
  },
});
