import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CheckRecord } from "../../src/cli/output/check-contract.ts";
import type { DeployRecord } from "../../src/cli/records.ts";
import { linesOf, sharedPart, turnedAnswers, turnedLines } from "./board.ts";
import { broken } from "./break.ts";
import { look, lookAgain } from "./look.ts";
import { LASTING, PASSING } from "./rounds.ts";
import type { Round, Sabotage, Turns } from "./sabotage.ts";
import { copySoulSeer, type SoulSeer } from "./soulseer.ts";

let app: SoulSeer;
/** The board of what runs, and the part of it that a deploy asks. */
let healthy: { readonly check: CheckRecord; readonly deploy: CheckRecord };
beforeAll(async () => {
  app = await copySoulSeer();
  const { deploy, check: deployed } = await app.run<DeployRecord>("deploy", "--env", "staging");
  expect(deploy).toMatchObject({ state: "done", reason: null });
  const check = await look(app, "check");
  expect(check.go).toBe(true);
  healthy = { check, deploy: sharedPart(check, deployed ?? check) };
}, 180_000);
afterAll(() => app[Symbol.asyncDispose]());

describe.each(PASSING)("$name", expectExactly);

it("is healthy again when everything is taken back", async () => {
  const board = await look(app, "check");
  expect(turnedAnswers(healthy.check, board)).toEqual({});
  expect(board.go).toBe(true);
});

describe.each(LASTING)("$name", expectExactly);

function expectExactly(round: Round): void {
  const { sabotages, always = {}, afterwards = [], given = [] } = round;
  let before: CheckRecord;
  let first: CheckRecord;
  let again: CheckRecord | undefined;
  beforeAll(async () => {
    before = round.look === "production" ? await lookGiven() : healthy[round.look];
    const changes = [...sabotages, ...afterwards].flatMap((each) => each.changes);
    await using _ = await broken(app, [...given, ...changes]);
    first = await look(app, round.look);
    if (afterwards.length > 0) again = await lookAgain(app, round.look);
  }, 180_000);

  it.each(sabotages)("$name", ({ turns }) => {
    expect(turnedAnswers(before, first)).toMatchObject(turns);
  });

  it.each(afterwards)("$name, seen when it is tried again", ({ turns }) => {
    expect(again && turnedAnswers(before, again)).toMatchObject(turns);
  });

  it("turns these lines and no others", () => {
    expectOnly(first, { ...always, ...allOf(sabotages) });
    if (again) expectOnly(again, { ...always, ...allOf([...sabotages, ...afterwards]) });
  });

  async function lookGiven(): Promise<CheckRecord> {
    await using _ = await broken(app, given);
    return await look(app, round.look);
  }

  function expectOnly(board: CheckRecord, turns: Turns): void {
    expect(turnedAnswers(before, board)).toEqual(turns);
    expect(turnedLines(before, board)).toEqual(linesOf(turns, before, app.read("LAUNCH.md")));
    expect(board.go).toBe(false);
  }
}

function allOf(sabotages: readonly Sabotage[]): Turns {
  const all = sabotages.flatMap(({ turns }) => Object.entries(turns));
  const turns = Object.fromEntries(all);
  // Two that turn the same answer could not be told apart.
  expect(Object.keys(turns)).toHaveLength(all.length);
  return turns;
}
