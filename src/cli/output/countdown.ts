import { formatDuration } from "../../model/duration.ts";
import type { Phase } from "../../model/phase.ts";
import { phaseName, utc } from "../../model/phase-times.ts";
import { quantity } from "../../model/quantity.ts";
import { listed } from "./board/line.ts";
import type { CheckRecord } from "./contracts/check.ts";
import type { CountdownRecord } from "./contracts/report.ts";

const OPEN = new Set(["failing", "unknown", "stale", "unanswered", "unsigned"]);

/** What is due now and what comes next, by the launch time. */
export function countdownOf({ items, at }: CheckRecord, launchAt: number): CountdownRecord {
  const turns = new Map<string, { phase: Phase; at: number; items: string[] }>();
  for (const { id, phase, dueAt } of items) {
    if (dueAt === null || dueAt <= at) continue;
    const key = `${dueAt} ${phase}`;
    const turn = turns.get(key) ?? { phase, at: dueAt, items: [] };
    turn.items.push(id);
    turns.set(key, turn);
  }
  return {
    launchAt,
    dueNow: items
      .filter(({ state, line, dueAt }) => OPEN.has(state) && (line !== null || dueAt !== null))
      .toSorted((a, b) => Number(a.dueAt === null) - Number(b.dueAt === null))
      .map(({ id }) => id),
    next: [...turns.values()].toSorted((a, b) => a.at - b.at),
  };
}

/** "T-18 h" before the launch, "T+3 d" after it. */
export function hoursToLaunch({ launchAt }: CountdownRecord, at: number): string {
  return at < launchAt ? `T-${formatDuration(launchAt - at)}` : `T+${formatDuration(at - launchAt)}`;
}

/** "T-24h 2026-11-30 09:00 UTC, in 3 d: 4 lines" */
export function turnText({ phase, at, items }: CountdownRecord["next"][number], now: number): string {
  return `${phaseName(phase)}, ${utc(at)} (in ${formatDuration(at - now)}): ${quantity(items.length, "line")}`;
}

const MOST_TURNS = 5;
const MOST_IDS = 6;

/** The launch time, what is due and not answered, and what comes next, for a terminal. */
export function countdownLines(countdown: CountdownRecord, now: number): string[] {
  const { launchAt, dueNow, next } = countdown;
  const due =
    dueNow.length === 0 ? "nothing" : `${quantity(dueNow.length, "line")}: ${listed(dueNow, MOST_IDS)}`;
  return [
    `  launch ${utc(launchAt)}, ${hoursToLaunch(countdown, now)}`,
    `  due now and not answered: ${due}`,
    ...next
      .slice(0, MOST_TURNS)
      .map((turn) => `  next: ${turnText(turn, now)}: ${listed(turn.items, MOST_IDS)}`),
  ];
}
