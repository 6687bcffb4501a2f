import { objectIn } from "../model/json.ts";

export type LogLevel = "trace" | "debug" | "info" | "warn" | "error" | "fatal";

/** pino and bunyan number their levels. */
const NUMBERED: Readonly<Record<number, LogLevel>> = {
  10: "trace",
  20: "debug",
  30: "info",
  40: "warn",
  50: "error",
  60: "fatal",
};

const NAMED: Readonly<Record<string, LogLevel>> = {
  trace: "trace",
  verbose: "debug",
  silly: "debug",
  debug: "debug",
  info: "info",
  information: "info",
  notice: "info",
  warn: "warn",
  warning: "warn",
  error: "error",
  fatal: "fatal",
  critical: "fatal",
};

/** A JSON object with at least a level or a message. */
export function looksStructured(line: string): boolean {
  const record = recordIn(line);
  return (
    record !== undefined && ["level", "severity", "msg", "message", "event"].some((name) => name in record)
  );
}

/** What a line says of its weight: in a record its field, in text the word in capitals or brackets near its start. */
export function levelOf(line: string): LogLevel | undefined {
  const record = recordIn(line);
  if (record) {
    const level = record.level ?? record.severity ?? record.lvl;
    if (typeof level === "number") return NUMBERED[level];
    return typeof level === "string" ? NAMED[level.toLowerCase()] : undefined;
  }
  const [, word] = /^.{0,60}?(?:\b([A-Z]{4,8})\b|\[([a-z]{4,8})\])/.exec(line)?.filter(Boolean) ?? [];
  return word === undefined ? undefined : NAMED[word.toLowerCase()];
}

/** What a line says that is a JSON object. */
export function recordIn(line: string): Readonly<Record<string, unknown>> | undefined {
  return line.startsWith("{") ? objectIn(line) : undefined;
}
