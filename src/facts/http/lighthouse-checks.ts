import { defineCheck } from "../../model/check.ts";
import { fail, pass } from "../../model/outcome.ts";
import { ways } from "../../model/ways.ts";
import { listed } from "./advice.ts";
import { httpLighthouse, type PageScore } from "./lighthouse.ts";

export const lighthouseScores = defineCheck({
  id: "perf.lighthouse",
  title:
    "Lighthouse gives the declared pages at least the declared scores (performance, accessibility, best practices, SEO)",
  consequence:
    "Pages get slower, or harder to use and to find, release by release, and nobody can say since when.",
  severity: "warning",
  phase: "staging",
  freshFor: "7d",
  every: "1d",
  asks: ways(`
    Lighthouse score above 90 | Lighthouse score over 90 | Lighthouse scores above 90 | Lighthouse 90+
    Lighthouse performance score | Lighthouse performance above 90 | Lighthouse scores checked
    Lighthouse audit passed | Lighthouse audit run | run Lighthouse | Lighthouse scores green
    PageSpeed score above 90 | Google Lighthouse score
    Lighthouse SEO score | Lighthouse best practices score | Lighthouse CI passes | Lighthouse CI assertions
    Lighthouse Score über 90 | score Lighthouse supérieur | puntuación Lighthouse | pontuação Lighthouse
    Lighthouse puanı
    Lighthouse accessibility above 90 | Lighthouse accessibility score | Lighthouse accessibility audit
    Lighthouse best practices above 90 | Lighthouse SEO above 90 | Lighthouse performance test
    Lighthouse test
    Lighthouse audit | Lighthouse report | PageSpeed Insights score | PageSpeed Insights checked
    Lighthouse mobile score | Lighthouse scores meet the targets
  `),
  figures: {
    "at-least": { measured: "lowestScore", keeps: "no less", in: "percent" },
    lighthouse: { measured: "lowestScore", keeps: "no less", in: "count" },
    "lighthouse-performance": { measured: "lowest performance", keeps: "no less", in: "count" },
    "lighthouse-accessibility": { measured: "lowest accessibility", keeps: "no less", in: "count" },
    "lighthouse-best-practices": { measured: "lowest best-practices", keeps: "no less", in: "count" },
    "lighthouse-seo": { measured: "lowest seo", keeps: "no less", in: "count" },
  },
  source: "https://developer.chrome.com/docs/lighthouse/overview",
  needs: { seen: httpLighthouse },
  run({ seen: { version, scores } }, { options, component }) {
    const least = ({ category }: PageScore): number => options.lighthouse?.[category] ?? 0;
    const low = scores.filter((each) => each.score < least(each));
    const measured = {
      lowestScore: Math.min(...scores.map(({ score }) => score)),
      ...lowestOf(scores),
      ...Object.fromEntries(scores.map(({ label, category, score }) => [`${label} ${category}`, score])),
    };
    const told = (each: PageScore): string =>
      `${each.label}: ${each.category} ${each.score} of ${least(each)}`;
    if (low.length === 0)
      return pass(`Lighthouse ${version}, at least as declared: ${scores.map(told).join(", ")}`, measured);
    return fail(
      `Lighthouse gives ${low.length === 1 ? "a score" : `${low.length} scores`} below the declared`,
      {
        expected: `the scores of ${component}.lighthouse, for performance the middle of three runs`,
        found: listed(low.map(told), 12),
        fix: listed(
          low.map(({ label, category, lacks }) => `${label}, ${category}: ${lacks.join("; ")}`),
          12,
        ),
        findings: low.map(({ label, category }) => `${label}: ${category}`),
        measured,
      },
    );
  },
});

function lowestOf(scores: readonly PageScore[]): Record<string, number> {
  const lowest: Record<string, number> = {};
  for (const { category, score } of scores)
    lowest[`lowest ${category}`] = Math.min(score, lowest[`lowest ${category}`] ?? score);
  return lowest;
}
