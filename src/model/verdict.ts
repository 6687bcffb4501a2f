import type { Severity } from "./check.ts";
import { type Evidence, staleness } from "./evidence.ts";
import { findingsOf } from "./finding.ts";
import type { CheckReference, Item } from "./item.ts";
import type { Fail, Warn } from "./outcome.ts";
import { isDue, type Stage } from "./phase.ts";
import { type SignOff, type Waiver, waiverFor } from "./sign-off.ts";

export interface VerdictInput {
  readonly items: readonly Item[];
  /** The latest of each component and check; `severity` as the check declares it. */
  readonly evidence: readonly (Evidence & { readonly severity: Severity })[];
  /** Of checks by id, for those that have no evidence yet; one that is not listed counts as a blocker. */
  readonly severities?: ReadonlyMap<string, Severity>;
  readonly signOffs: readonly SignOff[];
  readonly waivers: readonly Waiver[];
  readonly environment: { readonly name: string; readonly stage: Stage };
  readonly now: { readonly at: number; readonly release: string | undefined; readonly configuration: string };
}

export type ItemState =
  | "go"
  | "warning"
  | "waived"
  | "failing"
  | "unknown"
  | "stale"
  | "unanswered"
  | "unsigned"
  | "not applicable"
  | "not due";

export interface Judgement {
  readonly state: ItemState;
  /** One sentence: why it is not GO, or what it rests on. */
  readonly reason: string;
  readonly blocks: boolean;
}

export interface ItemVerdict extends Judgement {
  readonly item: Item;
  /** What the line rests on, one for each check of each component; `blocks` is false while the line is not due. */
  readonly checks: readonly CheckVerdict[];
}

export interface CheckVerdict extends Judgement {
  readonly check: string;
  /** Undefined when no component has answered the check. */
  readonly component: string | undefined;
}

export interface Verdict {
  readonly go: boolean;
  /** What it would be without waivers. */
  readonly goWithoutWaivers: boolean;
  readonly items: readonly ItemVerdict[];
}

/** GO or NO-GO for an environment now. Pure. "Could not tell" is never GO; an empty checklist is never GO. */
export function judge(input: VerdictInput): Verdict {
  const items = input.items.map((item) => judgeItem(item, input));
  const go = isGo(items);
  const strict = { ...input, waivers: [] };
  const goWithoutWaivers =
    input.waivers.length === 0 ? go : isGo(input.items.map((item) => judgeItem(item, strict)));
  return { go, goWithoutWaivers, items };
}

const ANSWERED: ReadonlySet<ItemState> = new Set(["go", "warning", "waived"]);

/** A checklist of which nothing could be told is not GO, even when none of its lines is a blocker. */
function isGo(items: readonly ItemVerdict[]): boolean {
  return items.some((each) => ANSWERED.has(each.state)) && !items.some((each) => each.blocks);
}

function judgeItem(item: Item, input: VerdictInput): ItemVerdict {
  const { checks, ...judgement } = answer(item, input);
  if (isDue(item.phase, input.environment.stage)) return { item, checks, ...judgement };
  return {
    item,
    state: "not due",
    reason: `due in phase ${item.phase}`,
    blocks: false,
    checks: checks.map((each) => ({ ...each, blocks: false })),
  };
}

function answer(item: Item, input: VerdictInput): Omit<ItemVerdict, "item"> {
  switch (item.answeredBy.by) {
    case "nobody":
      if (item.answeredBy.why !== undefined) {
        return { state: "not applicable", blocks: false, reason: item.answeredBy.why, checks: [] };
      }
      return { ...UNANSWERED, reason: "bound to no check, drill or person", checks: [] };
    case "person":
      return { ...judgeSignOffs(item, input), checks: [] };
    case "drill":
      return worst(judgeReference({ check: item.answeredBy.drill }, "the drill has not been held", input));
    case "checks":
      return worst(
        item.answeredBy.checks.flatMap((reference) => judgeReference(reference, "not checked yet", input)),
      );
  }
}

const UNANSWERED = { state: "unanswered", blocks: true } as const;

function judgeSignOffs(item: Item, { signOffs, environment, now }: VerdictInput): Judgement {
  const mine = signOffs.filter((each) => each.item === item.id && each.environment === environment.name);
  const valid = mine.find((each) => each.at <= now.at && now.at < each.until);
  if (valid) return { state: "go", reason: `signed by ${valid.by}`, blocks: false };
  const reason = mine.length > 0 ? "the sign-off has expired" : "nobody has signed";
  return { state: "unsigned", reason, blocks: true };
}

function judgeReference(
  { check, component }: CheckReference,
  whenMissing: string,
  input: VerdictInput,
): CheckVerdict[] {
  const found = input.evidence.filter(
    (each) =>
      each.environment === input.environment.name &&
      each.check === check &&
      (component === undefined || each.component === component),
  );
  if (found.length > 0) {
    return found.map((each) => ({ check, component: each.component, ...judgeEvidence(each, input) }));
  }
  const blocks = (input.severities?.get(check) ?? "blocker") === "blocker";
  return [{ check, component, state: "unanswered", reason: whenMissing, blocks }];
}

type Found = VerdictInput["evidence"][number];

function judgeEvidence(evidence: Found, input: VerdictInput): Judgement {
  const { outcome } = evidence;
  const blocks = evidence.severity === "blocker";
  const stale = staleness(evidence, input.now);
  if (stale !== undefined) return { state: "stale", reason: stale, blocks };
  switch (outcome.status) {
    case "pass":
      return { state: "go", reason: outcome.summary, blocks: false };
    case "not applicable":
      return { state: "not applicable", reason: outcome.reason, blocks: false };
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

const RANK: readonly ItemState[] = [
  "failing",
  "unknown",
  "stale",
  "unanswered",
  "warning",
  "waived",
  "go",
  "not applicable",
];

/** A line is as good as the worst it rests on, and what blocks is told before what does not. */
function worst(checks: readonly CheckVerdict[]): Omit<ItemVerdict, "item"> {
  const [first, ...rest] = checks;
  if (first === undefined) return { ...UNANSWERED, reason: "bound to no check", checks };
  const { state, reason, blocks } = rest.reduce((low, each) => (isWorse(each, low) ? each : low), first);
  return { state, reason, blocks, checks };
}

function isWorse(a: Judgement, b: Judgement): boolean {
  if (a.blocks !== b.blocks) return a.blocks;
  return RANK.indexOf(a.state) < RANK.indexOf(b.state);
}
