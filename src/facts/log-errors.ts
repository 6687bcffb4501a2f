import { recordIn } from "./log-line.ts";

/** One error as it was logged: its first line, and the lines of its stack. */
export interface LoggedError {
  /** As it was written, without colours; at most 2,000 characters. */
  readonly text: string;
  readonly isUncaught: boolean;
  /** Milliseconds since 1970 UTC: its own time, or that of the last line before it that has one. */
  readonly at: number | undefined;
}

type Weight = "error" | "less" | "frame" | "uncaught" | "unsaid";

const LONGEST = 2_000;

/** What was logged at error level or above, and stacks that nothing below that level stands over. */
export function errorsIn(lines: readonly string[]): LoggedError[] {
  const found: LoggedError[] = [];
  let at: number | undefined;
  let over: { weight: Weight; line: string } = { weight: "unsaid", line: "" };
  for (const raw of lines) {
    const whole = raw.replace(COLOUR, "");
    const line = whole.slice(0, LONGEST);
    if (line.trim() === "") continue;
    // A record that was cut is none.
    const said = recordIn(whole) ? whole : line;
    at = timeOf(said) ?? at;
    const weight = weightOf(said);
    if (weight === "unsaid" && /^\s|^[\w./*()-]+\(.*\)$/.test(line)) continue;
    if (weight === "frame") {
      if (over.weight !== "unsaid") continue;
      found.push({ text: over.line || line.trim(), isUncaught: true, at });
      over = { weight: "uncaught", line: over.line };
      continue;
    }
    if (weight === "uncaught" && belongsTo(over, line)) {
      over = { weight: over.weight === "less" ? "less" : "uncaught", line };
      continue;
    }
    if (weight === "error" || weight === "uncaught")
      found.push({ text: line, isUncaught: weight === "uncaught", at });
    over = { weight, line };
  }
  return found;
}

/** Below "INFO started" an exception is another's. */
const WARNS = /^[^{]{0,80}?\b(?:warn(?:ing)?|wrn|debug|dbug|dbg|trace|trce|verbose)\b/i;

/** An exception told below the line that logs it, a cause below its stack, the last line of Python's. */
function belongsTo(over: { readonly weight: Weight; readonly line: string }, line: string): boolean {
  if (over.weight === "error") return true;
  if (over.weight === "less") return NAMED_EXCEPTION.test(line) && WARNS.test(over.line);
  if (over.weight !== "uncaught") return false;
  return /^(?:Caused by: |goroutine \d)/.test(line) || over.line.startsWith("Traceback ");
}

/** Milliseconds since 1970 UTC; undefined when it says none, or none with a zone. */
export function timeOf(line: string): number | undefined {
  const record = recordIn(line);
  if (record) {
    const said = TIMES.map((name) => record[name]).find((each) => each !== undefined);
    if (typeof said === "number") return said > 1e11 ? said : said * 1_000;
    return typeof said === "string" ? dateOf(said) : undefined;
  }
  const [found] = ZONED.exec(line.slice(0, 80)) ?? [];
  return found === undefined ? undefined : dateOf(found);
}

function weightOf(line: string): Weight {
  const record = recordIn(line);
  if (record) return weightOfRecord(record);
  if (FRAME.test(line)) return "frame";
  if (UNCAUGHT.test(line)) return "uncaught";
  if (KLOG.test(line)) return "error";
  const [, keyed] = KEYED.exec(line) ?? [];
  if (keyed !== undefined) return isError(keyed) ? "error" : "less";
  for (const word of line.slice(0, 160).split(/\s+/, 10)) {
    const [, channel, capitals] = /^[[(<|]?(?:([\w.-]+)\.)?([A-Z]{4,11})[\])>|:,]*$/.exec(word) ?? [];
    if (capitals !== undefined && isLevel(capitals) && (channel === undefined || word.includes("."))) {
      return isError(capitals) ? "error" : "less";
    }
    const [, bracketed] = /^[[(<|]([a-z]{3,11})[\])>|:]+$/.exec(word) ?? [];
    if (bracketed !== undefined && isLevel(bracketed)) return isError(bracketed) ? "error" : "less";
  }
  const [, named] =
    /^(?:\S+[ \t]){0,2}?([a-z]{3,11}):(?:\s|$)|\t([a-z]{3,11})\t/.exec(line)?.filter(Boolean) ?? [];
  if (named !== undefined && isLevel(named)) return isError(named) ? "error" : "less";
  return "unsaid";
}

function weightOfRecord(record: Readonly<Record<string, unknown>>): Weight {
  const log = record.log;
  const nested = typeof log === "object" && log !== null ? (log as { level?: unknown }).level : undefined;
  const level = LEVELS.map((name) => record[name]).find((each) => each !== undefined) ?? nested;
  if (typeof level === "number") return level >= 50 ? "error" : "less";
  if (typeof level === "string") return isError(level) ? "error" : "less";
  const number = record.severityNumber ?? record.SeverityNumber;
  // OpenTelemetry's log data model: 17 to 24 are ERROR and FATAL.
  return typeof number === "number" && number >= 17 ? "error" : "less";
}

const LEVELS = [
  "level",
  "severity",
  "lvl",
  "@l",
  "LogLevel",
  "logLevel",
  "log.level",
  "level_name",
  "levelname",
  "severityText",
  "severity_text",
];
const TIMES = ["time", "timestamp", "ts", "@timestamp", "@t", "Timestamp", "date", "datetime", "asctime"];

const ERRORS: ReadonlySet<string> = new Set(
  "error eror err fatal critical crit severe alert emergency emerg panic dpanic fail failure".split(" "),
);
const OTHERS: ReadonlySet<string> = new Set(
  "trace trce verbose debug dbug dbg info information notice warn warning log http silly config fine finer finest success".split(
    " ",
  ),
);

function isError(word: string): boolean {
  return ERRORS.has(word.toLowerCase());
}

function isLevel(word: string): boolean {
  return isError(word) || OTHERS.has(word.toLowerCase());
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: what terminals are told of colours
const COLOUR = /\u001b\[[0-9;]*m/g;
const KLOG = /^[EF]\d{4} \d\d:\d\d:\d\d/;
const KEYED = /(?:^|[\s,])(?:level|lvl|severity|at)="?([A-Za-z]{3,11})"?(?=[\s,]|$)/;
const ZONED = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)? ?(?:Z|[+-]\d\d:?\d\d|UTC)/;

/** Node, browsers, Java, C#, Python, PHP, Go, Rust. */
const FRAME =
  /^\s+at (?:async |new )?[\w$.<>[\]/\\:@ -]+[(:]|^\s+at .+:\d+\)?$|^\s+File ".+", line \d+|^\s*#\d+ .+\(\d+\)|^\s+\S+\.go:\d+|^\s+from \S+\.rb:\d+:in |^\s+\.\.\. \d+ more/;

const EXCEPTION = String.raw`^(?:[\w$]+[.:\\]+)*[A-Z][\w$]*(?:Error|Exception)(?: \[\w+\])?(?:: |$)`;
const NAMED_EXCEPTION = new RegExp(`${EXCEPTION}|^Traceback `);

/** How runtimes begin what nobody caught, or what was printed with its stack. */
const UNCAUGHT = new RegExp(
  [
    "^Uncaught |^Unhandled |^UnhandledPromiseRejection|^\\(node:\\d+\\) UnhandledPromiseRejection",
    "\\b(?:uncaughtException|unhandledRejection)\\b",
    "^Traceback \\(most recent call last\\)|^Exception in thread |^Caused by: ",
    "^panic: |^fatal error: |^goroutine \\d+ \\[|^thread '.*' panicked at|^(?:PHP )?Fatal error: ",
    "^\\S+\\.rb:\\d+:in .+\\(\\w+(?:::\\w+)*\\)$|Segmentation fault",
    EXCEPTION,
  ].join("|"),
);

function dateOf(text: string): number | undefined {
  const iso = text
    .replace(",", ".")
    .replace(/ ?UTC$/, "Z")
    .replace(/ ([+-])/, "$1")
    .replace(/^(\S+) (\d\d:)/, "$1T$2");
  const at = Date.parse(iso);
  return Number.isNaN(at) ? undefined : at;
}
