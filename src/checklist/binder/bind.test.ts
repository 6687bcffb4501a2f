import { expect, it } from "vitest";
import { publishedKinds } from "../../../test/fixtures/published-kinds.ts";
import { answerersOf } from "../answerers.ts";
import type { Answerer } from "./answerer.ts";
import { readAsks } from "./ask-table.ts";
import { createBinder } from "./bind.ts";

const published = answerersOf(publishedKinds().values());
const asks = readAsks(published);
const LINES = ["HTTPS enabled", "Datenbank gesichert", "Rollback rehearsed", "all services are running"];

it("binds by what was read before as by what it reads itself, and reads nothing anew", () => {
  const readings = () => {
    throw new Error("it reads anew");
  };
  const before = createBinder(published, { read: { asks, readings } });
  const itself = createBinder(published);
  for (const text of LINES) {
    expect(before({ text, path: [] })).toEqual(itself({ text, path: [] }));
    expect(before({ text, path: [] }).chosen).not.toEqual([]);
  }
});

it("reads anew where a declaration can answer, too", () => {
  const own: Answerer = {
    id: "signup/scenario.passes",
    kinds: ["scenario"],
    title: "signup",
    asks: ["the zebra crossing wizard works"],
    isDeclared: true,
  };
  const binder = createBinder([...published, own], { read: { asks, readings: () => new Map() } });
  const { chosen } = binder({ text: "The zebra crossing wizard works", path: [] });
  expect(chosen.map(({ answerer }) => answerer)).toEqual([own]);
});

it("takes everything that a declaration gives a line to, whatever it is of", () => {
  const asks = ["Phase 5: the zebra is groomed"];
  const own = ["repo.test.green", "repo.document.present", "signup/scenario.passes"].map(
    (id): Answerer => ({ id, kinds: [], title: "", asks, isDeclared: true }),
  );
  const binder = createBinder([...published, ...own]);
  const { chosen } = binder({ text: "Phase 5: The zebra is groomed", path: [] });
  expect(chosen.map(({ answerer }) => answerer.id).sort()).toEqual(own.map(({ id }) => id).sort());
});
