import type { Seen } from "./asked-figure.ts";
import { staleness } from "./evidence.ts";
import { findingsOf } from "./finding.ts";
import { holdFigure } from "./hold-figure.ts";
import type { CheckReference } from "./item.ts";
import type { CheckVerdict, Judgement, Judging, VerdictInput } from "./judgement.ts";
import type { Fail, Warn } from "./outcome.ts";
import { type Timing, utc } from "./phase-times.ts";
import { waiverFor } from "./sign-off.ts";

export function judgeReference(
  reference: CheckReference,
  whenMissing: string,
  input: Judging,
): CheckVerdict[] {
  const { check, component } = reference;
  const found = foundFor(reference, input);
  if (found.length > 0) {
    return found.map((each) => ({
      check,
      component: each.component,
      ...heldToLine(each, judgeEvidence(each, input), input),
    }));
  }
  const blocks = (input.severities?.get(check) ?? "blocker") === "blocker";
  return [{ check, component, state: "unanswered", reason: whenMissing, blocks }];
}

type Found = VerdictInput["evidence"][number];

export function foundFor({ check, component }: CheckReference, input: VerdictInput): readonly Found[] {
  return input.evidence.filter(
    (each) =>
      each.environment === input.environment.name &&
      each.check === check &&
      (component === undefined || each.component === component),
  );
}

function judgeEvidence(evidence: Found, input: Judging): Judgement {
  const { outcome } = evidence;
  const blocks = evidence.severity === "blocker";
  const stale = staleness(evidence, input.now) ?? beforeItsTurn(evidence, input.timing);
  if (stale !== undefined) return { state: "stale", reason: stale, blocks };
  switch (outcome.status) {
    case "pass":
      return { state: "go", reason: outcome.summary, blocks: false };
    case "not applicable":
      return {
        state: "not applicable",
        reason: outcome.reason,
        blocks: false,
        ...(outcome.undeclared && { undeclared: true }),
      };
    case "unknown":
      return { state: "unknown", reason: outcome.reason, blocks };
    case "warn":
    case "fail": {
      const fails = outcome.status === "fail" && blocks;
      if (isWaived(evidence, outcome, input))
        return { state: "waived", reason: outcome.summary, blocks: false };
      return { state: fails ? "failing" : "warning", reason: outcome.summary, blocks: fails };
    }
  }
}

const HELD: ReadonlySet<Judgement["state"]> = new Set(["go", "warning", "waived", "not applicable"]);

function seenIn(outcome: Found["outcome"]): Seen {
  switch (outcome.status) {
    case "unknown":
      return {};
    case "not applicable":
      return { settings: outcome.settings };
    default:
      return { measured: outcome.measured, settings: outcome.settings };
  }
}

/** Variables whose trouble somebody has accepted for a while: the line asks for no more than that. */
function acceptedIn(outcome: Found["outcome"], { state }: Judgement): ReadonlySet<string> {
  const isTrouble = outcome.status === "fail" || outcome.status === "warn";
  return new Set(state === "waived" && isTrouble ? outcome.findings : []);
}

/** A line that asks for more than its check does is not GO by the check alone: "disk below 70 %". */
function heldToLine({ outcome, figures }: Found, judged: Judgement, input: Judging): Judgement {
  if (!figures || !HELD.has(judged.state)) return judged;
  const { salt } = input;
  const accepted = acceptedIn(outcome, judged);
  const held = input.asked.flatMap((figure) =>
    accepted.has(figure.of ?? figure.value)
      ? []
      : (holdFigure(figure, figures, { ...seenIn(outcome), salt }) ?? []),
  );
  const broken = held.find(({ isKept }) => isKept === false);
  if (broken) return { state: "failing", reason: broken.says ?? judged.reason, blocks: true };
  const untold = held.find(({ isKept }) => isKept === undefined);
  if (untold) return { state: "unknown", reason: untold.says ?? judged.reason, blocks: true };
  const beside = held.flatMap(({ says = [] }) => says).join("; ");
  // What the line asks of a variable was seen, though nothing else of the check applies.
  if (judged.state === "not applicable" && held.length > 0 && (beside !== "" || judged.undeclared))
    return { state: "go", reason: beside || "what the line names has a value", blocks: false };
  return beside === "" ? judged : { ...judged, reason: `${judged.reason} (${beside})` };
}

function beforeItsTurn({ observedAt }: Found, timing: Timing | undefined): string | undefined {
  if (timing?.notBefore === undefined || observedAt >= timing.notBefore) return undefined;
  return timing.everyMs === undefined
    ? `seen on ${utc(observedAt)}, before it was due`
    : `due again: seen on ${utc(observedAt)}`;
}

/** Every finding has its own waiver: accepting one missing index does not accept the next. */
function isWaived(
  evidence: Found,
  outcome: Fail | Warn,
  { waivers, environment, now }: VerdictInput,
): boolean {
  return findingsOf(evidence.component, evidence.check, outcome).every(({ fingerprint }) =>
    waiverFor(fingerprint, waivers, { environment: environment.name, at: now.at }),
  );
}
