import type { FactTrace } from "../model/evidence.ts";
import type { Measured, Outcome, Trouble } from "../model/outcome.ts";
import type { Variables } from "../model/variable.ts";
import type { Answer } from "./ask.ts";

/** A shorter text is a word that stands in many places and hides nothing. */
const SHORTEST = 6;

/**
 * Takes the values of secret variables out of everything an answer says. Facts and checks never mean to say one,
 * but a server's or a driver's words may.
 */
export function redactAnswer(answer: Answer): Answer {
  const hidden = hiddenTexts(answer.subject.variables);
  if (hidden.length === 0) return answer;
  const clean = (text: string): string =>
    hidden.reduce((rest, { text: secret, name }) => rest.replaceAll(secret, `[secret ${name}]`), text);
  return {
    ...answer,
    outcome: cleanOutcome(answer.outcome, clean),
    facts: answer.facts.map((trace) => cleanTrace(trace, clean)),
  };
}

type Clean = (text: string) => string;

function cleanOutcome(outcome: Outcome, clean: Clean): Outcome {
  switch (outcome.status) {
    case "pass":
      return { ...outcome, summary: clean(outcome.summary), ...cleanMeasured(outcome.measured, clean) };
    case "warn":
    case "fail":
      return { status: outcome.status, ...cleanTrouble(outcome, clean) };
    case "unknown":
    case "not applicable":
      return { ...outcome, reason: clean(outcome.reason) };
  }
}

function cleanTrouble(trouble: Trouble, clean: Clean): Trouble {
  return {
    summary: clean(trouble.summary),
    expected: clean(trouble.expected),
    found: clean(trouble.found),
    fix: clean(trouble.fix),
    ...(trouble.findings && { findings: trouble.findings.map(clean) }),
    ...cleanMeasured(trouble.measured, clean),
    ...(trouble.settings && { settings: trouble.settings }),
  };
}

function cleanMeasured(measured: Measured | undefined, clean: Clean): { measured?: Measured } {
  if (!measured) return {};
  const entries = Object.entries(measured).map(([name, value]) => [
    clean(name),
    typeof value === "string" ? clean(value) : value,
  ]);
  return { measured: Object.fromEntries(entries) as Measured };
}

function cleanTrace(trace: FactTrace, clean: Clean): FactTrace {
  return {
    ...trace,
    attempts: trace.attempts.map(({ tookMs, error }) => ({ tookMs, error: error && clean(error) })),
  };
}

interface Hidden {
  readonly text: string;
  readonly name: string;
}

/** Values of secret variables, and passwords in addresses: what nobody is to be told. */
export function secretTexts(variables: Variables): string[] {
  return hiddenTexts(variables).map(({ text }) => text);
}

/** Longest first, so that a whole address goes before the password inside it. */
function hiddenTexts({ declared, values }: Variables): Hidden[] {
  return declared
    .filter(({ secret }) => secret)
    .flatMap(({ name }) => formsOf(values.get(name)?.value.reveal() ?? "").map((text) => ({ text, name })))
    .filter(({ text }) => text.length >= SHORTEST)
    .sort((a, b) => b.text.length - a.text.length);
}

/** A secret as it is, and a password inside an address both as written and as a library decodes it. */
function formsOf(secret: string): string[] {
  const password = URL.parse(secret)?.password ?? "";
  return [...new Set([secret, password, decoded(password)])];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
