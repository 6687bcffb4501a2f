import path from "node:path";
import { questionsOf } from "../../assess/question.ts";
import type { AnyCheck } from "../../model/check.ts";
import type { Evidence } from "../../model/evidence.ts";
import { findingsOf } from "../../model/finding.ts";
import type { Launch } from "../../model/launch.ts";
import type { ReleaseSummary } from "../../model/release.ts";
import { type Waiver, waiverFor } from "../../model/sign-off.ts";
import type { EnvironmentSummary } from "../../model/subject.ts";
import { type CheckVerdict, type ItemVerdict, isWorse, type Verdict } from "../../model/verdict.ts";
import type { AnswerRecord, CheckRecord, ItemRecord } from "./contracts/check.ts";

export interface CheckRecordInput {
  readonly launch: Launch;
  readonly environment: EnvironmentSummary;
  readonly release: ReleaseSummary | undefined;
  readonly verdict: Verdict;
  /** What the verdict was judged on; rows of checks that are in none of its lines are left out. */
  readonly evidence: readonly (Evidence & { readonly seq?: number })[];
  readonly waivers: readonly Waiver[];
  readonly at: number;
  readonly tookMs: number;
}

/** The one record that every format shows. */
export function checkRecord(input: CheckRecordInput): CheckRecord {
  const { launch, environment, release, verdict, at, tookMs } = input;
  return {
    version: 1,
    kind: "check",
    launch: launch.name,
    environment: environment.name,
    stage: environment.stage,
    config: path.relative(launch.directory, launch.configFile),
    checklist: launch.checklist ?? null,
    release: release ? { id: release.id, commit: release.commit, createdAt: release.createdAt } : null,
    at,
    tookMs,
    go: verdict.go,
    goWithoutWaivers: verdict.goWithoutWaivers,
    items: verdict.items.map((each) => itemRecord(each, input)),
    answers: answerRecords(input),
  };
}

function itemRecord(
  { item, state, reason, blocks, dueAt }: ItemVerdict,
  { evidence }: CheckRecordInput,
): ItemRecord {
  return {
    id: item.id,
    text: item.text,
    phase: item.phase,
    line: item.line ?? null,
    restOf: item.restOf ?? null,
    path: item.path,
    claimed: item.claimed,
    role: item.role ?? null,
    condition: item.condition ?? null,
    contradictions: item.contradictions ?? [],
    dueAt: dueAt ?? null,
    answeredBy: item.answeredBy.by,
    drill: heldDrill(item, evidence),
    state,
    reason,
    blocks,
  };
}

/** Drills belong to no declared component, so no answer of a check tells of them. */
function heldDrill(
  { answeredBy }: ItemVerdict["item"],
  evidence: CheckRecordInput["evidence"],
): ItemRecord["drill"] {
  if (answeredBy.by !== "drill") return null;
  const row = evidence.find(({ check }) => check === answeredBy.drill);
  if (!row) return null;
  const { seq = null, release = null, observedAt, freshUntil } = row;
  return { drill: answeredBy.drill, evidence: seq, release, observedAt, freshUntil };
}

/** In the order of the declaration; a check that several lines rest on is told once. */
function answerRecords(input: CheckRecordInput): AnswerRecord[] {
  const rests = new Map<string, { verdicts: CheckVerdict[]; items: ItemVerdict[] }>();
  for (const item of input.verdict.items) {
    for (const verdict of item.checks) {
      const key = `${verdict.component ?? ""}\n${verdict.check}`;
      const known = rests.get(key) ?? { verdicts: [], items: [] };
      known.verdicts.push(verdict);
      known.items.push(item);
      rests.set(key, known);
    }
  }
  return questionsOf(input.launch).flatMap(({ component, check }) => {
    const found = rests.get(`${component}\n${check.id}`) ?? rests.get(`\n${check.id}`);
    const [first, ...others] = found?.verdicts ?? [];
    const verdict = first && others.reduce((low, each) => (isWorse(each, low) ? each : low), first);
    return found && verdict ? [answerRecord({ component, check, verdict, ...found }, input)] : [];
  });
}

function answerRecord(
  known: {
    readonly component: string;
    readonly check: AnyCheck;
    readonly verdict: CheckVerdict;
    readonly verdicts: readonly CheckVerdict[];
    readonly items: readonly ItemVerdict[];
  },
  { evidence, waivers, environment, at }: CheckRecordInput,
): AnswerRecord {
  const { component, check, verdict, items } = known;
  const reason = reasonOf(known.verdicts, verdict);
  const row = evidence.find((each) => each.component === component && each.check === check.id);
  const troubled = row?.outcome.status === "fail" || row?.outcome.status === "warn" ? row.outcome : undefined;
  const findings = troubled ? findingsOf(component, check.id, troubled) : [];
  return {
    component,
    check: check.id,
    title: check.title,
    consequence: check.consequence,
    severity: check.severity,
    phase: check.phase,
    state: verdict.state,
    reason,
    blocks: verdict.blocks,
    due: items.some((item) => item.state !== "not due"),
    outcome: row?.outcome ?? null,
    findings: findings.map(({ name, fingerprint }) => {
      const waiver = waiverFor(fingerprint, waivers, { environment: environment.name, at });
      return { name, fingerprint, waivedBy: waiver?.by ?? null, waivedUntil: waiver?.until ?? null };
    }),
    items: items.map(({ item }) => item.id),
    otherwise: known.verdicts.flatMap(({ state, reason: own }, at) => {
      const item = items[at]?.item.id;
      return item === undefined || (state === verdict.state && own === reason)
        ? []
        : [{ item, state, reason: own }];
    }),
    evidence: row?.seq ?? null,
    release: row?.release ?? null,
    observedAt: row?.observedAt ?? null,
    freshUntil: row?.freshUntil ?? null,
    facts: row?.facts ?? [],
  };
}

/** Lines may ask different things of one check, and each may be wrong in a way of its own. */
function reasonOf(verdicts: readonly CheckVerdict[], { state, reason }: CheckVerdict): string {
  if (state !== "failing") return reason;
  const reasons = verdicts.flatMap((each) => (each.state === state ? [each.reason] : []));
  return [...new Set(reasons)].join("; ");
}
