import type { Recogniser } from "./recognition.ts";

const TELLING_NAME = /launch|checklist|readiness|production|go-?live|deploy/i;
const MIN_BOXES = 3;

/** The Markdown file with the most boxes to tick whose name speaks of a launch. */
export const recogniseChecklist: Recogniser = (project) => {
  const found = project.files
    .filter((file) => /\.md$/i.test(file) && TELLING_NAME.test(file))
    .map((file) => ({ file, boxes: boxesIn(project.text(file) ?? "") }))
    .filter(({ boxes }) => boxes >= MIN_BOXES)
    .sort((a, b) => b.boxes - a.boxes || a.file.localeCompare(b.file));
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
  return text.match(/^\s*(?:[-*+]|\d+[.)])\s+\[[ xX]\]/gm)?.length ?? 0;
}
