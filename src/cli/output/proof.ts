import { UserError } from "../../model/errors.ts";
import type { ReportRecord } from "./contracts/report.ts";

/** A row of a chain with its hash, which covers all rows before it. */
export interface Head {
  readonly row: number;
  readonly hash: string;
}

/** The heads of both chains that an earlier report named. */
export interface Proof {
  readonly evidence: Head;
  /** Undefined: the proof is of evidence alone. */
  readonly people: Head | undefined;
}

/** "412:<hash>+7:<hash>": evidence, and people's answers. */
export function proofFor({ evidence, people }: NonNullable<ReportRecord["chains"]>): string {
  return `${evidence.rows}:${evidence.head}+${people.rows}:${people.head}`;
}

/** Throws UserError when the words are no proof. */
export function readProof(words: string): Proof {
  const match = /^(\d+):([0-9a-f]{64})(?:\+(\d+):([0-9a-f]{64}))?$/.exec(words);
  if (!match) {
    throw new UserError(`--anchor ${words} is no proof`, {
      fix: "ROWS:HASH+ROWS:HASH, as a report's last lines give it",
    });
  }
  const [, row, hash = "", answer, answerHash = ""] = match;
  return {
    evidence: { row: Number(row), hash },
    people: answer === undefined ? undefined : { row: Number(answer), hash: answerHash },
  };
}
