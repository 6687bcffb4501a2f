import type { Deploy, StepRecord } from "../../model/deploy.ts";
import type { Release } from "../../model/release.ts";
import type { Waiver } from "../../model/sign-off.ts";
import type { Verdict } from "../../model/verdict.ts";
import type { ChainReport } from "../../store/chain-walk.ts";
import type { KeptSignOff } from "../../store/store.ts";
import type { CheckRecord } from "../output/contracts/check.ts";
import type { ReportRecord } from "../output/contracts/report.ts";
import { unblockSteps } from "../output/unblock.ts";
import { checkRecordOf, countdownIn, headOf, releaseRecord } from "../records.ts";
import type { OpenScene } from "../scene.ts";

const DEPLOYS = 20;

/** Everything the store knows of an environment, judged now. */
export async function reportRecordOf(
  scene: OpenScene,
  judged: { release: Release | undefined; verdict: Verdict; tookMs: number },
): Promise<ReportRecord> {
  const { store, environment } = scene;
  const check = await checkRecordOf(scene, judged);
  const deploys = await store.deploys.list(environment.name, DEPLOYS);
  return {
    kind: "report",
    ...headOf(scene),
    at: check.at,
    check,
    signOffs: signOffRecords(await store.people.signOffs(environment.name), check),
    waivers: (await store.people.waivers(environment.name)).map((each) => waiverRecord(each, check)),
    unblock: unblockSteps(check),
    countdown: countdownIn(scene, check),
    release: judged.release ? releaseRecord(judged.release) : null,
    deploys: await Promise.all(
      deploys.map(async (each) => deployRecord(each, await store.deploys.steps(environment.name, each.id))),
    ),
    chains: {
      evidence: chainRecord(await store.evidence.audit()),
      people: chainRecord(await store.people.audit()),
    },
  };
}

/** Of each line the newest; it stands when the line is GO. */
function signOffRecords(signOffs: readonly KeptSignOff[], { items }: CheckRecord): ReportRecord["signOffs"] {
  const newest = new Map(signOffs.map((each) => [each.item, each]));
  return items.flatMap((item) => {
    const found = newest.get(item.id);
    if (!found || item.answeredBy !== "person") return [];
    const { seq, by, doneBy, at, until, release, evidence, attachment } = found;
    return [
      {
        item: item.id,
        seq,
        by,
        doneBy: doneBy ?? null,
        at,
        until,
        release: release ?? null,
        evidence,
        attachment: attachment ?? null,
        stands: item.state === "go",
      },
    ];
  });
}

function waiverRecord(
  { finding, by, at, until, reason }: Waiver,
  { answers, items, at: now }: CheckRecord,
): ReportRecord["waivers"][number] {
  const answer = answers.find((each) => each.findings.some(({ fingerprint }) => fingerprint === finding));
  const found = answer?.findings.find(({ fingerprint }) => fingerprint === finding);
  const line = items.find(({ contradictions }) =>
    contradictions.some(({ fingerprint }) => fingerprint === finding),
  );
  return {
    finding,
    by,
    at,
    until,
    reason,
    stands: at <= now && now < until,
    answer: answer ? `${answer.component}/${answer.check}` : (line?.id ?? null),
    name: found && found.name !== "" ? found.name : null,
  };
}

function deployRecord(deploy: Deploy, steps: readonly StepRecord[]): ReportRecord["deploys"][number] {
  const { environment: _, from, finishedAt, reason, ...rest } = deploy;
  const figure = (name: string): number | undefined =>
    steps.map(({ detail }) => detail[name]).findLast((value) => typeof value === "number");
  const requests = figure("requests");
  return {
    ...rest,
    from: from ?? null,
    finishedAt: finishedAt ?? null,
    reason: reason ?? null,
    switchedInMs: figure("switchedInMs") ?? null,
    downtime:
      requests === undefined
        ? null
        : { requests, failed: figure("failed") ?? 0, worstMs: figure("worstMs") ?? 0 },
  };
}

export function chainRecord({
  rows,
  head,
  breaks,
}: ChainReport): NonNullable<ReportRecord["chains"]>["evidence"] {
  return {
    rows,
    head,
    breaks: breaks.map(({ seq, change, row, before }) => ({
      seq,
      change,
      row: row ?? null,
      before: before ?? null,
    })),
  };
}
