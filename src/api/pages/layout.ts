import { html, raw } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";

export type Markup = HtmlEscapedString | Promise<HtmlEscapedString>;

const STYLE = raw(`
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #59636e; --paper: #fff; --line: #d9dee3; --up: #1a7f37; --some: #9a6700; --down: #cf222e; --none: #d0d7de; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --soft: #9198a1; --paper: #0d1117; --line: #30363d; --up: #3fb950; --some: #d29922; --down: #f85149; --none: #30363d; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 2rem 1rem 4rem; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; margin: 0 0 1.5rem; } h2 { font-size: 1.125rem; margin: 2.5rem 0 .75rem; }
a { color: inherit; } .soft { color: var(--soft); font-size: .875rem; }
.overall { border-radius: .5rem; padding: 1rem 1.25rem; color: #fff; font-weight: 600; background: var(--soft); }
.overall.up { background: #1a7f37; } .overall.degraded { background: #7d4e00; } .overall.down { background: #b3202c; }
.row { display: flex; justify-content: space-between; gap: 1rem; align-items: baseline; flex-wrap: wrap; }
.component { border-top: 1px solid var(--line); padding: 1rem 0; }
.state.up { color: var(--up); } .state.down { color: var(--down); } .state.unknown, .state.none { color: var(--soft); } .state.degraded { color: var(--some); }
svg.days { display: block; width: 100%; height: 2rem; margin: .5rem 0 .25rem; } .d-up { fill: var(--up); } .d-some { fill: var(--some); } .d-down { fill: var(--down); } .d-none { fill: var(--none); }
table { border-collapse: collapse; width: 100%; font-size: .9375rem; } th, td { text-align: left; padding: .375rem .75rem .375rem 0; border-bottom: 1px solid var(--line); vertical-align: top; } th { color: var(--soft); font-weight: 500; }
.detail, code { overflow-wrap: anywhere; } pre { margin: .5rem 0 0; padding: .5rem .75rem; border: 1px solid var(--line); border-radius: .375rem; white-space: pre-wrap; overflow-wrap: anywhere; font-size: .875rem; } .scroll { overflow-x: auto; }
form.inline { display: inline; } button, input { font: inherit; padding: .375rem .75rem; border: 1px solid var(--line); border-radius: .375rem; background: transparent; color: inherit; }
button { cursor: pointer; } details > summary { cursor: pointer; } .error { color: var(--down); }
`);

/** A whole page; no script runs on any. */
export function page({ title, body, refresh }: { title: string; body: Markup; refresh?: number }): Markup {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${refresh === undefined ? "" : html`<meta http-equiv="refresh" content="${refresh}">`}
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>${body}</body>
</html>`;
}

/** "21 Nov 2026, 12:00 UTC" */
export function moment(at: number): string {
  const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" });
  return `${day.format(at)} UTC`;
}

/** With as many decimals as tell something: 99.98 %, 100 %. */
export function percent(share: number): string {
  // Rounded down: what was not whole must not look so.
  const shown = Math.floor(share * 10_000) / 100;
  return `${shown} %`;
}
