import pc from "picocolors";
import { formatDuration } from "../../model/duration.ts";
import { WATCH_LEASE } from "../../store/watch-lease.ts";
import type { WatchRecord } from "./contracts/watch.ts";
import { harmless, widthOf, wrap } from "./plain-text.ts";

interface WatchBoardOptions {
  readonly columns: number;
  readonly rows: number;
  readonly colour: boolean;
}

/** What is watched, for a terminal: what is wrong first, then a line for each component. Fits `rows`. */
export function watchBoard(record: WatchRecord, { columns, rows, colour }: WatchBoardOptions): string {
  const paint = pc.createColors(colour);
  const width = Number.isFinite(columns) ? Math.max(40, Math.min(120, columns - 1)) : columns;
  const inWidth = (text: string, indent = 0): string[] => {
    const [first = "", ...rest] = wrap(harmless(text), width - indent - 2);
    return [first, ...rest.map((each) => `  ${each}`)];
  };
  const inSection = (text: string): string[] => inWidth(text, 2);
  const { up, down, unknown, silent } = record.tally;
  const quiet = silent === 0 ? "" : `  ${silent} not asked yet, or not applicable`;
  const troubles = record.monitors.filter(({ state: now, shownOnly }) => now === "down" && !shownOnly);
  const noted = record.monitors.filter(({ state: now, shownOnly }) => now === "down" && shownOnly);
  const state = troubles.length > 0 ? paint.red : up === 0 ? paint.yellow : paint.green;
  const head = [
    ...inWidth(headOf(record)),
    ...inWidth(`${up} up  ${down} down  ${unknown} unknown${quiet}`).map(state),
    ...unwatched(record).flatMap((said) => inWidth(said).map(paint.yellow)),
    ...(record.workers.length > 1 ? inWidth(sharesOf(record.workers)) : []),
    "",
  ];
  const incidents = record.incidents.flatMap(({ id, severity, title, openedAt, acknowledgedBy }) =>
    inSection(
      `${id}  ${severity}  ${title}, for ${formatDuration(record.at - openedAt)}${acknowledgedBy === null ? ", nobody has it" : `, ${acknowledgedBy} has it`}`,
    ),
  );
  const sections = [
    ...section("Incidents", incidents),
    ...section(
      "Down",
      troubles.flatMap(({ id, detail }) => inSection(`${id}  ${detail ?? ""}`).map(paint.red)),
    ),
    ...section(
      "Good to know",
      noted.flatMap(({ id, detail }) => inSection(`${id}  ${detail ?? ""}`)),
    ),
    ...section("Components", componentLines(record).flatMap(inSection)),
  ];
  const room = Math.max(1, rows - head.length - 1);
  const shown =
    sections.length <= room
      ? sections
      : [...sections.slice(0, room - 1), `and ${sections.length - room + 1} more lines`];
  return `${[...head, ...shown].join("\n")}\n`;
}

/** Clocks of two machines differ by some seconds. */
const UNSEEN_MS = 2 * WATCH_LEASE.leaseMs;

/** What holds the place and says nothing does not watch. */
function unwatched({ watcher, at }: WatchRecord): string[] {
  if (watcher === null) return ["nobody watches: gonogo serve"];
  const { who, pid, seen } = watcher;
  if (at - seen < UNSEEN_MS) return [];
  return [
    `nobody watches: ${who}, process ${pid}, stands still and was last seen ${formatDuration(at - seen)} ago: gonogo serve takes over`,
  ];
}

function headOf({ launch, environment, release, watcher, at }: WatchRecord): string {
  const since =
    watcher === null ? "" : ` · watched by ${watcher.who} for ${formatDuration(at - watcher.since)}`;
  return `${launch} · ${environment} · ${release ?? "nothing deployed"}${since}`;
}

/** "3 processes share the asking: ada@one 12, ada@two 12, grace@three 11" */
function sharesOf(workers: WatchRecord["workers"]): string {
  const shares = workers.map(({ who, tasks }) => `${who} ${tasks}`);
  return `${workers.length} processes share the asking: ${shares.join(", ")}`;
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`), ""];
}

function componentLines({ monitors, at }: WatchRecord): string[] {
  const byComponent = Map.groupBy(monitors, ({ component }) => component);
  const width = Math.max(0, ...[...byComponent.keys()].map(widthOf));
  return [...byComponent].map(([component, own]) => {
    const heard = own.filter((each) => each.at !== null);
    const up = heard.filter(({ state }) => state === "up").length;
    const last = Math.max(0, ...heard.map((each) => each.at ?? 0));
    const asked = last === 0 ? "not asked yet" : `asked ${formatDuration(at - last)} ago`;
    return `${component.padEnd(width)}  ${String(up).padStart(4)}/${heard.length} up  ${asked}`;
  });
}
