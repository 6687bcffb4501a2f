import type { LineBinding } from "../../checklist/bind-checklist.ts";
import { LEAST_TOGETHER } from "../../checklist/binder/second-opinion.ts";
import type { NearRecord } from "./contracts/import.ts";

/** Lines that a person answers, and the check or drill that is nearest to answering each, in the documented shape. */
export function nearRecord(lines: readonly LineBinding[], file: string): NearRecord {
  return {
    version: 1,
    kind: "near",
    file,
    least: LEAST_TOGETHER,
    lines: lines.flatMap(({ item, near }) =>
      near
        ? {
            line: item.line,
            id: item.id,
            text: item.text,
            path: item.path,
            check: near.answerer.id,
            title: near.answerer.title,
            confidence: near.confidence,
          }
        : [],
    ),
  };
}
