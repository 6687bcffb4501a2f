import { rememberedBelow } from "../vocabulary/remembered.ts";
import type { BindingLine } from "./binding-line.ts";

const MOST_PARTS = 8;
const BETWEEN =
  /\s*(?:[，、；]|[,;](?=\s|\p{Script=Han})|\s(?:and|und|et|y|e|och|&|\+)\s)\s*(?:(?:and|und|et|y|och)\s)?/u;

/** "Security: no secrets in code, HTTPS enabled, headers set" asks for three things, below "Security". */
export const partsOf = rememberedBelow(({ text, path }: BindingLine): BindingLine[] => {
  const [, lead, rest] = /^([^:,;()]{1,40}):\s+(\S.*)$/s.exec(text) ?? [];
  const words = (rest ?? text).replace(/\([^()]*\)/g, " ").trim();
  const parts = words
    .split(BETWEEN)
    .map((part) => part.trim())
    .filter((part) => part !== "");
  if (parts.length < 2 || parts.length > MOST_PARTS) return [];
  // "MEDIA_ROOT and STATIC_ROOT are writable" says one thing of both.
  const names = parts.filter((part) => /^[A-Z][A-Z0-9]*_[A-Z0-9_]*$/.test(part)).length;
  if (names > 0 && names < parts.length) return [];
  const above = lead === undefined ? path : [...path, lead];
  return parts.map((part) => ({ text: part, path: above }));
});

/** "Lockfile committed; team is trained" says two things; one word ("p=none") is a part of what stands before it. */
export function clausesOf({ text, path }: BindingLine): BindingLine[] {
  const clauses = text
    .replace(/\([^()]*\)/g, " ")
    .split(/[;；]\s+|；/)
    .map((clause) => clause.trim());
  const areWhole = clauses.length > 1 && clauses.every((clause) => /\S\s+\S|\p{Lo}{4}/u.test(clause));
  return areWhole ? clauses.map((clause) => ({ text: clause, path })) : [];
}
