import { parseDuration } from "../model/duration.ts";
import type { SignOffRules } from "../model/item.ts";
import { FIGURE_NAMES } from "./figures/figure.ts";
import { figureMistake, unknownParameter } from "./figures/figure-mistake.ts";
import { isFigureName } from "./figures/figure-value.ts";

const WORDS = ["approver", "approver-differs", "file", "link", "each", "for", "rest"];

/**
 * What "sign-off (approver=cto, approver-differs=yes, file=docs/runbook.md, link=https://..., each=release, for=30d)"
 * asks for. Words that are none of these are figures of the line and ask nothing; `rest` is what checks leave open.
 */
export function rulesOf(parameters: Readonly<Record<string, string>>): SignOffRules {
  const { approver, file, link } = parameters;
  const longestMs = parseDuration(parameters.for ?? "");
  return {
    ...(approver !== undefined && { approver }),
    ...(parameters["approver-differs"] === "yes" && { approverDiffers: true }),
    ...(file !== undefined && { file }),
    ...(link !== undefined && { link }),
    ...(parameters.each === "release" && { perRelease: true }),
    ...(longestMs !== undefined && { longestMs }),
  };
}

/** What cannot be meant as it stands: a rule that is not read is a rule nobody keeps. */
export function ruleMistake(parameters: Readonly<Record<string, string>>): string | undefined {
  for (const [name, value] of Object.entries(parameters)) {
    const wanted = EXPECTED[name];
    if (wanted && !wanted.test(value)) return `sign-off: ${name} is to be ${wanted.words}, not "${value}"`;
    if (WORDS.includes(name)) continue;
    const mistake = isFigureName(name)
      ? figureMistake({ [name]: value })
      : unknownParameter(name, [...WORDS, ...FIGURE_NAMES]);
    if (mistake !== undefined) return mistake;
  }
  return undefined;
}

const EXPECTED: Readonly<Record<string, { words: string; test(value: string): boolean }>> = {
  "approver-differs": { words: "yes or no", test: (value) => value === "yes" || value === "no" },
  rest: { words: "what is left to sign", test: (value) => value.trim() !== "" },
  link: { words: "an address", test: (value) => /^https?:\/\/\S+$/.test(value) },
  each: { words: "release", test: (value) => value === "release" },
  for: { words: "a length of time such as 30d", test: (value) => parseDuration(value) !== undefined },
};
