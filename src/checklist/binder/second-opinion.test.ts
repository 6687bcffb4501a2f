import { expect, it } from "vitest";
import type { Shares } from "../classifier/classifier.ts";
import type { Bound } from "./bind.ts";
import type { Candidate } from "./score.ts";
import { LEAST_LIKENESS, LEAST_TOGETHER, likelyOnes, withSecondOpinion } from "./second-opinion.ts";

/** Candidates by id, as sure as their words make them. */
function bound(confidences: Record<string, number>, chosen: readonly string[]): Bound {
  const candidates = Object.entries(confidences).map(([id, confidence]): Candidate => {
    const answerer = { id, kinds: [], title: id, asks: [] };
    const phrase = { answerer, text: id, meanings: [], numbers: [] };
    return { answerer, confidence, asked: phrase, matched: [], open: [], isContested: false };
  });
  return { chosen: candidates.filter(({ answerer }) => chosen.includes(answerer.id)), candidates };
}

function shares(known: Record<string, number>): Shares {
  const likely = (least: number) => Object.keys(known).filter((id) => (known[id] ?? 0) >= least);
  return { of: (id) => known[id], likely, reasonsFor: () => ["word"] };
}

const idsOf = ({ chosen }: Bound): string[] => chosen.map(({ answerer }) => answerer.id);

it("lifts what lines in such words ask for, and tells both opinions", () => {
  const judged = withSecondOpinion(bound({ a: 0.5, b: 0.4 }, []), shares({ a: 0.1, b: 0.9 }));
  expect(idsOf(judged)).toEqual(["b"]);
  expect(judged.chosen[0]).toMatchObject({ worded: 0.4, likeness: 0.9 });
  expect(judged.chosen[0]?.confidence).toBeCloseTo(0.7);
  expect(judged.chosen[0]?.likeBy?.()).toEqual(["word"]);
});

it("leaves to people what the words ask for and such lines do not", () => {
  const judged = withSecondOpinion(bound({ a: 0.8 }, ["a"]), shares({ a: 0.05, b: 0.9 }));
  expect(idsOf(judged)).toEqual([]);
  expect(judged.candidates.map(({ confidence }) => confidence)).toEqual([expect.closeTo(0.35)]);
});

it("takes what is asked together for one: such lines ask for any of them", () => {
  const judged = withSecondOpinion(bound({ a: 0.7, b: 0.7 }, ["a", "b"]), shares({ a: 0.55, b: 0.1 }));
  expect(idsOf(judged)).toEqual(["a", "b"]);
});

it("goes by a declaration's own words, whatever other teams' lines ask for", () => {
  const { chosen, candidates } = bound({ a: 0.9, b: 0.85 }, ["a"]);
  const declared = chosen.map((each) => ({ ...each, answerer: { ...each.answerer, isDeclared: true } }));
  const all = [...declared, ...candidates.filter(({ answerer }) => answerer.id === "b")];
  const judged = withSecondOpinion({ chosen: declared, candidates: all }, shares({ a: 0, b: 1 }));
  expect(idsOf(judged)).toEqual(["a"]);
});

it("goes by what such lines ask for where no way to ask is said, if that is sure enough", () => {
  const { candidates } = bound({ a: 0, b: 0 }, []);
  const answerers = new Map(candidates.map(({ answerer }) => [answerer.id, answerer]));
  const silent: Bound = { chosen: [], candidates: [] };
  const judged = (likeness: number): Bound => {
    const opinion = shares({ a: likeness, gone: 0.99 });
    return withSecondOpinion({ ...silent, candidates: likelyOnes(silent, opinion, answerers) }, opinion);
  };
  expect(idsOf(judged(LEAST_LIKENESS))).toEqual(["a"]);
  expect(judged(LEAST_LIKENESS).chosen[0]?.asked).toBeUndefined();
  expect(idsOf(judged(LEAST_LIKENESS - 0.01))).toEqual([]);
});

it("decides nothing by words that are hardly said, which only reasons are given with", () => {
  expect(idsOf(withSecondOpinion(bound({ a: 0.3 }, []), shares({ a: 0.75 })))).toEqual([]);
  expect(idsOf(withSecondOpinion(bound({ a: 0.36 }, []), shares({ a: 0.75 })))).toEqual(["a"]);
});

it("goes by the words alone where nobody labelled a line", () => {
  const just = withSecondOpinion(bound({ own: 0.66 }, ["own"]), shares({ a: 1 }));
  expect(idsOf(just)).toEqual(["own"]);
  expect(just.chosen[0]?.confidence).toBeGreaterThan(LEAST_TOGETHER);
  expect(idsOf(withSecondOpinion(bound({ own: 0.6 }, []), shares({ a: 1 })))).toEqual([]);
});
