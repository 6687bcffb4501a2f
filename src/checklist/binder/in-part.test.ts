import { expect, it } from "vitest";
import { type Binder, createBinder } from "./bind.ts";
import { bindInPart } from "./in-part.ts";
import { bindByItsWords } from "./reading.ts";

const byWords = createBinder(
  Object.entries({
    "repo.secret.scan-tree": ["no secrets in git", "secrets are not in git"],
    "config.env.dotenv-ignored": [".env is ignored", ".env in gitignore"],
    "repo.test.green": ["tests pass", "all tests pass"],
    "drill.restore": ["restore rehearsed", "restore drill held"],
  }).map(([id, asks]) => ({ id, kinds: [], title: id, asks })),
);
const bind: Binder = (line) => bindByItsWords(line, byWords);

it.each<[text: string, checks: readonly string[], rest: readonly string[] | undefined]>([
  [
    "Secrets are not in git, .env is ignored, and keys are rotated",
    ["config.env.dotenv-ignored", "repo.secret.scan-tree"],
    ["keys are rotated"],
  ],
  ["All tests pass; team is trained", ["repo.test.green"], ["team is trained"]],
  [
    "All tests pass; the team in Oslo knows what to do",
    ["repo.test.green"],
    ["the team in Oslo knows what to do"],
  ],
  ["Restore rehearsed, team is trained", ["drill.restore"], ["team is trained"]],
  ["Team is trained; runbook is written", [], undefined],
  ["All tests pass; secrets are not in git", ["repo.secret.scan-tree", "repo.test.green"], undefined],
  // A comment names checks or one drill.
  ["Restore rehearsed, all tests pass, team is trained", [], undefined],
])("%s", (text, checks, rest) => {
  const line = { text, path: [] };
  const bound = bindInPart(line, bind(line), bind);
  expect(bound.chosen.map(({ answerer }) => answerer.id).sort()).toEqual(checks);
  expect(bound.rest).toEqual(rest);
});

it("leaves a part to what answers the whole of a line", () => {
  const line = { text: "All tests pass, tests are green, .env is ignored, secrets are not in git", path: [] };
  const [tests] = bind({ text: "All tests pass", path: [] }).chosen;
  const bound = bindInPart(line, { chosen: tests ? [tests] : [], candidates: [] }, bind);
  expect(bound.rest).toBeUndefined();
});

it("leaves to a person what stands behind a semicolon and nothing answers, though something answers the line", () => {
  const line = { text: "All tests pass; team is trained", path: [] };
  const { chosen } = bind({ text: "All tests pass", path: [] });
  expect(bindInPart(line, { chosen, candidates: [] }, bind).rest).toEqual(["team is trained"]);
  const name = { text: "All tests pass; trained", path: [] };
  expect(bindInPart(name, { chosen, candidates: [] }, bind).rest).toBeUndefined();
});
