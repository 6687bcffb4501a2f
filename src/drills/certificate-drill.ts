import { startProber } from "../deploy/prober.ts";
import type { DeployScene } from "../deploy/scene.ts";
import { formatDuration } from "../model/duration.ts";
import { OutsideError } from "../model/errors.ts";
import { fail, type Outcome, pass } from "../model/outcome.ts";
import { quantity } from "../model/quantity.ts";
import type { Address } from "../model/subject.ts";
import type { Drill, DrillContext } from "./drill.ts";

const DAY_MS = 86_400_000;
/** Requests that come with the new one, on connections new and old. */
const AFTERWARDS_MS = 2_000;

/** Has a new certificate issued and served while requests go on. */
export const certificateDrill: Drill = {
  name: "certificate",
  title: "A new certificate is issued and served without a failed request",
  consequence: "The certificate runs out, and every browser turns users away.",
  freshFor: "30d",
  async unfit({ target }) {
    if (!target.reissue) return "this target does not issue its certificate";
    const { address } = await target.status(AbortSignal.timeout(10_000));
    return address?.url.startsWith("https:") ? undefined : "the public address is not served over TLS";
  },
  disturbs: () => [
    "replaces the certificate of the public address; connections that are open stay",
    "asks the public address 20 times a second all the while",
  ],
  hold,
};

async function hold({ scene, lease, signal, note }: DrillContext): Promise<Outcome> {
  const { target, doors } = scene;
  const { address } = await target.status(signal);
  if (!address || !target.reissue) throw new OutsideError("there is no certificate to renew");
  const prober = startProber({ doors, address, paths: ["/"] });
  try {
    const before = await served(scene, address);
    const from = doors.clock.monotonicMs();
    await target.reissue(lease(), signal);
    const after = await served(scene, address);
    const tookMs = doors.clock.monotonicMs() - from;
    await doors.clock.delay(AFTERWARDS_MS, signal);
    note(`a certificate valid until ${new Date(after.notAfter).toISOString().slice(0, 10)} is served`);
    const { requests, failed, firstFailure } = await prober.stop();
    const days = Math.round((after.notAfter - doors.clock.now()) / DAY_MS);
    const measured = { tookMs: Math.round(tookMs), days, requests, failed };
    if (!after.authorized || after.notBefore <= before.notBefore) {
      return fail("the certificate that is served did not change", {
        expected: `one issued after ${new Date(before.notBefore).toISOString()}, by an authority that clients trust`,
        found: after.authorizationError ?? `one issued at ${new Date(after.notBefore).toISOString()}`,
        fix: "let whatever renews the certificate tell the server to load it",
        measured,
      });
    }
    if (failed > 0) {
      return fail(`${failed} of ${requests} requests failed while the certificate was replaced`, {
        expected: "no failed request",
        found: firstFailure ?? "",
        fix: "replace the certificate without restarting the server",
        measured,
      });
    }
    return pass(
      `a new certificate was served after ${formatDuration(tookMs)}, for ${quantity(days, "day")}; 0 of ${requests} requests failed`,
      measured,
    );
  } finally {
    await prober.stop();
  }
}

async function served({ doors }: DeployScene, { url, ca }: Address) {
  const { hostname, port } = new URL(url);
  return await doors.sockets.handshake({
    host: hostname,
    port: Number(port || 443),
    ...(ca !== undefined && { ca }),
  });
}
