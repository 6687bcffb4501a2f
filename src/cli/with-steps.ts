import type { DeployResult } from "../deploy/deploy.ts";
import type { World } from "../wiring.ts";
import type { Given } from "./command.ts";
import { isJson } from "./format.ts";
import { type DeployRecord, deployRecordOf } from "./records.ts";
import type { OpenScene } from "./scene.ts";
import { showSteps } from "./steps.ts";

/** Runs a deploy or rollback under the eyes of whoever reads the terminal. */
export async function withSteps(
  { output }: World,
  { scene, given, kind }: { scene: OpenScene; given: Given; kind: "deploy" | "rollback" },
  work: (onEvent: ReturnType<typeof showSteps>["onEvent"]) => Promise<DeployResult>,
): Promise<DeployRecord> {
  const steps = showSteps(output, { scene, quiet: isJson(given) });
  try {
    return await deployRecordOf(scene, await work(steps.onEvent), kind);
  } finally {
    steps.end();
  }
}
