import { html } from "hono/html";
import { formatDuration } from "../../model/duration.ts";
import type { ApiSources } from "../sources.ts";
import type { Markup } from "./layout.ts";

const count = (value: number): string => new Intl.NumberFormat("en").format(value);

/** What was promised, and how much of each budget is left. */
export function promiseList({ promises }: ApiSources): Markup | "" {
  const standing = promises();
  if (standing.length === 0) return "";
  return html`<section class="card"><h2>Promises</h2><ul class="list">
${standing.map(({ title, total, bad, budgetLeft, windowMs }) => {
  const left = Math.max(0, Math.min(1, budgetLeft));
  const tone = total === 0 ? "none" : budgetLeft <= 0 ? "down" : budgetLeft < 0.25 ? "some" : "up";
  const said =
    total === 0
      ? "nothing was counted yet"
      : `${Math.round(budgetLeft * 100)} % of the budget of ${formatDuration(windowMs)} is left: ${count(bad)} of ${count(total)} bad`;
  return html`<li class="tone-${tone}"><div>${title}</div><div class="bar"><span style="width:${Math.round(left * 100)}%"></span></div><div class="soft small num">${said}</div></li>`;
})}
</ul></section>`;
}
