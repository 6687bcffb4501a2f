import { defineCheck } from "../../../model/check.ts";
import { fail, notApplicable, pass, warn } from "../../../model/outcome.ts";
import { quantity } from "../../../model/quantity.ts";
import { ways } from "../../../model/ways.ts";
import { environmentValues, isSet } from "./facts.ts";

const SECRET_WORDS = /(SECRET|PRIVATE_KEY|PASSWORD|SERVICE_ROLE)/;

export const clientExposure = defineCheck({
  id: "config.env.client-exposure",
  title: "No secret has a name that ends up in the browser",
  consequence: "The build writes the value into JavaScript that every visitor downloads.",
  severity: "blocker",
  phase: "build",
  freshFor: "1d",
  every: "1d",
  asks: ways(`
    NEXT_PUBLIC variables contain no secrets
    no secrets in NEXT_PUBLIC_ variables | no server keys in frontend variables
    NEXT_PUBLIC_ vars hold nothing confidential | public variables hold no secrets
    VITE_ variables contain no secrets | REACT_APP_ variables contain no secrets
    no sensitive environment variables exposed to the frontend
    no secrets with a public prefix | no secrets prefixed NEXT_PUBLIC_ | Public env vars contain no secrets
    NEXT_PUBLIC variables reviewed | REACT_APP_ no secrets | NEXT_PUBLIC_ only for public variables
    only public values prefixed | REACT_APP_ holds only public values | no server secrets via public prefix
    NUXT_PUBLIC holds nothing confidential | public env prefix contains no secrets
    EXPO_PUBLIC variables contain no secrets | public prefix only for public values
    PUBLIC_ variables hold no keys | VITE_ prefix not used for secrets | secrets without public prefix
    no private values in NEXT_PUBLIC | GATSBY_ variables no secrets | public prefix has no private keys
    no private keys in NEXT_PUBLIC_ variables | NEXT_PUBLIC_ keys are public only
    NEXT_PUBLIC_ without secrets | public variables carry no secrets | no private key behind a public prefix
    nothing secret in public variables
  `),
  needs: { values: environmentValues },
  run({ values: { declared, values } }, subject) {
    const prefixOf = (name: string): string | undefined =>
      subject.options.publicPrefixes.find((prefix) => name.startsWith(prefix));
    const secrets = declared.filter(({ variable }) => variable.secret);
    const names = new Set([...declared.map(({ variable }) => variable.name), ...values.keys()]);
    const publicNames = [...names].filter((name) => prefixOf(name) !== undefined);
    if (publicNames.length === 0) {
      return notApplicable(`no variable begins with ${subject.options.publicPrefixes.join(", ")}`);
    }
    const found = publicNames.flatMap((name) => {
      const why =
        secrets.some(({ variable }) => variable.name === name) || SECRET_WORDS.test(name)
          ? "is a secret"
          : sameAs(name);
      return why === undefined ? [] : [{ name, why, prefix: prefixOf(name) ?? "" }];
    });
    function sameAs(name: string): string | undefined {
      const text = values.get(name)?.value.reveal();
      const twin = secrets.find(
        ({ variable, given }) => variable.name !== name && isSet(given) && given.value.reveal() === text,
      );
      return twin && `has the same value as ${twin.variable.name}`;
    }
    if (found.length === 0)
      return pass(`${quantity(publicNames.length, "public variable")}, none of them secret`);
    return fail(`${found.map(({ name }) => name).join(", ")} would be public`, {
      expected: "secrets without a public prefix",
      found: found.map(({ name, why, prefix }) => `${name} ${why} and begins with ${prefix}`).join("; "),
      fix: found
        .map(
          ({ name, prefix }) =>
            `rename ${name} to ${name.slice(prefix.length)}, read it on the server only, and replace its value`,
        )
        .join("\n"),
      findings: found.map(({ name }) => name),
    });
  },
});

export const parity = defineCheck({
  id: "config.env.parity",
  title: "Staging and production set the same variables",
  consequence: "What was tried in staging runs in production with a setting missing.",
  severity: "warning",
  phase: "staging",
  freshFor: "1d",
  every: "1d",
  asks: ways(`
    staging mirrors production configuration | staging and production environment parity
    staging and production have the same variables
    no variable of staging missing in production | compare environment variables of both environments
    config keys identical across environments | variables added to staging and production
    env vars equal in staging and production | configuration parity between staging and production
    same configuration keys in every environment | no difference between staging and production variables
    staging and production variables in sync | new variables added in all environments
    variables do not drift between environments | environment drift
    staging environment variables match production | environment variables of staging and production match
    same env vars on staging and prod | environment parity of staging and production verified
  `),
  source: "https://12factor.net/dev-prod-parity",
  needs: { values: environmentValues },
  run({ values: { values } }, subject) {
    const { differences } = subject.options;
    const others = (subject.otherEnvironments ?? []).filter(
      ({ stage, names }) => stage !== "preview" && stage !== subject.environment.stage && names.length > 0,
    );
    if (subject.environment.stage === "preview") return notApplicable("a preview is not compared");
    if (others.length === 0) return notApplicable("there is no other environment whose variables are known");
    const set = [...values].filter(([, given]) => isSet(given));
    const mine = new Set([...set.map(([name]) => name), ...(subject.variables.toBeSupplied ?? [])]);
    // What comes by itself is nobody's to set on the other side.
    const given = set.filter(([, { source }]) => source !== "default" && !source.startsWith("provisioned"));
    const found = others.flatMap((other) => {
      const theirs = new Set(other.names);
      const onlyMine = given
        .map(([name]) => name)
        .filter((name) => !theirs.has(name) && !other.supplied?.includes(name));
      const onlyTheirs = other.names.filter((name) => !mine.has(name));
      return [
        ...onlyMine.map((name) => ({ name, in: subject.environment.name, not: other.name })),
        ...onlyTheirs.map((name) => ({ name, in: other.name, not: subject.environment.name })),
      ].filter(({ name }) => !differences.includes(name));
    });
    const compared = others.map(({ name }) => name).join(", ");
    if (found.length === 0) return pass(`the same ${quantity(mine.size, "variable")} as ${compared}`);
    return warn(`${quantity(found.length, "variable is", "variables are")} set on one side only`, {
      expected: `the same names as ${compared}`,
      found: found.map((each) => `${each.name} in ${each.in}, not in ${each.not}`).join("; "),
      fix: `${found.map((each) => `set ${each.name} in ${each.not}`).join("\n")}\nor, on purpose: variables({ differences: [${found.map(({ name }) => `"${name}"`).join(", ")}] })`,
      findings: found.map(({ name }) => name),
    });
  },
});
