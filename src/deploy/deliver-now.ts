import type { OutgoingMessage } from "../model/alert.ts";
import { channelVariables } from "../notify/credentials.ts";
import { sendNow } from "../notify/send-now.ts";
import type { DeployScene } from "./scene.ts";

/** A deploy does not wait longer than this for its messages; they stay in the outbox. */
const PATIENCE_MS = 10_000;

export async function deliverNow(scene: DeployScene, messages: readonly OutgoingMessage[]): Promise<void> {
  const { environment, launch, store, doors } = scene;
  await sendNow(messages, {
    environment: environment.name,
    channels: launch.alerts.channels,
    outbox: store.outbox,
    doors,
    variables: channelVariables(scene),
    signal: AbortSignal.timeout(2 * PATIENCE_MS),
    patienceMs: PATIENCE_MS,
  });
}
