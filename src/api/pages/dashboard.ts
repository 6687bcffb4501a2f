import { html } from "hono/html";
import type { ApiKey } from "../../model/api-key.ts";
import type { Incident } from "../../model/incident.ts";
import type { Monitor } from "../../model/monitor.ts";
import { overall, tally } from "../overall.ts";
import type { ApiSources } from "../sources.ts";
import { type Markup, moment, page } from "./layout.ts";

const REFRESH_SECONDS = 15;
const DEPLOYS = 8;
/** A longer list is answered by the API; a page of thousands of rows helps nobody. */
const MOST_ROWS = 300;

/** For whoever has a key: what is wrong first, then everything, then what was deployed. */
export async function dashboard(sources: ApiSources, key: ApiKey): Promise<Markup> {
  const { launch, environment, store } = sources;
  const { up, down, unknown } = tally(sources);
  const open = await store.incidents.list(environment.name, { unresolved: true });
  const deploys = await store.deploys.list(environment.name, DEPLOYS);
  const release = await sources.liveRelease();
  const state = overall(sources);
  const figures = sources.figures();
  return page({
    title: `${launch.name} · ${environment.name}`,
    refresh: REFRESH_SECONDS,
    body: html`
<main>
<div class="row"><h1>${launch.name} · ${environment.name}</h1><a class="soft" href="status">Status page</a></div>
<p class="overall ${state}" role="status">${up} up, ${down} down, ${unknown} unknown${release === undefined ? "" : ` · ${release} is live`}</p>
<p class="soft">The watcher asks ${figures.tasks} things, ${figures.lag.p99Ms} ms late at most for 99 in 100; ${figures.lost} answers lost.</p>
<h2>Open incidents</h2>
${open.length === 0 ? html`<p class="soft">None.</p>` : incidentTable(open, key)}
<h2>Monitors</h2>
${monitorTable(sources)}
<h2>Deploys</h2>
<div class="scroll"><table>
<tr><th>Deploy</th><th>Release</th><th>State</th><th>By</th><th>Started</th></tr>
${deploys.map((each) => html`<tr><td>${each.id}</td><td>${each.release}</td><td>${each.state}${each.reason === undefined ? "" : html`<br><span class="soft">${each.reason}</span>`}</td><td>${each.by}</td><td>${moment(each.startedAt)}</td></tr>`)}
</table></div>
<form method="post" action="logout"><p><button>Forget the key "${key.name}"</button></p></form>
</main>`,
  });
}

function incidentTable(open: readonly Incident[], { scope }: ApiKey): Markup {
  return html`<div class="scroll"><table>
<tr><th>Incident</th><th>Severity</th><th>What</th><th>Since</th><th></th></tr>
${open.map(
  ({
    id,
    severity,
    title,
    openedAt,
    acknowledgedBy,
  }) => html`<tr><td><a href="incidents/${id}">${id}</a></td><td>${severity}</td><td class="detail">${title}</td><td>${moment(openedAt)}</td>
<td>${acknowledgedBy === undefined && scope === "write" ? html`<form class="inline" method="post" action="incidents/${id}/acknowledge"><button>Acknowledge</button></form>` : (acknowledgedBy ?? "")}</td></tr>`,
)}
</table></div>`;
}

function monitorTable({ monitors, board }: ApiSources): Markup {
  const stateOf = ({ id }: Monitor): string => board.standings.get(id)?.reading.state ?? "unknown";
  const order = ["down", "unknown", "up"];
  const rows = [...monitors].sort((a, b) => order.indexOf(stateOf(a)) - order.indexOf(stateOf(b)));
  const more = rows.length - MOST_ROWS;
  return html`<div class="scroll"><table>
<tr><th>State</th><th>Monitor</th><th>Says</th><th>Asked</th></tr>
${rows.slice(0, MOST_ROWS).map((monitor) => {
  const { reading } = board.standings.get(monitor.id) ?? {};
  return html`<tr><td class="state ${stateOf(monitor)}">${reading ? stateOf(monitor) : "not asked yet"}</td><td>${monitor.id}</td><td class="detail">${reading?.detail ?? monitor.title}</td><td>${reading ? `${new Date(reading.at).toISOString().slice(11, 19)}, ${Math.round(reading.tookMs)} ms` : ""}</td></tr>`;
})}
</table></div>
${more > 0 ? html`<p class="soft">And ${more} more that are well: /api/v1/monitors</p>` : ""}`;
}

/** `root`: the way from the page to the dashboard; `back`: what was asked for without a key. */
export function loginPage({
  error,
  root = "",
  back,
}: {
  error?: string;
  root?: string;
  back?: string;
} = {}): Markup {
  return page({
    title: "Gonogo",
    body: html`
<main>
<h1>Gonogo</h1>
<form method="post" action="${root}login">
${back === undefined ? "" : html`<input type="hidden" name="back" value="${back}">`}
<p><label for="key">A key of this project (<code>gonogo key add me --scope write</code>)</label></p>
<p><input id="key" name="key" type="password" autocomplete="current-password" required autofocus> <button>Open the dashboard</button></p>
${error === undefined ? "" : html`<p class="error" role="alert">${error}</p>`}
</form>
<p class="soft"><a href="${root}status">Status page</a></p>
</main>`,
  });
}
