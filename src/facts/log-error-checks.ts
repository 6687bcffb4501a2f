import { z } from "zod";
import { defineCheck } from "../model/check.ts";
import { msOf, parseDuration } from "../model/duration.ts";
import { DoesNotApply, defineFact, NotObserved } from "../model/fact.ts";
import { fail, pass, unknown } from "../model/outcome.ts";
import { quantity } from "../model/quantity.ts";
import type { LogLine } from "../model/runtime.ts";
import { parseSize } from "../model/size.ts";
import { ways } from "../model/ways.ts";
import { errorsIn, type LoggedError, timeOf } from "./log-errors.ts";

const duration = z
  .string()
  .refine((text) => parseDuration(text) !== undefined, 'expected a duration such as "1h"');

export const logErrorsOption = z
  .strictObject({
    accepted: z.int().min(0).max(10_000).default(0).describe("As many are no trouble."),
    known: z
      .array(z.string().trim().min(4))
      .max(50)
      .default([])
      .describe("Errors with one of these texts in them do not count, each with a reason of yours."),
    within: duration
      .optional()
      .describe("Only those as new as this count. Default: all since the release went live."),
  })
  .prefault({})
  .describe("What may be logged at error level or above.");

interface Options {
  readonly logs: string;
  readonly logErrors: z.output<typeof logErrorsOption>;
  /** A web's: Gonogo asks it for the 500 that it provokes. */
  readonly pages?: { readonly error?: string | undefined } | undefined;
}

/** Read of each instance, with what the agent reads at most for as many. */
const LINES = 20_000;
const BYTES_OF_A_LINE = 512;

export interface LogErrors {
  readonly errors: readonly LoggedError[];
  readonly lines: number;
  readonly release: string;
  readonly at: number;
  /** Instances whose log is longer than what is read, with the time of the first line that was. */
  readonly cut: readonly { readonly instance: string; readonly from: number | undefined }[];
}

export const logErrors = defineFact<LogErrors, Options>({
  id: "process.log-errors",
  access: "read",
  reach: "application",
  timeoutMs: 30_000,
  async collect({ subject, doors, signal }) {
    const { target, runtime, component, environment, options, release } = subject;
    if (!runtime || !target) throw new NotObserved(`nothing is deployed in ${environment.name} yet`);
    const asked = { process: component, lines: LINES, ...(release && { release: release.id }) };
    const written = await target.logs(asked, signal);
    const all = written.filter(({ text }) => text !== "" && !text.startsWith("[gonogo] "));
    if (all.length === 0) throw new DoesNotApply(`${component} has not written a line yet`);
    const instances = Map.groupBy(all, ({ index }) => `${component}.${index}`);
    const most = Math.min(LINES * BYTES_OF_A_LINE, parseSize(options.logs) ?? Number.POSITIVE_INFINITY);
    return {
      errors: [...instances.values()].flatMap((lines) => errorsIn(lines.map(({ text }) => text))),
      lines: all.length,
      release: all[0]?.release ?? "",
      at: doors.clock.now(),
      cut: [...instances].flatMap(([instance, lines]) =>
        isCut(lines, most)
          ? [{ instance, from: lines.map(({ text }) => timeOf(text)).find((at) => at !== undefined) }]
          : [],
      ),
    };
  },
});

/** Masks change lengths a little, and a log that was rotated once has lost what came before. */
function isCut(lines: readonly LogLine[], most: number): boolean {
  const bytes = lines.reduce((sum, { text }) => sum + Buffer.byteLength(text) + 1, 0);
  return lines.length >= LINES || bytes >= 0.9 * most;
}

export const logErrorFree = defineCheck({
  id: "log.error-free",
  title: "Nothing was logged as an error since the release went live, or within the declared time",
  consequence:
    "What fails for some users, or in the background, is in the log for days before anybody looks.",
  severity: "warning",
  phase: "production",
  freshFor: "1h",
  every: "15m",
  asks: ways(`
    no errors in logs | no errors in the logs | check logs for errors | no critical errors in logs
    review logs for errors | no errors in production logs | review function logs
    logs show no errors | server logs checked for errors
    application logs clean | no exceptions in logs | no uncaught exceptions in the logs | logs free of errors
    no unhandled exceptions after deploy | logs clean after deployment
    monitor logs for errors | watch the logs for errors | no fatal errors in logs
    no new errors in logs | check function logs for errors | check Vercel logs for errors
    heroku logs show no errors | laravel.log has no errors | pod logs show no errors
    docker logs show no errors | kubectl logs without errors
    keine Fehler in den Logs | sin errores en los logs | aucune erreur dans les logs
    sem erros nos logs | loglarda hata yok | no ERROR or FATAL lines
    no startup errors | no errors at startup in the logs | logs show a clean start
    no errors while starting
    no exceptions logged | no errors logged since the release | nothing logged as error
    no new exceptions after deployment
  `),
  source: "https://12factor.net/logs",
  needs: { seen: logErrors },
  run({ seen }, { component, options: { logErrors: rule, pages } }) {
    const newest = rule.within === undefined ? undefined : seen.at - msOf(rule.within);
    const span = rule.within === undefined ? `since ${seen.release} began` : `in the last ${rule.within}`;
    const recent = seen.errors.filter(({ at }) => newest === undefined || at === undefined || at >= newest);
    const provoked = pages?.error === undefined ? [] : [pages.error];
    const isKnown = ({ text }: LoggedError): boolean =>
      rule.known.some((known) => text.includes(known)) || provoked.some((path) => text.includes(path));
    const errors = recent.filter((each) => !isKnown(each));
    const uncaught = errors.filter(({ isUncaught }) => isUncaught).length;
    const known = recent.length - errors.length;
    const measured = { lines: seen.lines, errors: errors.length, uncaught, known };
    if (errors.length > rule.accepted) {
      const trouble = {
        expected: `${rule.accepted === 0 ? "none" : `at most ${rule.accepted}`} ${span}`,
        found: told(errors),
        fix: `gonogo logs ${component} shows them; mend each, or declare a harmless one: ${component}: { logErrors: { known: ["its text"] } }`,
        measured,
      };
      const all = quantity(errors.length, "error");
      return uncaught > 0
        ? fail(`${component} logged ${all}, among them ${quantity(uncaught, "bare exception")}`, trouble)
        : fail(`${component} logged ${all}`, trouble);
    }
    const unread = seen.cut.filter(({ from }) => newest === undefined || from === undefined || from > newest);
    if (unread.length > 0)
      return unknown(
        `the log of ${unread.map(({ instance }) => instance).join(", ")} is longer than what is read of it${rule.within === undefined ? `: declare ${component}: { logErrors: { within: "1h" } }` : `, which is less than ${rule.within}`}`,
      );
    const rest = known > 0 ? `, and ${known} that are declared as known or provoked` : "";
    const summary = `${quantity(seen.lines, "line")} ${span}, ${errors.length === 0 ? "none" : errors.length} of them an error${rest}`;
    return errors.length === 0
      ? pass(summary, measured)
      : pass(`${summary}; ${rule.accepted} are accepted`, measured);
  },
});

/** The latest ones of each sort, without what may belong to a person. */
function told(errors: readonly LoggedError[]): string {
  const sorts = Map.groupBy(errors, ({ text }) => shown(text));
  const lines = [...sorts]
    .slice(-4)
    .map(([text, those]) => (those.length > 1 ? `${those.length} times ${text}` : text));
  return [...lines, ...(sorts.size > 4 ? [`and ${sorts.size - 4} of another sort`] : [])].join("; ");
}

function shown(text: string): string {
  const message = /"(?:msg|message|@m|@mt|error|event)"\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(text)?.[1] ?? text;
  return message
    .replace(/[^\s@]{1,64}@\S+/g, "[address]")
    .replace(
      /((?:pass(?:word|wd|phrase)?|pwd|secret|token|api[_-]?key|authorization|cookie)\\?["']?\s*[:=]\s*\\?["']?)(?:bearer\s+|basic\s+)?[^\s"',;}&\\]+/gi,
      "$1[secret]",
    )
    .replace(/\beyJ[\w.-]{20,}|\b\w{2,6}_(?:live|test)_\w+|\bbearer\s+\S+|[\w+/=-]{40,}/gi, "[token]")
    .replace(/\d{4}-\d\d-\d\d[T ][\d:.,]+(?: ?(?:Z|[+-]\d\d:?\d\d))?/g, "")
    .trim()
    .slice(0, 160);
}
