import { html } from "hono/html";
import { MARK, type Markup, page } from "./layout.ts";

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
    narrow: true,
    body: html`
<section class="card login">
<p class="brand">${MARK} Gonogo</p>
<form method="post" action="${root}login">
${back === undefined ? "" : html`<input type="hidden" name="back" value="${back}">`}
<p class="gap"><label for="key">A key of this project</label></p>
<input id="key" name="key" type="password" autocomplete="current-password" required autofocus>
${error === undefined ? "" : html`<p class="error" role="alert">${error}</p>`}
<button class="main">Open the dashboard</button>
</form>
<p class="soft small gap">No key yet? <code>gonogo key add me --scope write</code> makes one.<br>Or see the <a href="${root}status">status page</a>, which needs none.</p>
</section>`,
  });
}
