import { html } from "hono/html";
import type { Deploy } from "../../model/deploy.ts";
import { ago, type Markup } from "./layout.ts";

const TONES: Readonly<Record<Deploy["state"], string>> = {
  running: "some",
  done: "up",
  failed: "down",
  "rolled back": "down",
  interrupted: "down",
};

export function deployList(deploys: readonly Deploy[], now: number): Markup {
  if (deploys.length === 0)
    return html`<p class="empty">Nothing was deployed yet: <code>gonogo deploy</code></p>`;
  return html`<ul class="list">${deploys.map(({ id, kind, release, from, state, by, startedAt, reason }) => {
    const [first] = (reason ?? "").split("\n");
    const way = from === undefined ? release : `${from} to ${release}`;
    return html`<li><div class="row"><strong>${kind === "rollback" ? "Back " : ""}${release === "" ? "no release" : way}</strong><span class="chip ${TONES[state]}">${state}</span></div>
<span class="soft small">${id} by ${by}, ${ago(startedAt, now)}${first === undefined || first === "" ? "" : `: ${first}`}</span></li>`;
  })}</ul>`;
}
