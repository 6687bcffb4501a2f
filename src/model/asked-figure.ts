import { parseDuration } from "./duration.ts";
import { type HeldQuality, holdQuality } from "./held-quality.ts";
import type { Measured } from "./outcome.ts";
import type { Stage } from "./phase.ts";
import { type SettingPrints, settingPrint } from "./setting-print.ts";
import { parseSize } from "./size.ts";

/** A figure that a line of the checklist asks for. */
export interface AskedFigure {
  /** As the parameter of the line's comment is called: "at-most", "within". */
  readonly name: string;
  /** "80%", "100ms", "30d". */
  readonly value: string;
  /** In the line's own words: "< 80 %". */
  readonly said: string;
  /** The variable whose value it is. */
  readonly of?: string;
  /** Asked of environments of this stage only; absent: of each. */
  readonly stage?: Stage;
  /** "LAUNCH.md:41". */
  readonly by: string;
}

/** What a check measures that lines may ask for with figures of their own. */
export type HeldFigure = HeldMeasure | HeldQuality | HeldSetting;

export interface HeldMeasure {
  /** Name of the measured value. */
  readonly measured: string;
  /** What is asked is the most there may be, or the least. */
  readonly keeps: "no more" | "no less";
  /** What the measured value counts; a share is 0.82, which a line calls 82 %. */
  readonly in: "share" | "percent" | "ms" | "seconds" | "days" | "bytes" | "count";
}

/** A variable that a line names has a value, or the very value that the line says. */
export interface HeldSetting {
  readonly setting: "is set" | "is the same";
}

/** By the name of what is asked. */
export type HeldFigures = Readonly<Record<string, HeldFigure>>;

/** What there is to hold a figure against. */
export interface Seen {
  readonly measured?: Measured | undefined;
  readonly settings?: SettingPrints | undefined;
  /** What `settings` are keyed with. */
  readonly salt?: string | undefined;
}

export interface Held {
  /** Undefined: that cannot be told. */
  readonly isKept: boolean | undefined;
  /** Why it is not kept, or beside the reason of what is; absent: nothing more is to be said. */
  readonly says?: string;
}

/** How what was seen stands to what a line asks; undefined when it says nothing about it. */
export function holdFigure(asked: AskedFigure, held: HeldFigures, seen: Seen): Held | undefined {
  const figure = held[asked.name];
  if (!figure) return undefined;
  if ("quality" in figure) return holdQuality(asked, figure, seen.measured);
  return "setting" in figure ? holdSetting(asked, figure, seen) : holdMeasure(asked, figure, seen);
}

function holdMeasure({ value, by }: AskedFigure, figure: HeldMeasure, seen: Seen): Held | undefined {
  const amount = seen.measured?.[figure.measured];
  const limit = amountIn(figure.in, value);
  if (typeof amount !== "number" || limit === undefined) return undefined;
  const isMost = figure.keeps === "no more";
  const isKept = isMost ? amount <= limit : amount >= limit;
  const asked = `asked by ${by}: at ${isMost ? "most" : "least"} ${value}`;
  return { isKept, says: isKept ? asked : `${shown(figure.in, amount)}, ${asked}` };
}

/** Says neither value: that of the environment may be a secret. */
function holdSetting(
  { value, of, by }: AskedFigure,
  { setting }: HeldSetting,
  { settings, salt }: Seen,
): Held | undefined {
  const name = setting === "is set" ? value : of;
  if (name === undefined) return undefined;
  if (!settings || salt === undefined)
    return { isKept: undefined, says: `${name} has not been looked at since ${by} names it: gonogo check` };
  const print = Object.hasOwn(settings, name) ? settings[name] : undefined;
  // The first deploy supplies it.
  if (print === null) return undefined;
  if (print === undefined) return { isKept: false, says: `${name} has no value, and ${by} asks for one` };
  if (setting === "is set") return { isKept: true };
  return print === settingPrint(name, value, salt)
    ? { isKept: true, says: `${name} is what ${by} asks for` }
    : { isKept: false, says: `${name} is set, but not to what ${by} asks for` };
}

function amountIn(unit: HeldMeasure["in"], text: string): number | undefined {
  switch (unit) {
    case "share":
    case "percent": {
      const percent = /^(\d+(?:\.\d+)?)%$/.exec(text)?.[1];
      if (percent === undefined) return undefined;
      return unit === "share" ? Number(percent) / 100 : Number(percent);
    }
    case "ms":
      return parseDuration(text);
    case "seconds": {
      // As a header says it: max-age=31536000.
      const ms = parseDuration(/^\d+$/.test(text) ? `${text}s` : text);
      return ms === undefined ? undefined : ms / 1_000;
    }
    case "days": {
      const ms = parseDuration(text);
      return ms === undefined ? undefined : ms / 86_400_000;
    }
    case "bytes":
      return parseSize(text);
    case "count":
      return /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : undefined;
  }
}

function shown(unit: HeldMeasure["in"], amount: number): string {
  switch (unit) {
    case "share":
      return `${Math.round(amount * 1_000) / 10} %`;
    case "percent":
      return `${amount} %`;
    case "ms":
      return `${Math.round(amount)} ms`;
    case "seconds":
      return `${amount} s`;
    case "days":
      return `${amount} days`;
    case "bytes":
      return `${amount} bytes`;
    case "count":
      return String(amount);
  }
}
