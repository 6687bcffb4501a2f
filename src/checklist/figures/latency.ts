import type { FigureName } from "./figure.ts";
import type { Quantity } from "./quantities.ts";
import { type Around, TOPICS } from "./topics.ts";

const PERCENTILE =
  /(?<![\p{L}\d])p\s?(\d\d(?:\.\d+)?)(?![\p{L}\d])|(?<!\d)(\d\d)(?:th|\.|-|e|º)?[\s-]*(?:percentile|perzentil|centile|percentil)|percentil[eo]?\s*(\d\d)(?!\d)|(?<!\p{L})(medi[aá]n[ae]?|médiane|中央値|中位数|медиан\p{L}*)(?!\p{L})/gu;
const PROMISED: ReadonlySet<string> = new Set(["50", "95", "99"]);

/**
 * Which answers may take that long. Without a word about it, what is promised of most requests: the 95th percentile.
 * A percentile that no promise has ("p90") leaves just a time.
 */
export function latencyName(quantity: Pick<Quantity, "said">, around: Around): FigureName | undefined {
  const { clause, line } = around;
  const words = `${clause} ${line}`;
  if ([TOPICS.database, TOPICS.painting, TOPICS.special].some((topic) => topic.test(words))) return "within";
  const own = percentileNear(quantity, clause);
  if (own !== undefined) return named(own);
  if (TOPICS.mean.test(clause)) return "mean";
  const [only, ...others] = new Set(percentilesIn(line).map(({ percentile }) => percentile));
  if (only !== undefined && others.length === 0) return named(only);
  return TOPICS.mean.test(line) ? "mean" : "p95";
}

/** The one that a line says, in lower case, of those that are promised; without a word about it the 95th. */
export function promisedPercentile(line: string): Percentile {
  return percentilesSaid(line)[0] ?? "p95";
}

/** Each that a line says, in lower case, of those that are promised. */
export function percentilesSaid(line: string): Percentile[] {
  return percentilesIn(line).flatMap(({ percentile }) =>
    PROMISED.has(percentile) ? [`p${percentile}` as Percentile] : [],
  );
}

/** Of the times of requests; in the order of their names each is of more of them. */
export type Percentile = "p50" | "p95" | "p99";

function named(percentile: string): FigureName {
  return PROMISED.has(percentile) ? (`p${percentile}` as "p50" | "p95" | "p99") : "within";
}

interface Named {
  readonly percentile: string;
  readonly at: number;
}

function percentilesIn(words: string): Named[] {
  return [...words.matchAll(PERCENTILE)].map((match) => ({
    percentile: match[1] ?? match[2] ?? match[3] ?? "50",
    at: match.index,
  }));
}

/** "p50 < 100ms / p95 < 300ms" names them before the figure, "100ms p50 / 300ms p95" behind it. */
function percentileNear({ said }: Pick<Quantity, "said">, clause: string): string | undefined {
  const names = percentilesIn(clause);
  const from = clause.indexOf(said.toLowerCase());
  const isBefore = (names[0]?.at ?? 0) < clause.search(/\d[\d.,]*\s?(?:m?s\b|[^\P{L}a-z])/u);
  const near = isBefore ? names.findLast(({ at }) => at <= from) : names.find(({ at }) => at >= from);
  return (near ?? names[0])?.percentile;
}
