const UNIT_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;
type Unit = keyof typeof UNIT_MS;

/** A length of time as people write it in a declaration: "500ms", "60s", "15m", "4h", "30d", "2w". */
export type Duration = `${number}${Unit}`;

/** Milliseconds of a duration; undefined when the text is not one. */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d|w)$/.exec(text.trim());
  if (!match) return undefined;
  return Number(match[1]) * UNIT_MS[match[2] as Unit];
}

/** Milliseconds of a duration written in our own code; throws on a typing mistake. */
export function durationMs(text: Duration): number {
  const ms = parseDuration(text);
  if (ms === undefined) throw new Error(`not a duration: ${text}`);
  return ms;
}

/** Milliseconds of a duration that a schema has let through. */
export function msOf(text: string): number {
  return durationMs(text as Duration);
}

const SPELLED = ["d", "h", "m", "s"] as const;

/** As somebody would write it in a declaration, in the longest unit that it is a whole number of: "90m", "1s", "1500ms". */
export function spellDuration(ms: number): Duration {
  const unit = SPELLED.find((each) => ms >= UNIT_MS[each] && ms % UNIT_MS[each] === 0) ?? "ms";
  return `${ms / UNIT_MS[unit]}${unit}`;
}

/** A length of time for people: "340 ms", "2.1 s", "4 min", "3 h", "12 d". */
export function formatDuration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(ms < 10_000 ? 1 : 0)} s`;
  if (ms < 3_600_000) return `${Math.round(ms / 60_000)} min`;
  if (ms < 172_800_000) return `${Math.round(ms / 3_600_000)} h`;
  return `${Math.round(ms / 86_400_000)} d`;
}
