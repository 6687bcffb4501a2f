import { checkOf, type Drill } from "../../drills/drill.ts";
import type { HoldResult } from "../../drills/hold.ts";
import { messageOf } from "../../model/errors.ts";
import type { Evidence } from "../../model/evidence.ts";
import type { Outcome } from "../../model/outcome.ts";
import type { JsonResult } from "../output/contracts/contract.ts";
import { headOf } from "../records.ts";
import type { OpenScene } from "../scene.ts";

export type DrillRecord = Extract<JsonResult, { kind: "drill" }>;
export type DrillsRecord = Extract<JsonResult, { kind: "drills" }>;

export function drillRecordOf(scene: OpenScene, drill: Drill, { id, evidence }: HoldResult): DrillRecord {
  const { outcome, observedAt: heldAt, freshUntil } = evidence;
  return {
    kind: "drill",
    ...headOf(scene),
    id,
    drill: drill.name,
    outcome: outcomeRecord(outcome),
    heldAt,
    freshUntil,
  };
}

export async function drillsRecordOf(scene: OpenScene, drills: readonly Drill[]): Promise<DrillsRecord> {
  const { store, environment } = scene;
  const evidence = await store.evidence.latest(environment.name);
  return {
    kind: "drills",
    ...headOf(scene),
    allowed: environment.allows.includes("drill"),
    drills: await Promise.all(
      drills.map(async (drill) => ({
        drill: drill.name,
        title: drill.title,
        unfit: (await drill.unfit(scene).catch(messageOf)) ?? null,
        disturbs: [...drill.disturbs(scene)],
        last: lastOf(evidence.find(({ check }) => check === checkOf(drill))),
      })),
    ),
  };
}

function lastOf(evidence: Evidence | undefined): DrillsRecord["drills"][number]["last"] {
  if (!evidence) return null;
  const { outcome, observedAt: heldAt, freshUntil } = evidence;
  return { outcome: outcomeRecord(outcome), heldAt, freshUntil };
}

function outcomeRecord(outcome: Outcome): DrillRecord["outcome"] {
  switch (outcome.status) {
    case "pass":
      return { ...outcome, ...NOTHING, measured: outcome.measured ?? {} };
    case "warn":
    case "fail": {
      const { findings: _, measured = {}, ...rest } = outcome;
      return { ...rest, measured };
    }
    default:
      return { status: "fail", summary: outcome.reason, ...NOTHING, measured: {} };
  }
}

const NOTHING = { expected: null, found: null, fix: null };
