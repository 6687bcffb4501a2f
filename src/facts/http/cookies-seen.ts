import { defineFact } from "../../model/fact.ts";
import { notApplicable, type Outcome, unknown } from "../../model/outcome.ts";
import { listed } from "./advice.ts";
import { type Cookie, cookiesOf, isSessionCookie } from "./cookies.ts";
import type { HttpOptions } from "./options.ts";
import { pageFrom } from "./page.ts";
import { httpPages, type Pages } from "./pages.ts";
import { requestsTo } from "./requests.ts";

type Options = HttpOptions & { readonly login?: { readonly path: string } | undefined };

/** The pages that others look at, and that of the login, where many a session begins. */
export const cookiePages = defineFact<Pages, Options>({
  id: "http.cookie-pages",
  access: "read",
  reach: "application",
  timeoutMs: 45_000,
  async collect(context) {
    const pages = await context.get(httpPages);
    const path = context.subject.options.login?.path;
    if (path === undefined || pages.list.some((page) => page.path === path)) return pages;
    const answer = await requestsTo(context, pages.address, { patient: true }).send({
      path,
      headers: { accept: "text/html, */*" },
    });
    return { ...pages, list: [...pages.list, pageFrom("page", path, answer)] };
  },
});

export interface SetBy extends Cookie {
  readonly label: string;
}

/** Every cookie that some answer set, once per name. */
export function cookiesIn({ list }: Pages): SetBy[] {
  const found = new Map<string, SetBy>();
  for (const page of list) {
    for (const cookie of cookiesOf(page.headers)) {
      if (!cookie.removes && !found.has(cookie.name))
        found.set(cookie.name, { ...cookie, label: page.label });
    }
  }
  return [...found.values()];
}

/** The session cookies seen, or the outcome when there is none to judge. */
export function sessionsIn(pages: Pages, { cookies }: HttpOptions): SetBy[] | Outcome {
  const all = cookiesIn(pages);
  const unseen = cookies.session.filter((name) => !all.some((cookie) => cookie.name === name));
  if (unseen.length > 0)
    return unknown(
      `no page looked at set the declared cookie ${listed(unseen)}: add one that does to pages.html`,
    );
  const sessions = all.filter((cookie) => isSessionCookie(cookie, cookies.session));
  return sessions.length > 0 ? sessions : notApplicable("no answer set a session cookie");
}

export const names = (cookies: readonly Cookie[]): string[] => cookies.map(({ name }) => name);
export const whence = (cookies: readonly SetBy[]): string =>
  listed(cookies.map(({ name, label }) => `${name} (set by ${label})`));

/** When each check of cookies is asked. */
export const COMMON = { phase: "staging", freshFor: "1d", every: "6h" } as const;
