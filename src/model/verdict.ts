import type { AskedFigure } from "./asked-figure.ts";
import { QUIET_DRILLS } from "./drill.ts";
import type { Item } from "./item.ts";
import { heldToDeclaration } from "./judge-contradictions.ts";
import { foundFor, judgeReference } from "./judge-evidence.ts";
import { judgeSignOffs, signOffsOf } from "./judge-sign-offs.ts";
import type {
  CheckVerdict,
  ItemState,
  ItemVerdict,
  Judgement,
  Judging,
  Verdict,
  VerdictInput,
} from "./judgement.ts";
import type { Stage } from "./phase.ts";
import { phaseName, type Timing, timingOf, utc } from "./phase-times.ts";

export type { CheckVerdict, ItemState, ItemVerdict, Judgement, Verdict, VerdictInput } from "./judgement.ts";

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
  const { stage, launchAt } = input.environment;
  const timing = timingOf(item.phase, { stage, launchAt, at: input.now.at });
  // A line about when to act asks for nothing to be so.
  const asked = item.role === "alert" || item.role === "trigger" ? [] : asksIn(item, stage);
  const answered = answer(item, { ...input, asked, timing: timing.due ? timing : undefined });
  const { checks, ...judgement } = heldToDeclaration(item, answered, input);
  if (timing.due) return { item, checks, dueAt: nextTurn(item, timing, input), ...judgement };
  const when = timing.from === undefined ? "" : `, from ${utc(timing.from)}`;
  return {
    item,
    state: "not due",
    reason: `due in phase ${timing.from === undefined ? item.phase : phaseName(item.phase)}${when}${whoWill(item, input)}`,
    blocks: false,
    checks: checks.map((each) => ({ ...each, blocks: false })),
    dueAt: timing.from,
  };
}

function asksIn({ asks = [] }: Item, stage: Stage): readonly AskedFigure[] {
  return asks.filter((each) => each.stage === undefined || each.stage === stage);
}

/** Who is going to answer a line that has no answers to show yet. */
function whoWill({ answeredBy }: Item, { severities }: VerdictInput): string {
  switch (answeredBy.by) {
    case "person":
      return "; somebody signs it";
    case "drill":
      return "; the drill answers it";
    case "checks":
      return answeredBy.checks.some(({ check }) => severities?.has(check) ?? true) ? "" : `; ${NOBODY_HAS}`;
    case "nobody":
      return "";
  }
}

/** A recurring line comes due again that long after the oldest answer it rests on. */
function nextTurn(item: Item, { everyMs, from }: Timing, input: VerdictInput): number | undefined {
  if (everyMs === undefined) return from;
  const answered =
    item.answeredBy.by === "person"
      ? Math.max(...signOffsOf(item, input).map(({ at }) => at))
      : Math.min(...evidenceFor(item, input).map(({ observedAt }) => observedAt));
  return Number.isFinite(answered) ? answered + everyMs : from;
}

function notHeld(drill: string, { environment: { name, allows } }: VerdictInput): string {
  const command = `gonogo ${drill.replace(".", " ")}`;
  if (!allows || allows.includes("drill") || QUIET_DRILLS.has(drill))
    return `the drill has not been held: ${command}`;
  const declared = [...allows, "drill"].map((each) => `"${each}"`).join(", ");
  return `the drill has not been held, and ${name} does not allow drills: declare environments.${name}: { allows: [${declared}] }, then ${command}`;
}

function evidenceFor({ answeredBy }: Item, input: VerdictInput): VerdictInput["evidence"] {
  const references =
    answeredBy.by === "checks"
      ? answeredBy.checks
      : answeredBy.by === "drill"
        ? [{ check: answeredBy.drill }]
        : [];
  return references.flatMap((reference) => foundFor(reference, input));
}

function answer(item: Item, input: Judging): Omit<ItemVerdict, "item" | "dueAt"> {
  switch (item.answeredBy.by) {
    case "nobody":
      if (item.answeredBy.why !== undefined) {
        return { state: "not applicable", blocks: false, reason: item.answeredBy.why, checks: [] };
      }
      return { ...UNANSWERED, reason: "bound to no check, drill or person", checks: [] };
    case "person":
      return failing(item, input) ?? { ...judgeSignOffs(item, input), checks: [] };
    case "drill":
      return worst(
        judgeReference({ check: item.answeredBy.drill }, notHeld(item.answeredBy.drill, input), input),
      );
    case "checks":
      return worst(
        askedFor(
          item,
          item.answeredBy.checks.flatMap((reference) => {
            const isHad = input.severities?.has(reference.check) ?? true;
            return judgeReference(reference, isHad ? "not checked yet" : NOBODY_HAS, input);
          }),
          input,
        ),
      );
  }
}

/**
 * What somebody wrote down as a line is asked for: where nothing of it applies for want of a declaration, nobody has
 * answered it. Under a condition it may not apply.
 */
function askedFor(
  { line, condition, isNarrowed }: Item,
  checks: readonly CheckVerdict[],
  { severities }: VerdictInput,
): readonly CheckVerdict[] {
  const isMoot = checks.every(({ state }) => state === "not applicable");
  if (line === undefined || condition !== undefined || isNarrowed || !isMoot) return checks;
  return checks.map((each) =>
    each.undeclared
      ? {
          ...each,
          ...UNANSWERED,
          blocks: (severities?.get(each.check) ?? "blocker") === "blocker",
          reason: `${each.reason}; or the line's comment says who answers it: sign-off`,
        }
      : each,
  );
}

/** What a check of the line's saw fail, though a person has to answer the rest of it. */
function failing({ declared = [] }: Item, input: Judging): Omit<ItemVerdict, "item" | "dueAt"> | undefined {
  const seen = declared.flatMap((reference) => judgeReference(reference, "not checked yet", input));
  const judged = seen.length > 0 ? worst(seen) : undefined;
  return judged?.state === "failing" ? judged : undefined;
}

/** A line may ask for a component that is not declared yet. */
const NOBODY_HAS = "no declared component has this check; `gonogo import` says which one would";

const UNANSWERED = { state: "unanswered", blocks: true } as const;

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
function worst(checks: readonly CheckVerdict[]): Omit<ItemVerdict, "item" | "dueAt"> {
  const [first, ...rest] = checks;
  if (first === undefined) return { ...UNANSWERED, reason: "bound to no check", checks };
  const { state, reason, blocks } = rest.reduce((low, each) => (isWorse(each, low) ? each : low), first);
  const unseen = state === "go" ? checks.find((each) => each.undeclared) : undefined;
  return {
    state,
    reason: unseen ? `${reason}; nothing else of it: ${unseen.reason}` : reason,
    blocks,
    checks,
  };
}

/** What blocks before what does not, and then by how little is known of what is right. */
export function isWorse(a: Judgement, b: Judgement): boolean {
  if (a.blocks !== b.blocks) return a.blocks;
  return RANK.indexOf(a.state) < RANK.indexOf(b.state);
}
