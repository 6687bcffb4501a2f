import { html } from "hono/html";
import type { Monitor, Reading } from "../../model/monitor.ts";
import type { ApiSources } from "../sources.ts";
import { ago, type Markup } from "./layout.ts";

/** A longer list is answered by the API; a page of thousands of rows helps nobody. */
const MOST_ROWS = 300;
/** Counted, not asked: shown as charts. */
const COUNTED = "edge";

interface Row {
  readonly monitor: Monitor;
  readonly reading: Reading | undefined;
  readonly state: Reading["state"];
}

const ORDER = ["down", "unknown", "up"];
const TONES = { up: "up", down: "down", unknown: "none" } as const;

/** Component by component, what is wrong first and opened. */
export function monitorList({ monitors, board, clock }: ApiSources): Markup {
  const rows = monitors
    .filter(({ component }) => component !== COUNTED)
    .map((monitor): Row => {
      const reading = board.standings.get(monitor.id)?.reading;
      return { monitor, reading, state: reading?.state ?? "unknown" };
    });
  const groups = [...Map.groupBy(rows, ({ monitor }) => monitor.component)].map(([name, those]) => ({
    name,
    rows: those.toSorted((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state)),
  }));
  const weight = (each: { rows: readonly Row[] }) => ORDER.indexOf(each.rows[0]?.state ?? "up");
  const sorted = groups.toSorted((a, b) => weight(a) - weight(b));
  let left = MOST_ROWS;
  return html`${sorted.map(({ name, rows: own }) => {
    const shown = own.slice(0, Math.max(0, left));
    left -= shown.length;
    return componentOf(name, { own, shown, now: clock.now() });
  })}`;
}

function componentOf(
  name: string,
  { own, shown, now }: { own: readonly Row[]; shown: readonly Row[]; now: number },
): Markup {
  const count = (state: Reading["state"]) => own.filter((row) => row.state === state).length;
  const heard = own.filter(({ reading }) => reading !== undefined);
  const [up, down] = [count("up"), count("down")];
  const unknown = heard.length - up - down;
  const noted = own.filter((row) => row.state === "down" && row.monitor.shownOnly === true).length;
  const wrong = down - noted;
  const isWrong = wrong > 0;
  const tone = isWrong ? "down" : up > 0 || down > 0 ? "up" : "none";
  const said = [
    isWrong ? `${wrong} of ${heard.length} down` : `${up} of ${heard.length} up`,
    ...(noted > 0 ? [`${noted} good to know`] : []),
    ...(unknown > 0 ? [`${unknown} unknown`] : []),
  ].join(", ");
  const more = own.length - shown.length;
  return html`<details id="monitors-${name}"${isWrong ? " open" : ""}>
<summary><span class="dot tone-${tone}"></span><strong>${name}</strong><span class="push soft small num">${said}</span></summary>
<table class="stack">${shown.map((row) => rowOf(row, now))}</table>
${more > 0 ? html`<p class="soft small">And ${more} more: /api/v1/monitors</p>` : ""}
</details>`;
}

function rowOf({ monitor, reading, state }: Row, now: number): Markup {
  const what = monitor.id.slice(monitor.component.length + 1);
  const took = reading ? html`, ${Math.round(reading.tookMs)} ms` : "";
  return html`<tr><td><span class="chip ${monitor.shownOnly && state === "down" ? "some" : TONES[state]}">${reading ? state : "not asked"}</span></td><td><strong>${monitor.title}</strong><br><span class="soft small">${what}</span></td><td>${reading?.detail ?? "not yet, or not applicable"}</td><td class="when">${reading ? ago(reading.at, now) : ""}${took}</td></tr>`;
}
