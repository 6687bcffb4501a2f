import type { Subject } from "../../model/subject.ts";
import type { Page } from "./page.ts";
import type { Pages } from "./pages.ts";

/** The fix for a missing or wrong header: the exact line, and where this kind of component takes it from. */
export function sendHeader(subject: Subject, name: string, value: string, when = ""): string {
  return sendHeaders(subject, [[name, value]], when);
}

export function sendHeaders(
  { kind, component }: Subject,
  headers: readonly (readonly [name: string, value: string])[],
  when = "",
): string {
  const with_ = when === "" ? "" : ` ${when}`;
  return kind === "site"
    ? `in gonogo.config.ts, components.${component}: headers: { ${headers.map(([name, value]) => `"${name}": "${value.replaceAll('"', '\\"')}"`).join(", ")} }`
    : `let ${component} send${with_}: ${headers.map(([name, value]) => `${name}: ${value}`).join("; ")}`;
}

/** The page that stands for the component: a declared page that answered, else a data path. */
export function mainPage({ list }: Pages): Page | undefined {
  const isFine = (page: Page): boolean => page.status >= 200 && page.status < 300;
  return (
    list.find((page) => page.kind === "page" && isFine(page)) ??
    list.find((page) => page.kind === "api" && isFine(page)) ??
    list.find((page) => page.kind === "page") ??
    list[0]
  );
}

/** "/, /about and 3 more" */
export function listed(names: readonly string[], most = 4): string {
  const unique = [...new Set(names)];
  if (unique.length <= most) return unique.join(", ");
  return `${unique.slice(0, most).join(", ")} and ${unique.length - most} more`;
}

/** Text of an answer short enough for a line; never a cookie's or a body's secret part. */
export function excerpt(text: string, most = 80): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
}
