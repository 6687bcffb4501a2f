import type { HeldQuality } from "./held-quality.ts";
import type { Measured } from "./outcome.ts";
import type { Stage } from "./phase.ts";
import type { SeenSettings } from "./seen-setting.ts";

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

/** A variable that a line names has a value, the very value that the line says, or one as the line wants it. */
export interface HeldSetting {
  readonly setting: "is set" | "is the same" | "has the quality";
}

/** By the name of what is asked. */
export type HeldFigures = Readonly<Record<string, HeldFigure>>;

/** What there is to hold a figure against. */
export interface Seen {
  readonly measured?: Measured | undefined;
  readonly settings?: SeenSettings | undefined;
  /** What `settings` are keyed with. */
  readonly salt?: string | undefined;
}

export interface Held {
  /** Undefined: that cannot be told. */
  readonly isKept: boolean | undefined;
  /** Why it is not kept, or beside the reason of what is; absent: nothing more is to be said. */
  readonly says?: string;
}
