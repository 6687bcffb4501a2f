/** What a document lacks to be one that somebody can work by. */
export type DocumentTrouble =
  | { readonly kind: "hardly anything"; readonly words: number }
  | { readonly kind: "empty section"; readonly heading: string }
  | { readonly kind: "placeholder"; readonly line: number; readonly what: string };

export interface DocumentText {
  readonly words: number;
  readonly troubles: readonly DocumentTrouble[];
  /** Targets of links and images within the project, as they are written, without what follows "#" or "?". */
  readonly links: readonly { readonly line: number; readonly target: string }[];
}

/** Fewer words of prose, lists and commands than this tell nobody what to do. */
export const FEWEST_WORDS = 25;

const HEADING = /^ {0,3}(#{1,6})\s+(.*?)\s*#*$/;
const PLACEHOLDERS: readonly RegExp[] = [
  /(?<![\w-])(TBD|TBA|TODO|FIXME|XXX)(?![\w-])/,
  /\b(lorem ipsum)\b/i,
  /\b(to be (?:determined|defined|decided|announced|written|added|done|completed))\s*(?:[.|)\]:]|$)/i,
  /(<(?:your|insert|add|enter|fill)[ _-][^>]*>)/i,
  /(\[(?:insert|your|enter|fill in|name of|link to|date|tbd|todo)\b[^\]]*\])(?![([:])/i,
  // GitHub's spec-kit marks so what its plans leave open.
  /(\[NEEDS CLARIFICATION\b[^\]]*\])/,
  /\S.*(_{4,})/,
];
const LINK =
  /!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)|^\s*\[[^\]^]+\]:\s*<?([^\s>]+)>?|\b(?:src|href)="([^"]+)"/g;
const ELSEWHERE = /^([a-z][a-z0-9+.-]*:|\/\/|#)/i;

/** Reads Markdown or plain text; what stands in code is said, but is neither a placeholder nor a link. */
export function readDocument(text: string): DocumentText {
  const troubles: DocumentTrouble[] = [];
  const links: { line: number; target: string }[] = [];
  const sections: { level: number; heading: string; words: number }[] = [];
  let words = 0;
  for (const { line, raw, isCode } of linesOf(text)) {
    const heading = isCode ? null : HEADING.exec(raw);
    const prose = raw.replace(/(`+)[^`]*?\1/g, " ");
    if (!isCode) {
      const what = PLACEHOLDERS.map((form) => form.exec(prose)?.[1]).find((each) => each !== undefined);
      if (what !== undefined) troubles.push({ kind: "placeholder", line, what });
      for (const [, inline, reference, html] of prose.matchAll(LINK)) {
        const target = (inline ?? reference ?? html ?? "").replace(/[#?].*$/, "");
        if (target !== "" && !ELSEWHERE.test(target)) links.push({ line, target: decoded(target) });
      }
    }
    if (heading) {
      sections.push({ level: heading[1]?.length ?? 1, heading: heading[2] ?? "", words: 0 });
      continue;
    }
    const count = raw.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
    words += count;
    // What stands below a heading fills the ones that heading stands below, too.
    let below = 7;
    for (const section of sections.toReversed()) {
      if (section.level >= below) continue;
      section.words += count;
      below = section.level;
    }
  }
  if (words < FEWEST_WORDS) troubles.unshift({ kind: "hardly anything", words });
  else {
    const empty = sections.filter((section) => section.words === 0);
    troubles.push(...empty.map(({ heading }) => ({ kind: "empty section", heading }) as const));
  }
  return { words, troubles, links };
}

/** Comments and front matter are read by nobody. */
function linesOf(text: string): { line: number; raw: string; isCode: boolean }[] {
  const shown = text
    .replace(/^---\r?\n[\s\S]*?\r?\n---(?=\r?\n|$)/, blankLines)
    .replace(/<!--[\s\S]*?(?:-->|$)/g, blankLines);
  let fence = "";
  return shown.split(/\r?\n/).map((raw, index) => {
    const mark = /^\s*(```+|~~~+)/.exec(raw)?.[1];
    const isFence = mark !== undefined && (fence === "" || mark.startsWith(fence));
    const isCode = isFence || fence !== "";
    if (isFence) fence = fence === "" ? mark : "";
    return { line: index + 1, raw: isFence ? "" : raw, isCode };
  });
}

function blankLines(text: string): string {
  return text.replace(/[^\n]/g, "");
}

function decoded(target: string): string {
  try {
    return decodeURIComponent(target);
  } catch {
    return target;
  }
}
