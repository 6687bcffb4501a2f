import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type GatheredCrowd, gather } from "./crowd-figures.ts";
import type { GonogoContender, Typed } from "./gonogo.ts";

type Report = (line: string) => void;

const CAUGHT = [
  ["throws at boot", "MISBEHAVE=throw"],
  ["hangs at boot", "MISBEHAVE=hang"],
  ["never gets ready", "MISBEHAVE=never-ready"],
  ["answers 500 on a declared route", "MISBEHAVE=route"],
] as const;

/** Releases that are no good, deployed under the same load. */
export async function deployBadOnes(gonogo: GonogoContender, report: Report): Promise<void> {
  using crowd = await gather({
    ...gonogo.door,
    keepAlive: 25,
    fresh: 25,
    slow: 0,
    webSockets: 0,
    pauseMs: 100,
  });
  for (const [what, variables] of CAUGHT) {
    const before = await crowd.sofar();
    const { code, tookMs } = await deployWith(gonogo, variables, ["deploy"]);
    const after = await crowd.sofar();
    report(
      `one that ${what}: exit ${code} after ${seconds(tookMs)}; ` +
        `${after.failed - before.failed} of ${after.requests - before.requests} requests failed (0)`,
    );
  }
  await spoil(gonogo, crowd, report);
}

/** Bad from some moment after the switch on; the first breach is known to the millisecond. */
async function spoil(gonogo: GonogoContender, crowd: GatheredCrowd, report: Report): Promise<void> {
  const trigger = path.join(gonogo.project.directory, ".gonogo/spoiled");
  gonogo.configure('bake: "500ms"', 'bake: "6s"');
  const before = await crowd.sofar();
  const { code, stdout } = await deployWith(gonogo, `SPOILED_BY=${trigger}`, ["deploy"], (line) => {
    if (line.includes("✓ switch")) writeFileSync(trigger, "");
  });
  const after = await crowd.leave();
  rmSync(trigger, { force: true });
  gonogo.configure('bake: "6s"', 'bake: "500ms"');
  const failed = after.failed - before.failed;
  const lastedMs = (after.lastFailureAt ?? 0) - (after.firstFailureAt ?? 0);
  const told = /\d+ of \d+ probes failed[^,\n]*/.exec(stdout)?.[0] ?? "nothing of probes in its record";
  report(
    `one that goes bad after the switch: exit ${code}; users saw errors for ${seconds(lastedMs)} (under 5 s), ` +
      `${failed} of ${after.requests - before.requests} requests failed; its record: ${told}`,
  );
}

async function deployWith(
  { project, type }: GonogoContender,
  variables: string,
  args: readonly string[],
  onLine?: (line: string) => void,
): Promise<Typed> {
  project.write(".env.staging", `GREETING=hello\n${variables}\n`);
  try {
    return await type(args, onLine);
  } finally {
    project.write(".env.staging", "GREETING=hello\n");
  }
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(2)} s`;
}
