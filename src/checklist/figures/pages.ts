import type { Figure, FigureName } from "./figure.ts";
import type { Quantity } from "./quantities.ts";
import { type Around, clauseAt } from "./topics.ts";

const PAINTS: readonly (readonly [name: FigureName, words: RegExp])[] = [
  ["lcp", /\blcp\b|largest contentful paint/u],
  ["fcp", /\bfcp\b|first contentful paint/u],
  ["blocking", /\btbt\b|total blocking time/u],
];

/** What has a time of its own, and what nobody measures in a browser of ours. */
const OTHER_TIMES =
  /\btti\b|\binp\b|\bfid\b|\bcls\b|interacti|input delay|first (?:meaningful )?paint|speed index|\bttfb\b|first byte|\bapi\b|response|antwort|respuesta|resposta|réponse|响应|\bp\d\d\b|percentile|average|\bavg\b|durchschnitt/u;

const PAGE_LOAD =
  /(?:pages?|site|front-?end) (?:load|speed)|pages? (?:are |is )?loaded|load(?:ing)? (?:time|speed)|ladezeit|seiten? (?:lädt|laden)|temps de chargement|(?:pages?|site) (?:se )?charge|(?:tiempos?|velocidad) de carga|(?:tempo|velocidade) de carregamento|tempo di caricamento|laadtijd|页面加载|加载(?:时间|速度)/u;

/** The slowest page says nothing of one that a line names, and a page is looked at as the declaration says. */
const ONE_PAGE =
  /home ?-?page|\bhome\b|landing|startseite|principal|accueil|inicial|首页|dashboard|check-?out|\badmin|product page|reading page|on the \w+ page|\b[2-4]g\b|slow (?:network|connection)/u;

/** What of a page takes that long, where a line says what it may take at most. */
export function pageTimeName(
  { bound }: Pick<Quantity, "bound">,
  { clause, line }: Around,
): FigureName | undefined {
  if (bound !== "most" || ONE_PAGE.test(line)) return undefined;
  const [only, second] = PAINTS.filter(([, words]) => words.test(clause));
  if (second || OTHER_TIMES.test(clause)) return undefined;
  return only ? only[0] : PAGE_LOAD.test(clause) ? "page-load" : undefined;
}

const SHIFT =
  /(?:\bcls\b|cumulative layout shift)[^\d,;]{0,24}?(?:<\s*=?|≤|&lt;|under|below|less than|at most|unter)\s*(0[.,]\d{1,3})/iu;

const LIGHTHOUSE = /lighthouse|page ?speed/iu;
const CATEGORIES: readonly (readonly [name: FigureName, words: RegExp])[] = [
  ["lighthouse-performance", /performance|leistung|rendimiento/u],
  ["lighthouse-accessibility", /accessibility|a11y|barrierefrei|accessibilité|accesibilidad/u],
  ["lighthouse-best-practices", /best[- ]practices/u],
  ["lighthouse-seo", /\bseo\b/u],
];
const SCORE =
  /(?:>\s*=?|≥|&gt;|over|above|at least|min(?:imum|destens|\.)?|mindestens|au moins|al menos|score of|need(?:s|ed)? to be|must be)\s*(100|[5-9]\d)(?!\d|[.,]\d|\s*(?:ms|s|kb|mb)\b)|(?:performance|accessibility|best[- ]practices|seo)(?:\s+score)?\s*[:=]?\s*(100|[5-9]\d)(?=\s*(?:$|[,;)|]|\.(?!\d)|and\b|%))|(?<![\d.])([5-9]\d)(?:\+|\s*or (?:higher|more|above|better))/giu;

/** Scores and shifts, which have no unit. */
export function pageScoresIn(text: string): Figure[] {
  const shift = SHIFT.exec(text);
  const figures: Figure[] = shift
    ? [{ name: "cls", value: shift[1]?.replace(",", ".") ?? "", said: shift[0].trim() }]
    : [];
  if (!LIGHTHOUSE.test(text)) return figures;
  const scores = [...text.matchAll(SCORE)].flatMap((match): Figure[] => {
    const name = scoreName(clauseAt(text, match.index), text.toLowerCase());
    return name ? [{ name, value: match[1] ?? match[2] ?? match[3] ?? "", said: match[0].trim() }] : [];
  });
  return [...figures, ...scores];
}

/** Of the category that the clause names, or that the whole line does; without one, of each. */
function scoreName(clause: string, line: string): FigureName | undefined {
  const named = (words: string): FigureName[] =>
    CATEGORIES.flatMap(([name, pattern]) => (pattern.test(words) ? [name] : []));
  const [own, ...others] = named(clause).length > 0 ? named(clause) : named(line);
  if (others.length > 0) return undefined;
  return own ?? (/pwa|progressive/u.test(line) ? undefined : "lighthouse");
}

export function isOfLighthouse(text: string): boolean {
  return LIGHTHOUSE.test(text);
}
