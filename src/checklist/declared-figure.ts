import type { ItemRole } from "../model/item.ts";
import type { FigureName } from "./figures/figure.ts";
import type { Percentile } from "./figures/latency.ts";

/** Something the declaration says that a line may say too. */
export interface DeclaredFigure {
  readonly name: FigureName;
  /** How the declaration keeps what a line asks: with no less, no more, the very same, or whatever the line says. */
  readonly keeps: "no less" | "no more" | "the same" | "anything";
  readonly value: string;
  /** "promises.latency.p95", "components.calls.lifetime". */
  readonly where: string;
  /** What a line has to be about to be about this one; absent: the name says enough. */
  readonly about?: About;
  /** Over which time it is promised: "7d". */
  readonly window?: string;
  /** Of a time from which people are alerted, or a release goes back: of which requests. */
  readonly percentile?: Percentile;
  /** A line may say it too, yet it is not what the line is told that the declaration says. */
  readonly isBeside?: true;
}

export interface About {
  /** The line or the headings right above it say this. */
  readonly words?: RegExp;
  /** Or it is bound to a check that begins like this. */
  readonly checks?: RegExp;
  /** And it speaks of none of these, which are another's. */
  readonly not?: RegExp;
  /** And it is one of these. */
  readonly role?: ItemRole;
}

/** What the declaration says where a line's figure asks for something that it lacks altogether. */
export const NOTHING_DECLARED = "nothing";

/** None where nothing is declared. */
export function figure(
  name: FigureName,
  keeps: DeclaredFigure["keeps"],
  value: string | undefined,
  where: string,
  about?: About,
): DeclaredFigure[] {
  return value === undefined ? [] : [{ name, keeps, value, where, ...(about && { about }) }];
}

export function percent(fraction: number | undefined): string | undefined {
  return fraction === undefined ? undefined : `${Number((fraction * 100).toPrecision(10))}%`;
}

export function duration(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : `${ms}ms`;
}

/** Of the database that Gonogo backs up; other stores have backups of their own. */
export const OTHER_STORES =
  /mongo|mysql|maria|elastic|dynamo|files?\b|uploads?|volumes?|media|\blogs?\b|images?|config/i;

/** Options are data a kind's schema has let through; what is not a text or a number there is not compared. */
export function textAt(options: unknown, path: string): string | undefined {
  let value = options;
  for (const key of path.split(".")) value = isRecord(value) ? value[key] : undefined;
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
