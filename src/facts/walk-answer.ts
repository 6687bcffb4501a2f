import type { HttpResponse } from "../model/doors.ts";
import { durationMs } from "../model/duration.ts";
import { headerValue } from "./http/headers.ts";
import type { Expectation, RequestStep } from "./walk-options.ts";
import { jsonAt } from "./walk-values.ts";

export interface Difference {
  readonly expected: string;
  readonly found: string;
}

/** What of an answer is otherwise than expected; undefined when nothing is. Bodies are not repeated. */
export function differenceOf(answer: HttpResponse, expect: Expectation): Difference | undefined {
  const { status } = answer;
  const text = Buffer.from(answer.body).toString("utf8");
  const wanted = expect.status === undefined ? undefined : [expect.status].flat();
  if (wanted ? !wanted.includes(status) : status < 200 || status > 399)
    return { expected: wanted?.join(" or ") ?? "2xx or 3xx", found: String(status) };
  for (const each of [expect.text ?? []].flat())
    if (!text.includes(each)) return { expected: `"${each}" in the body`, found: `${status} without it` };
  for (const each of [expect.noText ?? []].flat())
    if (text.includes(each)) return { expected: `no "${each}" in the body`, found: `${status} with it` };
  for (const [path, value] of Object.entries(expect.json ?? {})) {
    const found = jsonAt(text, path);
    const fits =
      typeof value === "object" && value !== null
        ? new RegExp(value.matches).test(String(found))
        : found === value;
    if (!fits) return { expected: `${path}: ${shown(value)}`, found: `${path}: ${kindOf(found)}` };
  }
  for (const [name, pattern] of Object.entries(expect.headers ?? {})) {
    const found = headerValue(answer.headerLines, name);
    if (found === undefined || !new RegExp(pattern, "i").test(found))
      return {
        expected: `${name} like /${pattern}/`,
        found: found === undefined ? `no ${name}` : `another ${name}`,
      };
  }
  if (expect.within !== undefined && answer.tookMs > durationMs(expect.within))
    return { expected: `an answer within ${expect.within}`, found: `${Math.round(answer.tookMs)} ms` };
  return undefined;
}

/** What a step keeps for those behind it; throws the name of what is not there. */
export function keptOf(answer: HttpResponse, keep: RequestStep["keep"]): [string, string][] {
  const text = Buffer.from(answer.body).toString("utf8");
  return Object.entries(keep).map(([name, from]) => {
    const [, kind = "", what = ""] = /^(json|header|text):(.+)$/s.exec(from) ?? [];
    const found =
      kind === "json"
        ? jsonAt(text, what)
        : kind === "header"
          ? headerValue(answer.headerLines, what)
          : (new RegExp(what).exec(text)?.[1] ?? undefined);
    if (found === undefined || found === null) throw new Error(`no ${kind} "${what}" to keep as {{${name}}}`);
    return [name, String(found)];
  });
}

const shown = (value: unknown): string =>
  typeof value === "object" && value !== null
    ? `like /${(value as { matches: string }).matches}/`
    : JSON.stringify(value);

/** Small values help to mend; longer ones may be somebody's or a secret. */
function kindOf(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "string") return value.length <= 24 ? `"${value}"` : "another text";
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "a list" : "an object";
  return String(value);
}
