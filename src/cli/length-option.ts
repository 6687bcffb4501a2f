import { formatDuration, parseDuration } from "../model/duration.ts";
import { UserError } from "../model/errors.ts";
import { parseInstant } from "../model/instant.ts";
import { type Given, text } from "./command.ts";

/** Milliseconds of a required duration option. Throws UserError. */
export function lengthOption(given: Given, name: string): number {
  const words = text(given, name);
  if (words === undefined)
    throw new UserError(`say how long: --${name} is missing`, { fix: `--${name} 12h, 30d, 8w` });
  const ms = parseDuration(words);
  if (ms !== undefined && ms > 0) return ms;
  throw new UserError(`--${name} ${words} is not a length of time`, {
    fix: "for example 12h, 30d, 8w",
  });
}

const DAY_MS = 86_400_000;

/** Milliseconds from `now` until what `--until` says: the end of a day (UTC), or a time with its zone. */
export function untilOption(given: Given, now: number): number {
  const words = text(given, "until") ?? "";
  const day = parseInstant(`${words}T00:00Z`);
  const until = day === undefined ? parseInstant(words) : day + DAY_MS;
  if (until === undefined) {
    throw new UserError(`--until ${words} is no time`, { fix: "2026-12-31, or 2026-12-31T18:00Z" });
  }
  if (until <= now) throw new UserError(`--until ${words} is over`, { fix: "a day to come" });
  return until - now;
}

/** Throws UserError on more than may be asked for. */
export function withinLongest(lastsMs: number, longestMs: number, what: string): void {
  if (lastsMs <= longestMs) return;
  throw new UserError(`${what} lasts ${formatDuration(longestMs)} at most`, {
    fix: "ask for less; it can be given again",
  });
}
