import { html, raw } from "hono/html";
import type { ApiSources } from "../sources.ts";
import type { Markup } from "./layout.ts";
import { recentIncidents, titleOf } from "./status-page.ts";

/** Incidents as RSS 2.0 (https://www.rssboard.org/rss-specification). `origin`: where the page itself is. */
export async function statusFeed(sources: ApiSources, origin: string): Promise<Markup> {
  const items = (await recentIncidents(sources)).map(
    ({ id, title, state, openedAt, resolvedAt }) => html`<item>
<title>${title}</title>
<description>${state}${resolvedAt === undefined ? "" : `, ${new Date(resolvedAt).toUTCString()}`}</description>
<link>${origin}/status</link>
<guid isPermaLink="false">${sources.environment.name}/${id}/${state}</guid>
<pubDate>${new Date(resolvedAt ?? openedAt).toUTCString()}</pubDate>
</item>
`,
  );
  return html`${raw('<?xml version="1.0" encoding="UTF-8"?>\n')}<rss version="2.0"><channel>
<title>${titleOf(sources)}</title>
<link>${origin}/status</link>
<description>Incidents of the last 90 days</description>
${items}</channel></rss>`;
}
