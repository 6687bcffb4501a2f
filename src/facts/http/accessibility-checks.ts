import { defineCheck } from "../../model/check.ts";
import { fail, pass } from "../../model/outcome.ts";
import { ways } from "../../model/ways.ts";
import { type Barrier, httpAccessibility, IMPACTS } from "./accessibility.ts";

const MOST_TOLD = 12;

export const accessible = defineCheck({
  id: "a11y.axe",
  title: "No barrier stands on the pages that a machine can find",
  consequence: "People who use a keyboard or a screen reader cannot do what everybody else can.",
  severity: "warning",
  phase: "staging",
  freshFor: "7d",
  every: "1d",
  asks: ways(`
    accessibility audit passed | accessibility checked | accessible according to WCAG | pages pass axe
    screens pass axe | axe checks pass | WCAG 2.1 AA compliance | WCAG compliant | axe accessibility scan
    no critical accessibility violations | color contrast meets WCAG AA | images have alt text
    form fields have labels | icon buttons have an aria-label | axe clean | run axe on key pages
    images have alt tags | form fields labelled | all inputs labelled | alt tags on images
    axe DevTools clean | no axe violations | alt text on images | alt attributes | color contrast
    contrast ratio | aria labels | accessibility tested | WCAG AA
    form inputs have labels | form labels | aria labels on interactive elements
    accessibility scan | accessibility violations fixed | color contrast sufficient | colour contrast
    contrast | lang attribute on html | ARIA roles | axe-core
    automated accessibility tests | links have discernible names
    no accessibility errors | aria attributes valid | WCAG conformance
    no serious axe issues | axe issues fixed | axe reports no issues | axe issues | no axe errors
    axe scan | pa11y passes | buttons and links have names | labels on all form controls
    headings in order | sufficient contrast
  `),
  source: "https://github.com/dequelabs/axe-core/blob/develop/doc/rule-descriptions.md",
  needs: { seen: httpAccessibility },
  run({ seen: { pages, barriers } }, { options: { accessibility: lowest = "serious" } }) {
    const from = IMPACTS.indexOf(lowest);
    const counted = barriers.filter(({ impact }) => IMPACTS.indexOf(impact) >= from).sort(byImpact);
    const measured = {
      pages: pages.length,
      rulesBroken: counted.length,
      below: barriers.length - counted.length,
    };
    if (counted.length === 0)
      return pass(`axe-core finds none that is ${lowest} or worse on ${pages.join(", ")}`, measured);
    const rules = [...new Map(counted.map((each) => [each.rule, each])).values()];
    return fail(`${rules.length === 1 ? "1 rule is" : `${rules.length} rules are`} broken`, {
      expected: `no barrier that is ${lowest} or worse by WCAG 2.1 AA`,
      found: [
        ...counted.slice(0, MOST_TOLD).map(tell),
        ...(counted.length > MOST_TOLD ? [`${counted.length - MOST_TOLD} more`] : []),
      ].join("; "),
      fix: rules.map(({ rule, elements, help }) => `${elements[0]}: ${help} (${rule})`).join("; "),
      findings: counted.map(({ page, rule }) => `${page}: ${rule}`),
      measured,
    });
  },
});

function byImpact(a: Barrier, b: Barrier): number {
  return IMPACTS.indexOf(b.impact) - IMPACTS.indexOf(a.impact);
}

function tell({ page, rule, impact, elements, count }: Barrier): string {
  const rest = count > elements.length ? ` and ${count - elements.length} more` : "";
  return `${page}: ${rule} (${impact}) at ${elements.join(", ")}${rest}`;
}
