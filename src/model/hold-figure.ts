import type { AskedFigure, Held, HeldFigures, HeldMeasure, Seen } from "./asked-figure.ts";
import { parseDuration } from "./duration.ts";
import { holdQuality } from "./held-quality.ts";
import { holdSetting } from "./hold-setting.ts";
import { parseSize } from "./size.ts";

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
