import { defineCheck } from "../../model/check.ts";
import { fail, pass } from "../../model/outcome.ts";
import { quantity } from "../../model/quantity.ts";
import { ways } from "../../model/ways.ts";
import { listed } from "./advice.ts";
import { httpLooks, type PageLook } from "./looks.ts";

/** Rounding of browsers. */
const SLACK_PX = 1;

export const responsive = defineCheck({
  id: "page.responsive",
  title: "No page has to be scrolled sideways on a phone, a tablet or a desktop",
  consequence: "On a phone the page is a stamp, or half of each line lies outside the screen.",
  severity: "warning",
  phase: "staging",
  freshFor: "7d",
  every: "1d",
  asks: ways(`
    mobile responsive | responsive design | responsive on mobile | responsive on all screen sizes
    mobile responsiveness | mobile friendly | responsive layout | site is responsive | fully responsive
    responsive design verified | responsive breakpoints
    no horizontal scroll | no horizontal scrolling on mobile | no horizontal overflow
    viewport meta tag | meta viewport | viewport meta tag set | mobile-friendly layout
    layout tested on mobile and desktop | mobile layout | tested at 375px | responsives Design
    diseño responsive | design responsive | layout responsivo | mobil uyumlu
    works on mobile | works on tablet | works on mobile and tablet | works on phones | mobile view
    displays correctly on mobile | renders correctly on mobile | pages look right on mobile
    mobile layout works
    tested on mobile devices | tested on various screen sizes | tested on phone, tablet and desktop
    responsive testing | responsive grid | tablet layout | desktop layout | usable on small screens
    responsive on tablet and desktop | mobile version works | screens reflow
    fits phone screens | adaptive layout
    layout does not break on small screens | responsive on desktop 1280px | layout holds on small screens
    no broken layout on mobile
  `),
  source: "WCAG 2.2, 1.4.10 Reflow; developer.mozilla.org/docs/Web/HTML/Guides/Viewport_meta_element",
  needs: { seen: httpLooks },
  run({ seen: { looks, left } }, { component }) {
    const troubles = looks.flatMap(troubleOn);
    const pages = new Set(looks.map(({ label }) => label)).size;
    const widths = [...new Set(looks.map(({ width }) => width))].join(", ");
    const measured = { pages, widths, troubles: troubles.length };
    if (troubles.length === 0 && left.length === 0)
      return pass(`${quantity(pages, "page fits", "pages fit")} screens of ${widths} px`, measured);
    const first = troubles[0];
    return fail(first?.summary ?? "not every declared page could be looked at", {
      expected: `laid out as wide as the screen, and nothing outside it, at ${widths} px`,
      found: listed([...troubles.map(({ found }) => found), ...left], 8),
      fix: listed([
        ...troubles.map(({ fix }) => `in ${component} ${fix}`),
        ...left.map(() => `let ${component}.pages.html name only pages that open`),
      ]),
      findings: [...troubles.map(({ finding }) => finding), ...left],
      measured,
    });
  },
});

function troubleOn({
  label,
  width,
  layout: { layoutWidth, contentWidth, wide, cut },
}: PageLook): { summary: string; found: string; fix: string; finding: string }[] {
  const finding = `${label} at ${width} px`;
  if (layoutWidth > width + SLACK_PX)
    return [
      {
        summary: "a page is laid out for another screen than the phone it is on",
        found: `${finding}: laid out ${layoutWidth} px wide`,
        fix: `send in the <head> of ${label} <meta name="viewport" content="width=device-width, initial-scale=1">`,
        finding,
      },
    ];
  if (contentWidth > layoutWidth + SLACK_PX)
    return [
      {
        summary: "a page has to be scrolled sideways",
        found: `${finding}: ${contentWidth} px wide${wide.length > 0 ? ` because of ${wide.join(", ")}` : ""}`,
        fix: `let ${wide.join(", ") || "what is too wide"} on ${label} shrink, wrap, or scroll in a box of its own (max-width: 100%; overflow-x: auto)`,
        finding,
      },
    ];
  if (cut.length > 0)
    return [
      {
        summary: "text is cut off at the edge of the screen",
        found: `${finding}: the text of ${cut.join(", ")} ends outside, and the page hides what is outside`,
        fix: `let the text of ${cut.join(", ")} on ${label} wrap (min-width: 0; overflow-wrap: anywhere)`,
        finding,
      },
    ];
  return [];
}
