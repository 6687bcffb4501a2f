import { defineCheck } from "../../../model/check.ts";
import { fail, pass } from "../../../model/outcome.ts";
import { quantity } from "../../../model/quantity.ts";
import { ways } from "../../../model/ways.ts";
import { runningModes } from "./facts.ts";

export const nodeEnv = defineCheck({
  id: "config.env.node-env",
  title: "Running processes have NODE_ENV=production",
  consequence: "Frameworks run in development mode: slow, with stack traces for every visitor.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1d",
  every: "1h",
  asks: ways(`
    NODE_ENV set to production | production mode enabled | app runs in production mode | NODE_ENV=production
    production environment mode | NODE_ENV=production set | production environment flag set | NODE_ENV
    NODE_ENV production | NODE_ENV defined as production | node processes in production mode
    pm2 starts with env production | Node runs in production mode | started with NODE_ENV production
    NODE_ENV in the container is production | node environment is production
    npm start with NODE_ENV=production | process.env.NODE_ENV production
  `),
  source:
    "https://nodejs.org/en/learn/getting-started/nodejs-the-difference-between-development-and-production",
  needs: { modes: runningModes },
  run({ modes }, subject) {
    const wrong = modes.filter((each) => each.nodeEnv !== "production");
    if (wrong.length === 0)
      return pass(
        `${quantity(modes.length, "running instance has", "running instances have")} NODE_ENV=production`,
      );
    const isUnset = wrong.every((each) => each.nodeEnv === undefined);
    return fail(isUnset ? "NODE_ENV is not set" : "NODE_ENV is another than production", {
      expected: "NODE_ENV=production",
      // A word of our own for anything unusual: somebody may have put a secret into the wrong variable.
      found: wrong.map((each) => `${each.process} ${each.index}: ${shown(each.nodeEnv)}`).join("; "),
      fix: `set NODE_ENV=production in the variables of ${subject.environment.name} and deploy again`,
      findings: [...new Set(wrong.map((each) => each.process))],
    });
  },
});

function shown(value: string | undefined): string {
  if (value === undefined) return "not set";
  return /^(development|dev|test|staging|local|prod)$/i.test(value) ? value : "some other word";
}
