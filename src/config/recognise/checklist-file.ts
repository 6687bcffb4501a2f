import type { Recogniser } from "./recognition.ts";

const TELLING_NAME = /launch|checklist|readiness|production|go-?live|deploy|release|rollout|\bship\b/i;
const MIN_BOXES = 3;
/** Lists of wishes, of changes and for contributors have boxes too. */
const OTHER_NAME = /^(docs\/)?(readme|changelog|contributing|todo|roadmap|backlog)\b/i;
const AT_HAND = /^(docs\/)?[^/]+$/;
/** So many are a list, whatever it is called and in whatever language. */
const MANY_BOXES = 10;

/** The Markdown file with the most boxes to tick whose name speaks of a launch; else one at hand with many. */
export const recogniseChecklist: Recogniser = (project) => {
  const found = project.files
    .filter((file) => /\.md$/i.test(file))
    .map((file) => ({ file, boxes: boxesIn(project.text(file) ?? ""), isTelling: TELLING_NAME.test(file) }))
    .filter(({ file, boxes, isTelling }) =>
      isTelling ? boxes >= MIN_BOXES : boxes >= MANY_BOXES && AT_HAND.test(file) && !OTHER_NAME.test(file),
    )
    .sort(
      (a, b) =>
        Number(b.isTelling) - Number(a.isTelling) || b.boxes - a.boxes || a.file.localeCompare(b.file),
    );
  const [best, ...others] = found;
  if (!best) return {};
  return {
    checklist: { value: best.file, because: `${best.boxes} boxes to tick` },
    notes: others
      .slice(0, 3)
      .map(({ file, boxes }) => `${file} has ${boxes} boxes too: gonogo import ${file}`),
  };
};

function boxesIn(text: string): number {
  const withoutCode = text.replace(/^(```|~~~).*?^\1/gms, "");
  return withoutCode.match(/^\s*(?:[-*+]|\d+[.)])\s+\[[ xX]\]/gm)?.length ?? 0;
}
