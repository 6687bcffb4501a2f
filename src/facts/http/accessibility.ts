import { z } from "zod";
import { defineFact, Undeclared } from "../../model/fact.ts";
import { browserOrigin } from "./address.ts";
import { openBrowser } from "./browser.ts";
import type { HttpOptions } from "./options.ts";
import { httpPages, pagesToOpen } from "./pages.ts";

export const IMPACTS = ["minor", "moderate", "serious", "critical"] as const;

const seenShape = z.array(
  z.object({
    id: z.string(),
    impact: z.enum(IMPACTS).nullable(),
    help: z.string(),
    elements: z.array(z.string()),
  }),
);

/** A rule of axe-core that a page breaks, and where: CSS selectors, the first few. */
export interface Barrier {
  readonly page: string;
  readonly rule: string;
  readonly impact: (typeof IMPACTS)[number];
  readonly help: string;
  readonly elements: readonly string[];
  readonly count: number;
}

export interface Accessibility {
  readonly pages: readonly string[];
  readonly barriers: readonly Barrier[];
}

/** Each takes a second or two in the browser. */
const MOST_PAGES = 10;
const SHOWN_ELEMENTS = 3;
const LONGEST_SELECTOR = 120;

/** Scripts may draw the page after its load event: it is looked at when nothing has changed for a moment. */
const SETTLED = `new Promise((done) => {
  let timer = setTimeout(done, 400);
  new MutationObserver(() => { clearTimeout(timer); timer = setTimeout(done, 400); })
    .observe(document, { subtree: true, childList: true, attributes: true });
  setTimeout(done, 4000);
})`;
const RUN = `axe.run(document, {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], resultTypes: ["violations"], iframes: false,
}).then(({ violations }) => violations.map(({ id, impact, help, nodes }) => (
  { id, impact: impact ?? null, help, elements: nodes.map(({ target }) => target.flat().join(" ")) }
)))`;

export const httpAccessibility = defineFact<Accessibility, HttpOptions>({
  id: "http.accessibility",
  access: "read",
  reach: "application",
  timeoutMs: 90_000,
  async collect(context) {
    const { subject, doors, signal } = context;
    const seen = await context.get(httpPages);
    const pages = pagesToOpen(seen, MOST_PAGES);
    if (subject.options.accessibility === undefined)
      throw new Undeclared(`no accessibility is promised: ${subject.kind}({ accessibility: "serious" })`);
    const { ca } = seen.address;
    const base = browserOrigin(seen.address);
    const { default: axe } = await import("axe-core");
    const expression = `${SETTLED}.then(() => { ${axe.source}\n; return ${RUN}; })`;
    await using browser = await openBrowser(doors, { anyCertificate: ca !== undefined, signal });
    const barriers: Barrier[] = [];
    for (const { path, label } of pages) {
      const seen = seenShape.parse(await browser.evaluate(base + path, expression));
      barriers.push(...seen.map((each) => barrierOn(label, each)));
    }
    return { pages: pages.map(({ label }) => label), barriers };
  },
});

function barrierOn(
  page: string,
  { id, impact, help, elements }: z.output<typeof seenShape>[number],
): Barrier {
  const shown = elements.slice(0, SHOWN_ELEMENTS).map((each) => each.slice(0, LONGEST_SELECTOR));
  return { page, rule: id, impact: impact ?? "moderate", help, elements: shown, count: elements.length };
}
