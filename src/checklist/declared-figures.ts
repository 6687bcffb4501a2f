import type { Component, Launch } from "../model/launch.ts";
import type { FigureName } from "./figures/figure.ts";

/** Something the declaration says that a line may say too. */
export interface DeclaredFigure {
  readonly name: FigureName;
  /** How the declaration keeps what a line asks: with no less, no more, or the very same. */
  readonly keeps: "no less" | "no more" | "the same";
  readonly value: string;
  /** "promises.latency.p95", "components.calls.lifetime". */
  readonly where: string;
  /** Words one of which a line has to say to be about this one; absent: the name says enough. */
  readonly about?: RegExp;
}

/** Everything of a declaration that checklists speak of with a figure or a name. */
export function declaredFigures(launch: Launch): DeclaredFigure[] {
  return [
    ...promised(launch),
    ...launch.components.flatMap(ofComponent),
    ...ofVariables(launch),
    ...ofTargets(launch),
  ];
}

function promised({ promises }: Launch): DeclaredFigure[] {
  const { availability, latency, errors, rollbackMs } = promises;
  return [
    ...figure("availability", "no less", percent(availability), "promises.availability"),
    ...figure("p50", "no more", duration(latency.p50Ms), "promises.latency.p50"),
    ...figure("p95", "no more", duration(latency.p95Ms), "promises.latency.p95"),
    ...figure("p99", "no more", duration(latency.p99Ms), "promises.latency.p99"),
    ...figure("errors", "no more", percent(errors), "promises.errors"),
    ...figure("rollback", "no more", duration(rollbackMs), "promises.rollback"),
  ];
}

function ofComponent({ name, kind, options }: Component): DeclaredFigure[] {
  const at = (path: string): string | undefined => textAt(options, path);
  const where = (path: string): string => `components.${name}.${path}`;
  const same = (figureName: FigureName, path: string, about?: RegExp): DeclaredFigure[] =>
    figure(figureName, "the same", at(path), where(path), about);
  switch (kind.kind) {
    case "rtc":
      return same("token-lifetime", "lifetime", /rtc|call|video|agora|livekit|session/i);
    case "stripe":
      return [
        ...same("webhook", "webhook", /stripe|payment/i),
        ...listAt(options, "events").flatMap((event) => figure("event", "the same", event, where("events"))),
      ];
    case "postgres":
      return [
        ...figure("backup-every", "no more", at("backup.every"), where("backup.every")),
        ...figure("backup-keep", "no less", at("backup.keep"), where("backup.keep")),
      ];
    case "redis":
      return same("persistence", "persistence");
    case "schedule":
      return [...same("every", "every", wordsOf(name)), ...same("cron", "cron", wordsOf(name))];
    case "web":
      return [
        ...same("health", "health"),
        ...same("health", "ready"),
        ...pagesOf(options).flatMap((path) => figure("health", "the same", path, where("pages"))),
        ...same("body-limit", "limits.body"),
      ];
    default:
      return [];
  }
}

/** "tick" and "billing-tick" are what "billing_tick()" speaks of; "jobs" is not. */
function wordsOf(name: string): RegExp {
  return new RegExp(`(?<![a-z])${name.replaceAll("-", "[\\W_]*")}(?![a-z])`, "i");
}

function ofVariables({ variables }: Launch): DeclaredFigure[] {
  return variables.flatMap(({ name, is, default: fallback }) => {
    const where = `variables.${name}.default`;
    const about = new RegExp(`\\b${name}\\b`);
    return is.type === "port" || /(^|_)PORT$/.test(name)
      ? [
          ...figure("port", "the same", fallback, where),
          ...figure("value", "the same", fallback, where, about),
        ]
      : [];
  });
}

function ofTargets({ environments }: Launch): DeclaredFigure[] {
  return environments.flatMap(({ name, target }) =>
    ["port", "httpPort"].flatMap((key) =>
      figure("port", "the same", textAt(target.options, key), `environments.${name}.target.${key}`),
    ),
  );
}

function figure(
  name: FigureName,
  keeps: DeclaredFigure["keeps"],
  value: string | undefined,
  where: string,
  about?: RegExp,
): DeclaredFigure[] {
  return value === undefined ? [] : [{ name, keeps, value, where, ...(about && { about }) }];
}

function percent(fraction: number | undefined): string | undefined {
  return fraction === undefined ? undefined : `${Number((fraction * 100).toPrecision(10))}%`;
}

function duration(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : `${ms}ms`;
}

/** Options are data a kind's schema has let through; what is not a text or a number there is not compared. */
function textAt(options: unknown, path: string): string | undefined {
  let value = options;
  for (const key of path.split(".")) value = isRecord(value) ? value[key] : undefined;
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

function listAt(options: unknown, key: string): string[] {
  const value = isRecord(options) ? options[key] : undefined;
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}

function pagesOf(options: unknown): string[] {
  const pages = isRecord(options) ? options.pages : undefined;
  return isRecord(pages) ? [...listAt(pages, "html"), ...listAt(pages, "api")] : [];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
