import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { answerersOf } from "../../src/checklist/answerers.ts";
import { createLineBinder } from "../../src/checklist/binder/line-binder.ts";
import { prepared } from "../fixtures/prepared.ts";
import { publishedKinds } from "../fixtures/published-kinds.ts";

const answerers = answerersOf(publishedKinds().values());
const published = new Set(answerers.map(({ id }) => id));
const bind = createLineBinder(answerers, { prepared: prepared() });
const rows = readFileSync(path.join(import.meta.dirname, "worded.tsv"), "utf8")
  .trim()
  .split("\n");

const lines = rows.map((row) => {
  const [reference = "", above = "", text = "", label = ""] = row.split("\t");
  const right = label.split(" ");
  const ids = bind({ text, path: above.split(" > ") }).chosen.map(({ answerer }) => answerer.id);
  return { language: reference.split(":")[0] ?? "", text, right, ids };
});

it.each([...new Set(lines.map(({ language }) => language))])("%s is understood", (language) => {
  const own = lines.filter((line) => line.language === language);
  const wrong = own.filter(({ ids, right }) => ids.length > 0 && !ids.every((id) => right.includes(id)));
  const answerable = own.filter(({ right }) => !right.includes("?") && right.some((id) => published.has(id)));
  const missed = answerable.filter(({ ids, right }) => !ids.some((id) => right.includes(id)));
  const told = (found: typeof own) => found.map(({ text, ids }) => `${text} => ${ids.join(" ")}`);
  expect(wrong.length, told(wrong).join("\n")).toBeLessThanOrEqual(Math.max(3, own.length * 0.1));
  expect(missed.length, told(missed).join("\n")).toBeLessThanOrEqual(Math.max(3, answerable.length * 0.15));
});
