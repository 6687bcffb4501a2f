export interface Sample {
  /** With its labels in order: `http_requests_total{code="200"}`. */
  readonly series: string;
  /** As # TYPE names it. */
  readonly family: string;
  readonly value: number;
  /** Never goes down: a counter, or the counts and sums of a histogram or summary. */
  readonly isCounter: boolean;
}

export interface Exposition {
  readonly samples: readonly Sample[];
  /** What Prometheus would refuse, with its line; at most ten. */
  readonly mistakes: readonly string[];
}

const NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
const LABELS = /^\s*([a-zA-Z_][a-zA-Z0-9_]*)\s*=\s*"((?:[^"\\\n]|\\[\\"n])*)"\s*(,|$)/;
const SAMPLE = new RegExp(`^[ \\t]*(${NAME})\\s*(?:\\{(.*)\\})?[ \\t]+(\\S+)(?:[ \\t]+(-?[\\d.]+))?[ \\t]*$`);
const FLOAT = /^[+-]?(?:\d+\.?\d*(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?|inf|infinity)$|^nan$/i;
const TYPES = ["counter", "gauge", "histogram", "summary", "untyped"];
const OPEN_TYPES = ["unknown", "info", "stateset", "gaugehistogram", ...TYPES];
const MOST_MISTAKES = 10;

/**
 * Prometheus' text format 0.0.4, or OpenMetrics 1.0 (https://prometheus.io/docs/instrumenting/exposition_formats/,
 * https://prometheus.io/docs/specs/om/open_metrics_spec/).
 */
export function readExposition(text: string, { isOpenMetrics }: { isOpenMetrics: boolean }): Exposition {
  const types = new Map<string, string>();
  const seen = new Map<string, Sample>();
  const mistakes: string[] = [];
  const wrong = (line: number, what: string): void => {
    if (mistakes.length < MOST_MISTAKES) mistakes.push(`line ${line}: ${what}`);
  };
  const lines = text.split("\n");
  if (lines.at(-1) !== "") wrong(lines.length, "the last line does not end in a line feed");
  else lines.pop();
  if (isOpenMetrics && lines.at(-1) !== "# EOF") wrong(lines.length, 'the last line is not "# EOF"');
  const sampled = new Set<string>();
  for (const [index, line] of lines.entries()) {
    const number = index + 1;
    if (line.endsWith("\r")) wrong(number, "ends in a carriage return");
    else if (line.startsWith("#")) {
      const [, family, type] =
        new RegExp(`^#[ \\t]+TYPE[ \\t]+(${NAME})[ \\t]+(\\S+)[ \\t]*$`).exec(line) ?? [];
      if (family === undefined || type === undefined) {
        if (/^#\s+TYPE\b/.test(line)) wrong(number, "# TYPE without a name and a type");
        continue;
      }
      if (!(isOpenMetrics ? OPEN_TYPES : TYPES).includes(type))
        wrong(number, `there is no type ${type.slice(0, 40)}`);
      if (types.has(family)) wrong(number, `a second # TYPE of ${family}`);
      if (sampled.has(family)) wrong(number, `# TYPE of ${family} stands below its samples`);
      types.set(family, type);
    } else if (line.trim() !== "") {
      const sample = sampleIn(line, { types, isOpenMetrics });
      if (typeof sample === "string") wrong(number, sample);
      else if (seen.has(sample.series)) wrong(number, `${sample.series} a second time`);
      else {
        seen.set(sample.series, sample);
        sampled.add(sample.family);
      }
    } else if (isOpenMetrics) wrong(number, "is empty");
  }
  const samples = [...seen.values()];
  for (const each of histogramsWithoutEnd(samples, types))
    wrong(lines.length, `${each} has no bucket le="+Inf"`);
  return { samples, mistakes };
}

function sampleIn(
  line: string,
  { types, isOpenMetrics }: { types: ReadonlyMap<string, string>; isOpenMetrics: boolean },
): Sample | string {
  // OpenMetrics: an exemplar may follow.
  const [, name, labels = "", value = "", at = ""] =
    SAMPLE.exec(isOpenMetrics ? line.replace(/ # \{.*$/, "") : line) ?? [];
  if (name === undefined) return "is neither a comment nor a sample";
  if (!isOpenMetrics && !/^-?\d*$/.test(at)) return `${name} has a time that is no integer`;
  if (!FLOAT.test(value)) return `${name} has a value that is no number`;
  const read = labelsIn(labels);
  if (read === undefined) return `${name} has labels that cannot be read`;
  const family = familyOf(name, types);
  const type = types.get(family);
  const isCounter =
    type === "counter" || (/^(histogram|summary)$/.test(type ?? "") && /_(bucket|count|sum)$/.test(name));
  const number = numberOf(value);
  if (type === "counter" && !(number >= 0)) return `${name} is a counter below zero`;
  return { series: read === "" ? name : `${name}{${read}}`, family, value: number, isCounter };
}

/** Sorted, as the order of labels makes no other series; undefined: not as the format has them. */
function labelsIn(text: string): string | undefined {
  const found = new Map<string, string>();
  let rest = text;
  while (rest.trim() !== "") {
    const [whole, name, value = ""] = LABELS.exec(rest) ?? [];
    if (whole === undefined || name === undefined || found.has(name)) return undefined;
    found.set(name, value);
    rest = rest.slice(whole.length);
  }
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}="${value}"`)
    .join(",");
}

function familyOf(name: string, types: ReadonlyMap<string, string>): string {
  if (types.has(name)) return name;
  const base = name.replace(/_(bucket|count|sum|total|created|info|gcount|gsum)$/, "");
  return types.has(base) ? base : name;
}

function histogramsWithoutEnd(samples: readonly Sample[], types: ReadonlyMap<string, string>): string[] {
  const buckets = samples.filter(
    ({ family, series }) => types.get(family) === "histogram" && /^\w+_bucket/.test(series),
  );
  const families = new Set(buckets.map(({ family }) => family));
  const ended = new Set(
    buckets.filter(({ series }) => series.includes('le="+Inf"')).map(({ family }) => family),
  );
  return [...families].filter((family) => !ended.has(family));
}

function numberOf(value: string): number {
  if (/inf/i.test(value)) return value.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return Number(value);
}
