import type { AskedFigure, Held, HeldSetting, Seen } from "./asked-figure.ts";
import type { SeenSetting } from "./seen-setting.ts";
import { settingPrint } from "./setting-print.ts";
import { parseQuality, QUALITY_WORDS, shortOf } from "./setting-quality.ts";

/** How a variable's value stands to what a line asks; says no value: that of the environment may be a secret. */
export function holdSetting(
  { value, of, by }: AskedFigure,
  { setting }: HeldSetting,
  { settings, salt }: Seen,
): Held | undefined {
  const name = setting === "is set" ? value : of;
  if (name === undefined) return undefined;
  const seen = settings && Object.hasOwn(settings, name) ? settings[name] : undefined;
  // Evidence of an earlier version has the print alone.
  if (!settings || salt === undefined || typeof seen === "string")
    return { isKept: undefined, says: `${name} has not been looked at since ${by} names it: gonogo check` };
  // The first deploy supplies it.
  if (seen === null) return undefined;
  if (setting === "has the quality") return holdQuality({ name, value, by }, seen);
  if (seen === undefined) return { isKept: false, says: `${name} has no value, and ${by} asks for one` };
  if (setting === "is set") {
    return seen.faults.includes("placeholder")
      ? { isKept: false, says: `${name} is still a placeholder, and ${by} asks for its value` }
      : { isKept: true };
  }
  return seen.print === settingPrint(name, value, salt)
    ? { isKept: true, says: `${name} is what ${by} asks for` }
    : { isKept: false, says: `${name} is set, but not to what ${by} asks for` };
}

function holdQuality(
  { name, value, by }: { readonly name: string; readonly value: string; readonly by: string },
  seen: SeenSetting | undefined,
): Held | undefined {
  const quality = parseQuality(value);
  if (!quality)
    return { isKept: undefined, says: `${by}: "${value}" is no quality of a value (${QUALITY_WORDS})` };
  if (quality.is === "unset") {
    return seen
      ? { isKept: false, says: `${name} has a value, and ${by} asks for none` }
      : { isKept: true, says: `${name} is unset, as ${by} asks` };
  }
  // Whether it has to be there is asked for itself.
  if (!seen) return undefined;
  const short = shortOf(quality, seen);
  return short === undefined
    ? { isKept: true, says: `${name} is as ${by} asks: ${value}` }
    : { isKept: false, says: `${name} ${short}; ${by} asks for ${value}` };
}
