import { defineFact } from "../../model/fact.ts";
import { httpAnswer } from "./connection.ts";
import type { HttpOptions } from "./options.ts";
import { isHtml, pageFrom } from "./page.ts";
import { requestsTo } from "./requests.ts";

/** Files that browsers and crawlers ask for without being told. */
export interface UsualFiles {
  readonly hasIcon: boolean;
  readonly hasSitemap: boolean;
}

export const httpUsualFiles = defineFact<UsualFiles, HttpOptions>({
  id: "http.usual-files",
  access: "read",
  reach: "application",
  async collect(context) {
    const address = await context.get(httpAnswer);
    const answers = await requestsTo(context, address).sendAll(
      ["/favicon.ico", "/sitemap.xml"].map((path) => ({ path, maxBodyBytes: 4_096 })),
    );
    // Where a page answers every path, a file is not there because something answered.
    const [hasIcon = false, hasSitemap = false] = answers
      .map((answer) => pageFrom("page", "", answer))
      .map((page) => page.status === 200 && page.sizeBytes > 0 && !isHtml(page));
    return { hasIcon, hasSitemap };
  },
});
