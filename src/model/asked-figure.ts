import { parseDuration } from "./duration.ts";
import type { Measured } from "./outcome.ts";
import { parseSize } from "./size.ts";

/** A figure that a line of the checklist asks for. */
export interface AskedFigure {
  /** As the parameter of the line's comment is called: "at-most", "within". */
  readonly name: string;
  /** "80%", "100ms", "30d". */
  readonly value: string;
  /** In the line's own words: "< 80 %". */
  readonly said: string;
  /** "LAUNCH.md:41". */
  readonly by: string;
}

/** What a check measures that lines may ask for with figures of their own. */
export interface HeldFigure {
  /** Name of the measured value. */
  readonly measured: string;
  /** What is asked is the most there may be, or the least. */
  readonly keeps: "no more" | "no less";
  /** What the measured value counts; a share is 0.82, which a line calls 82 %. */
  readonly in: "share" | "percent" | "ms" | "days" | "bytes" | "count";
}

/** By the name of what is asked. */
export type HeldFigures = Readonly<Record<string, HeldFigure>>;

/** How what was measured stands to what a line asks; undefined when it says nothing about it. */
export function holdFigure(
  { name, value, by }: AskedFigure,
  held: HeldFigures,
  measured: Measured,
): { readonly isKept: boolean; readonly found: string; readonly asked: string } | undefined {
  const figure = held[name];
  if (!figure) return undefined;
  const seen = measured[figure.measured];
  const limit = amountIn(figure.in, value);
  if (typeof seen !== "number" || limit === undefined) return undefined;
  const isMost = figure.keeps === "no more";
  return {
    isKept: isMost ? seen <= limit : seen >= limit,
    found: shown(figure.in, seen),
    asked: `asked by ${by}: at ${isMost ? "most" : "least"} ${value}`,
  };
}

function amountIn(unit: HeldFigure["in"], text: string): number | undefined {
  switch (unit) {
    case "share":
    case "percent": {
      const percent = /^(\d+(?:\.\d+)?)%$/.exec(text)?.[1];
      if (percent === undefined) return undefined;
      return unit === "share" ? Number(percent) / 100 : Number(percent);
    }
    case "ms":
      return parseDuration(text);
    case "days": {
      const ms = parseDuration(text);
      return ms === undefined ? undefined : ms / 86_400_000;
    }
    case "bytes":
      return parseSize(text);
    case "count":
      return /^\d+$/.test(text) ? Number(text) : undefined;
  }
}

function shown(unit: HeldFigure["in"], amount: number): string {
  switch (unit) {
    case "share":
      return `${Math.round(amount * 1_000) / 10} %`;
    case "percent":
      return `${amount} %`;
    case "ms":
      return `${Math.round(amount)} ms`;
    case "days":
      return `${amount} days`;
    case "bytes":
      return `${amount} bytes`;
    case "count":
      return String(amount);
  }
}
