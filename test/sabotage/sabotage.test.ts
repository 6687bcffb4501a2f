import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CheckRecord } from "../../src/cli/output/check-contract.ts";
import type { DeployRecord } from "../../src/cli/records.ts";
import { linesOf, turnedAnswers, turnedLines } from "./board.ts";
import { broken } from "./break.ts";
import { look } from "./look.ts";
import { ROUNDS } from "./rounds.ts";
import type { Turns } from "./sabotage.ts";
import { copySoulSeer, type SoulSeer } from "./soulseer.ts";

let app: SoulSeer;
let healthy: CheckRecord;
beforeAll(async () => {
  app = await copySoulSeer();
  const { deploy } = await app.run<DeployRecord>("deploy", "--env", "staging");
  expect(deploy).toMatchObject({ state: "done", reason: null });
  healthy = await look(app, "check");
  expect(healthy.go).toBe(true);
});
afterAll(() => app[Symbol.asyncDispose]());

describe.each(ROUNDS)("$name", (round) => {
  let board: CheckRecord;
  beforeAll(async () => {
    await using _ = await broken(
      app,
      round.sabotages.flatMap(({ changes }) => changes),
    );
    board = await look(app, round.look);
  });

  it.each(round.sabotages)("$name", ({ turns }) => {
    const turned = turnedAnswers(healthy, board);
    expect(Object.fromEntries(Object.keys(turns).map((key) => [key, turned[key]]))).toEqual(turns);
  });

  it("turns these lines and no others", () => {
    const turns: Turns = Object.assign({}, ...round.sabotages.map((each) => each.turns));
    expect(turnedAnswers(healthy, board)).toEqual(turns);
    expect(turnedLines(healthy, board)).toEqual(linesOf(turns, healthy, app.read("LAUNCH.md")));
    expect(board.go).toBe(!Object.values(turns).includes("failing"));
  });
});

it("is healthy again when everything is taken back", async () => {
  const board = await look(app, "check");
  expect(turnedAnswers(healthy, board)).toEqual({});
  expect(board.go).toBe(true);
});
