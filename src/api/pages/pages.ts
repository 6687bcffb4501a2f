import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { etag } from "hono/etag";
import type { ApiKey } from "../../model/api-key.ts";
import { type ApiEnvironment, KEY_COOKIE } from "../access.ts";
import { answerQuestion } from "../answer-question.ts";
import type { ApiSources } from "../sources.ts";
import { dashboard } from "./dashboard.ts";
import { incidentPage } from "./incident-page.ts";
import type { Markup } from "./layout.ts";
import { LIVE_SCRIPT } from "./live-script.ts";
import { loginPage } from "./login-page.ts";
import { refusedPage } from "./question.ts";
import { statusFeed } from "./status-feed.ts";
import { statusPage } from "./status-page.ts";

/** How long a page made for everybody serves everybody. */
const FRESH_MS = 10_000;
const WEEK_SECONDS = 604_800;
/** A page that may be asked for before the key is shown. */
const INCIDENT = /^incidents\/i\d{1,9}$/;

/** The status page for everybody; the dashboard behind a key. */
export function addPages(app: OpenAPIHono<ApiEnvironment>, sources: ApiSources): void {
  const { store, environment, clock } = sources;
  const status = kept(() => statusPage(sources), sources);

  app.get("/status", etag(), async (context) => {
    context.header("Cache-Control", "public, max-age=30");
    return context.html(await status());
  });
  app.get("/status.rss", etag(), async (context) => {
    context.header("Cache-Control", "public, max-age=300");
    const feed = await statusFeed(sources, environment.watchUrl ?? new URL(context.req.url).origin);
    return context.body(String(feed), 200, { "Content-Type": "application/rss+xml; charset=utf-8" });
  });

  app.get("/live.js", etag(), (context) => {
    context.header("Cache-Control", "public, max-age=3600");
    return context.body(LIVE_SCRIPT, 200, { "Content-Type": "text/javascript; charset=utf-8" });
  });
  app.get("/", async (context) => {
    const key = await keyOf(context, sources);
    context.header("Cache-Control", "no-store");
    return context.html(key ? await dashboard(sources, key) : loginPage());
  });
  app.get("/incidents/:id", async (context) => {
    const key = await keyOf(context, sources);
    const id = context.req.param("id");
    context.header("Cache-Control", "no-store");
    // Whoever has no key is not told which incidents there are.
    if (!key) return context.html(loginPage({ root: "../", back: `incidents/${id}` }));
    const markup = await incidentPage(sources, { key, id });
    return markup ? context.html(markup) : context.notFound();
  });
  app.post("/login", async (context) => {
    const { key: shown, back } = await context.req.parseBody();
    const key = typeof shown === "string" ? await store.keys.find(shown.trim()) : undefined;
    if (!key || typeof shown !== "string")
      return context.html(loginPage({ error: "This key opens nothing." }), 401);
    setCookie(context, KEY_COOKIE, shown.trim(), {
      httpOnly: true,
      // Not Strict: whoever follows a link out of a message would be asked for the key again.
      sameSite: "Lax",
      secure: new URL(context.req.url).protocol === "https:",
      path: "/",
      maxAge: WEEK_SECONDS,
    });
    const isOurs = typeof back === "string" && INCIDENT.test(back);
    return context.redirect(isOurs ? `./${back}` : "./", 303);
  });
  app.post("/logout", (context) => {
    deleteCookie(context, KEY_COOKIE, { path: "/" });
    return context.redirect("./", 303);
  });
  app.post("/incidents/:id/acknowledge", async (context) => {
    const key = await keyOf(context, sources);
    if (key?.scope !== "write")
      return context.html(loginPage({ error: "A key that may write is needed.", root: "../../" }), 403);
    await store.incidents.acknowledge(environment.name, context.req.param("id"), {
      by: key.name,
      at: clock.now(),
    });
    return context.redirect("../../", 303);
  });
  app.post("/incidents/:id/answer", async (context) => {
    const key = await keyOf(context, sources);
    const id = context.req.param("id");
    if (key?.scope !== "write")
      return context.html(
        loginPage({ error: "A key that may write is needed.", root: "../../", back: `incidents/${id}` }),
        403,
      );
    const refused = await answerQuestion(sources, { id, key, form: await context.req.parseBody() });
    if (refused !== undefined) return context.html(refusedPage(id, refused), 409);
    return context.redirect(`../${id}`, 303);
  });
}

async function keyOf(context: Context, { store }: ApiSources): Promise<ApiKey | undefined> {
  const shown = getCookie(context, KEY_COOKIE);
  return shown === undefined ? undefined : await store.keys.find(shown);
}

/** Many look at it just when something is wrong: it is made once for all of them. */
function kept(make: () => Promise<Markup>, { clock }: ApiSources): () => Promise<string> {
  let made: { readonly at: number; readonly text: Promise<string> } | undefined;
  return () => {
    const now = clock.monotonicMs();
    if (!made || now - made.at > FRESH_MS) {
      const text = make().then(async (markup) => String(await markup));
      made = { at: now, text };
      text.catch(() => {
        made = undefined;
      });
    }
    return made.text;
  };
}
