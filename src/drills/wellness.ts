import type { DeployScene } from "../deploy/scene.ts";
import { messageOf } from "../model/errors.ts";

const LOOK_EVERY_MS = 100;

/** Waits until every process is ready and the public address answers; what is not so when the time is up. */
export async function waitUntilWell(scene: DeployScene, limitMs: number): Promise<string | undefined> {
  const { clock } = scene.doors;
  const deadline = clock.monotonicMs() + limitMs;
  for (;;) {
    const unwell = await whatIsUnwell(scene).catch(messageOf);
    if (unwell === undefined || clock.monotonicMs() > deadline) return unwell;
    await clock.delay(LOOK_EVERY_MS);
  }
}

async function whatIsUnwell({ target, doors }: DeployScene): Promise<string | undefined> {
  const signal = AbortSignal.timeout(10_000);
  const { live, instances, address } = await target.status(signal);
  const waiting = instances.filter(
    ({ release, state }) => (release === live || release === "") && state !== "ready",
  );
  if (waiting.length > 0) {
    return waiting.map(({ process, index, state }) => `${process}.${index} is ${state}`).join(", ");
  }
  if (!address) return "the target gave no public address";
  const { status } = await doors.http.send({
    url: `${address.url}/`,
    fresh: true,
    signal,
    ...(address.ca !== undefined && { ca: address.ca }),
  });
  return status >= 500 ? `${address.url} answers ${status}` : undefined;
}
