import { html } from "hono/html";
import type { ApiSources } from "../sources.ts";
import { ago, type Markup } from "./layout.ts";

const FIGURE = "figure";

/** Business figures as they were last, those beyond their limits marked. */
export function figureTiles({ monitors, board, clock }: ApiSources): Markup | "" {
  const shown = monitors.filter(({ component }) => component === FIGURE);
  if (shown.length === 0) return "";
  return html`${shown.map(({ id, title }) => {
    const reading = board.standings.get(id)?.reading;
    const isBad = reading?.state === "down";
    const said = reading?.value === undefined ? "?" : new Intl.NumberFormat("en").format(reading.value);
    return html`<div class="tile${isBad ? " alarm" : ""}"><dt>${title}</dt><dd class="figure">${said}</dd><dd class="soft small">${reading ? html`${isBad ? "beyond its limit, " : ""}${ago(reading.at, clock.now())}` : "not asked yet"}</dd></div>`;
  })}`;
}
