import type { Severity } from "./check.ts";
import { type Evidence, staleness } from "./evidence.ts";
import { findingsOf } from "./finding.ts";
import type { Item } from "./item.ts";
import { isDue, type Stage } from "./phase.ts";
import type { SignOff, Waiver } from "./sign-off.ts";

export interface VerdictInput {
  readonly items: readonly Item[];
  /** The latest of each component and check; `severity` as the check declares it. */
  readonly evidence: readonly (Evidence & { readonly severity: Severity })[];
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

export interface ItemVerdict {
  readonly item: Item;
  readonly state: ItemState;
  /** One sentence: why it is not GO, or what it rests on. */
  readonly reason: string;
  readonly blocks: boolean;
}

export interface Verdict {
  readonly go: boolean;
  /** What it would be without waivers. */
  readonly goWithoutWaivers: boolean;
  readonly items: readonly ItemVerdict[];
}

const BLOCKING: ReadonlySet<ItemState> = new Set(["failing", "unknown", "stale", "unanswered", "unsigned"]);

/** GO or NO-GO for an environment now. Pure. "Could not tell" is never GO; an empty checklist is never GO. */
export function judge(input: VerdictInput): Verdict {
  const items = input.items.map((item) => judgeItem(item, input));
  const answered = items.some((each) => each.state !== "not due" && each.state !== "not applicable");
  const go = answered && !items.some((each) => each.blocks);
  const strict = items.some((each) => each.state === "waived") ? judge({ ...input, waivers: [] }).go : go;
  return { go, goWithoutWaivers: strict, items };
}

function judgeItem(item: Item, input: VerdictInput): ItemVerdict {
  const { state, reason, blocks } = isDue(item.phase, input.environment.stage)
    ? answer(item, input)
    : { state: "not due" as const, reason: `due in phase ${item.phase}`, blocks: false };
  return { item, state, reason, blocks: blocks ?? BLOCKING.has(state) };
}

interface Answer {
  readonly state: ItemState;
  readonly reason: string;
  readonly blocks?: boolean;
}

function answer(item: Item, input: VerdictInput): Answer {
  switch (item.answeredBy.by) {
    case "nobody":
      return { state: "unanswered", reason: "bound to no check, drill or person" };
    case "person":
      return answerByPerson(item, input);
    case "drill":
      return worst(
        evidenceFor([{ check: item.answeredBy.drill }], input),
        input,
        "the drill has not been held",
      );
    case "checks":
      return worst(evidenceFor(item.answeredBy.checks, input), input, "not checked yet");
  }
}

function answerByPerson(item: Item, { signOffs, environment, now }: VerdictInput): Answer {
  const mine = signOffs.filter((each) => each.item === item.id && each.environment === environment.name);
  const valid = mine.find((each) => each.at <= now.at && now.at < each.until);
  if (valid) return { state: "go", reason: `signed by ${valid.by}` };
  return { state: "unsigned", reason: mine.length > 0 ? "the sign-off has expired" : "nobody has signed" };
}

type Found = VerdictInput["evidence"][number];

function evidenceFor(
  references: readonly { check: string; component?: string }[],
  input: VerdictInput,
): (Found | undefined)[] {
  return references.flatMap(({ check, component }) => {
    const found = input.evidence.filter(
      (each) =>
        each.environment === input.environment.name &&
        each.check === check &&
        (component === undefined || each.component === component),
    );
    return found.length > 0 ? found : [undefined];
  });
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

function worst(found: readonly (Found | undefined)[], input: VerdictInput, whenMissing: string): Answer {
  const answers = found.map(
    (each): Answer => (each ? answerByEvidence(each, input) : { state: "unanswered", reason: whenMissing }),
  );
  const blocking = answers.filter((each) => each.blocks ?? BLOCKING.has(each.state));
  const pool = blocking.length > 0 ? blocking : answers;
  return pool.reduce(
    (low, each) => (RANK.indexOf(each.state) < RANK.indexOf(low.state) ? each : low),
    pool[0] ?? { state: "unanswered", reason: whenMissing },
  );
}

function answerByEvidence(evidence: Found, input: VerdictInput): Answer {
  const { outcome, severity } = evidence;
  if (outcome.status === "not applicable") return { state: "not applicable", reason: outcome.reason };
  const blocks = severity === "blocker";
  const stale = staleness(evidence, input.now);
  if (stale !== undefined) return { state: "stale", reason: stale, blocks };
  switch (outcome.status) {
    case "pass":
      return { state: "go", reason: outcome.summary };
    case "unknown":
      return { state: "unknown", reason: outcome.reason, blocks };
    case "warn":
      return { state: "warning", reason: outcome.summary };
    case "fail": {
      if (isWaived(evidence, outcome, input)) return { state: "waived", reason: outcome.summary };
      return blocks
        ? { state: "failing", reason: outcome.summary }
        : { state: "warning", reason: outcome.summary };
    }
  }
}

function isWaived(
  evidence: Found,
  outcome: Found["outcome"] & { status: "fail" },
  { waivers, environment, now }: VerdictInput,
): boolean {
  return findingsOf(evidence.component, evidence.check, outcome).every(({ fingerprint }) =>
    waivers.some(
      (each) =>
        each.finding === fingerprint &&
        each.environment === environment.name &&
        each.at <= now.at &&
        now.at < each.until,
    ),
  );
}
