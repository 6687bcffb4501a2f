import { html, raw } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import { formatDuration } from "../../model/duration.ts";
import { STYLE } from "./style.ts";

export type Markup = HtmlEscapedString | Promise<HtmlEscapedString>;

const STYLE_MARKUP = raw(STYLE);
/** Written in a template, the bundler makes a call of a package of its own out of that template. */
const SCRIPT_END = raw("</script>");
const ICON = raw(
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'%3E%3Ccircle cx='12' cy='12' r='11' fill='%232450c4'/%3E%3Cpath d='m7 12.5 3.4 3.4L17 9' fill='none' stroke='%23fff' stroke-width='2.4' stroke-linecap='round' stroke-linejoin='round'/%3E%3C/svg%3E",
);

export const MARK = raw(
  '<svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="11" fill="#2450c4"/><path d="m7 12.5 3.4 3.4L17 9" fill="none" stroke="#fff" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round"/></svg>',
);

export interface PageParts {
  readonly title: string;
  /** Everything between the top line and the end. */
  readonly body: Markup;
  readonly top?: Markup;
  readonly foot?: Markup;
  readonly narrow?: boolean;
  /** Seconds; pages without the script are loaded anew. */
  readonly refresh?: number;
  /** Way to the script that keeps a page current without losing what was opened on it. */
  readonly script?: string;
}

/** A whole page. */
export function page({ title, body, top, foot, narrow = false, refresh, script }: PageParts): Markup {
  const anew = refresh === undefined ? "" : html`<meta http-equiv="refresh" content="${refresh}">`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${script === undefined ? anew : html`<noscript>${anew}</noscript><script src="${script}" defer>${SCRIPT_END}`}
<link rel="icon" href="${ICON}">
<title>${title}</title>
<style>${STYLE_MARKUP}</style>
</head>
<body${narrow ? raw(' class="narrow"') : ""}>
${top === undefined ? "" : html`<header class="top"><div class="wrap">${top}</div></header>`}
<main><div class="wrap">${body}</div></main>
${foot === undefined ? "" : html`<footer><div class="wrap">${foot}</div></footer>`}
</body>
</html>`;
}

type Tone = "up" | "degraded" | "down" | "unknown";

const SIGNS: Readonly<Record<Tone, string>> = {
  up: "m7 12.5 3.4 3.4L17 9",
  degraded: "M12 7v6m0 3.6v.1",
  down: "m8.5 8.5 7 7m0-7-7 7",
  unknown: "M9.4 9.6a2.7 2.7 0 1 1 4 2.4c-.9.5-1.4 1-1.4 2m0 2.6v.1",
};

/** How it all is, at one look: never by colour alone. */
export function hero(tone: Tone, { title, text }: { title: string; text: Markup | string }): Markup {
  return html`<section class="hero tone-${tone}">
<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><circle cx="12" cy="12" r="10"/><path d="${SIGNS[tone]}"/></svg>
<div role="status"><h1>${title}</h1><p>${text}</p></div>
</section>`;
}

/** "21 Nov 2026, 12:00 UTC" */
export function moment(at: number): string {
  const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" });
  return `${day.format(at)} UTC`;
}

/** "3 min ago", with the time itself for whoever asks. */
export function ago(at: number, now: number): Markup {
  const said = now - at < 1_000 ? "now" : `${formatDuration(now - at)} ago`;
  return html`<time datetime="${new Date(at).toISOString()}" title="${moment(at)}">${said}</time>`;
}

/** With as many decimals as tell something: 99.98 %, 100 %. */
export function percent(share: number): string {
  // Rounded down: what was not whole must not look so.
  const shown = Math.floor(share * 10_000) / 100;
  return `${shown} %`;
}
