import type { LineBinding } from "../../checklist/bind-checklist.ts";
import type { Answerer } from "../../checklist/binder/answerer.ts";
import { LEAST_SHOWN } from "../../checklist/binder/bind.ts";
import { createLineBinder } from "../../checklist/binder/line-binder.ts";
import type { Candidate } from "../../checklist/binder/score.ts";
import { LEAST_TOGETHER } from "../../checklist/binder/second-opinion.ts";
import { lineNamed } from "../../checklist/line-named.ts";
import type { Prepared } from "../../checklist/prepared.ts";
import { settingHolder } from "../../checklist/setting-holders.ts";
import type { ExplainRecord } from "./contracts/import.ts";
import { lineRecord } from "./import-record.ts";

const MOST_RIVALS = 5;

/** Why a line, named by its number or its id, is bound as it is. Throws UserError when no line is there. */
export function explainRecord(
  asked: string,
  known: {
    readonly lines: readonly LineBinding[];
    readonly answerers: readonly Answerer[];
    readonly file: string;
    readonly prepared: Prepared;
  },
): ExplainRecord {
  const { lines, answerers, file, prepared } = known;
  const found = lineNamed(asked, lines);
  const { item } = found;
  // A line that was bound before is explained too: what it would be bound to.
  const {
    chosen,
    rest = [],
    candidates,
  } = createLineBinder(answerers, { least: LEAST_SHOWN, prepared })(item);
  return {
    version: 1,
    kind: "explain",
    file,
    line: lineRecord(found, []),
    path: item.path,
    least: LEAST_TOGETHER,
    chosen: chosen.map(candidateRecord),
    rest,
    holder:
      settingHolder(
        item,
        chosen.map(({ answerer }) => answerer.id),
      ) ?? null,
    rivals: candidates
      .filter(({ answerer }) => !chosen.some((each) => each.answerer === answerer))
      .slice(0, MOST_RIVALS)
      .map(candidateRecord),
  };
}

function candidateRecord({
  answerer,
  confidence,
  asked,
  matched,
  open,
  worded = confidence,
  likeness,
  likeBy,
}: Candidate): ExplainRecord["chosen"][number] {
  const words = matched.map(({ shown, from }) => ({ word: shown, from }));
  return {
    id: answerer.id,
    title: answerer.title,
    confidence: Math.max(0, confidence),
    worded,
    asked: asked?.text ?? null,
    matched: words,
    open,
    likeness: likeness ?? null,
    likeBy: likeBy?.() ?? [],
  };
}
