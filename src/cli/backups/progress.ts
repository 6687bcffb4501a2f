import { formatDuration } from "../../model/duration.ts";
import { formatSize } from "../../model/size.ts";
import type { World } from "../../wiring.ts";
import { startProgress } from "../output/progress.ts";

export interface Amount {
  readonly doing: string;
  readonly bytes: number;
  readonly ofBytes: number;
}

/** "backing up 120.0 MB of up to 2.0 GB, 61.0 MB/s, 31 s left" */
export function showAmounts(
  { output, doors }: World,
  quiet: boolean,
): { show(amount: Amount): void; end(): void } {
  const progress = startProgress(output, { quiet });
  let doing = "";
  let startedAt = 0;
  let startedWith = 0;
  return {
    show(amount) {
      const now = doors.clock.monotonicMs();
      if (amount.doing !== doing) {
        doing = amount.doing;
        startedAt = now;
        startedWith = amount.bytes;
      }
      progress.update(amountText(amount, { tookMs: now - startedAt, since: amount.bytes - startedWith }));
    },
    end: () => progress.end(),
  };
}

/** Pure. A rate is told only once it means something. */
function amountText(
  { doing, bytes, ofBytes }: Amount,
  { tookMs, since }: { tookMs: number; since: number },
): string {
  const amount = `${doing} ${formatSize(bytes)} of ${formatSize(Math.max(bytes, ofBytes))}`;
  if (tookMs < 1_000 || since <= 0) return amount;
  const perMs = since / tookMs;
  const left = Math.max(0, ofBytes - bytes) / perMs;
  return `${amount}, ${formatSize(Math.round(perMs * 1_000))}/s, ${formatDuration(left)} left`;
}
