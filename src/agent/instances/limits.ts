import type { Clock } from "../../model/doors.ts";
import { formatSize } from "../../model/size.ts";
import { rotateLog, sizeOf } from "./log-file.ts";
import { residentBytes, treeOf } from "./process-table.ts";

interface Limited {
  readonly pid: number;
  readonly logFile: string;
  readonly logLimitBytes: number;
  readonly memoryLimitBytes: number | undefined;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  onMemory(bytes: number): void;
  onTooMuchMemory(reason: string): void;
  onTrouble(message: string): void;
}

// A program can write a gigabyte a second: what it writes between two looks is what the disk must bear.
const CALM_MS = 100;
const FLOOD_MS = 10;
const MEMORY_EVERY_MS = 2_000;

/** Watches what a program uses up: memory of its whole tree, bytes of its log. Never rejects. */
export async function watchLimits(limited: Limited): Promise<void> {
  const { clock, signal } = limited;
  let lookedAtMemory = Number.NEGATIVE_INFINITY;
  let size = await sizeOf(limited.logFile);
  while (!signal.aborted) {
    if (clock.monotonicMs() - lookedAtMemory >= MEMORY_EVERY_MS) {
      lookedAtMemory = clock.monotonicMs();
      judgeMemory(limited);
    }
    const before = size;
    size = await keepLogSmall(limited);
    const grewFast = Math.abs(size - before) > limited.logLimitBytes / 8;
    await clock.delay(grewFast ? FLOOD_MS : CALM_MS, signal).catch(() => undefined);
  }
}

function judgeMemory({ pid, memoryLimitBytes, onMemory, onTooMuchMemory }: Limited): void {
  const bytes = residentBytes(treeOf(pid));
  onMemory(bytes);
  if (memoryLimitBytes !== undefined && bytes > memoryLimitBytes) {
    onTooMuchMemory(
      `uses ${formatSize(bytes)} of memory, more than its limit of ${formatSize(memoryLimitBytes)}`,
    );
  }
}

async function keepLogSmall({ logFile, logLimitBytes, onTrouble }: Limited): Promise<number> {
  const size = await sizeOf(logFile);
  if (size <= logLimitBytes) return size;
  await rotateLog(logFile, logLimitBytes).catch((thrown: Error) =>
    onTrouble(`cannot rotate ${logFile}: ${thrown.message}`),
  );
  return 0;
}
