import { html } from "hono/html";
import type { ApiKey } from "../../model/api-key.ts";
import type { Incident } from "../../model/incident.ts";
import type { ApiSources } from "../sources.ts";
import { type Markup, page } from "./layout.ts";

/** What people are asked about a release that went bad and stays live, with the answers a key that may write can give. */
export async function questionCard(
  { release }: Pick<ApiSources, "release">,
  { incident, text, key }: { incident: Incident; text: string; key: ApiKey },
): Promise<Markup> {
  const { underWay } = release;
  if (underWay) {
    return card(
      text,
      html`<p role="status">${underWay.by} has answered: it goes back to ${underWay.to} now.</p>`,
    );
  }
  if (key.scope !== "write")
    return card(
      text,
      html`<p class="soft">A key that may write answers here: <code>gonogo key add me --scope write</code></p>`,
    );
  const way = await release.wayBack();
  const live = way?.from ?? incident.release ?? "";
  const back =
    way === undefined
      ? html`<p class="soft">There is nothing to go back to.</p>`
      : way.needsReason
        ? html`<p class="soft">Going back to ${way.to} takes more than a click: ${way.says}.</p>`
        : html`<p class="soft">Back to ${way.to}: ${way.says}.</p>`;
  const goBack =
    way && !way.needsReason
      ? html`<button class="main" name="answer" value="back">Go back to ${way.to}</button>`
      : "";
  // The first button is what Enter presses: nobody decides that by the way.
  return card(
    text,
    html`${back}
<form class="answer" method="post" action="${incident.id}/answer">
<button disabled hidden></button>
<input type="hidden" name="from" value="${live}"><input type="hidden" name="to" value="${way?.to ?? ""}">
<label for="why">Why (kept in the record)</label><input id="why" name="why" maxlength="500" required>
<div class="choices">${goBack}<button name="answer" value="keep">${live} stays</button></div>
</form>`,
  );
}

function card(text: string, body: Markup): Markup {
  return html`<section class="card alarm tone-some"><h2>Somebody has to decide</h2><p>${text}</p>${body}</section>`;
}

/** An answer that came too late, or cannot be taken. */
export function refusedPage(id: string, why: string): Markup {
  return page({
    title: id,
    narrow: true,
    body: html`<section class="card"><h1>Nothing was done</h1><p class="gap">${why}</p><p class="gap"><a href="../${id}">${id}, as it is now</a></p></section>`,
  });
}
