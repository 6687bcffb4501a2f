import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CheckRecord } from "../../src/cli/output/contracts/check.ts";
import type { DeployRecord } from "../../src/cli/records.ts";
import { linesOf, sharedPart, turnedAnswers, turnedLines, withoutFirst } from "./board.ts";
import { broken } from "./break.ts";
import type { ExampleCopy } from "./example-copy.ts";
import { look, lookAgain } from "./look.ts";
import type { Round, Sabotage, Turns } from "./sabotage.ts";

/**
 * Launches a copy of an example and breaks it, round by round: each sabotage turns its own lines and no others. After
 * the first rounds everything is whole again; what the `lasting` ones leave behind only time mends.
 */
export function expectSabotaged(
  copy: () => Promise<ExampleCopy>,
  { rounds, lasting = [] }: { readonly rounds: readonly Round[]; readonly lasting?: readonly Round[] },
): void {
  const isLookedAt = [...rounds, ...lasting].some((round) => round.look !== "deploy");
  let app: ExampleCopy;
  // Whoever looks at nothing but deploys compares the second with the first.
  const seen = (board: CheckRecord) => (isLookedAt ? board : withoutFirst(board));
  /** The board of what runs, and the part of it that a deploy asks. */
  let healthy: { readonly check: CheckRecord; readonly deploy: CheckRecord };
  beforeAll(async () => {
    app = await copy();
    const { deploy, check: deployed } = await app.run<DeployRecord>("deploy", "--env", "staging");
    expect(deploy).toMatchObject({ state: "done", reason: null });
    if (!deployed) throw new Error("the deploy judged nothing");
    const check = isLookedAt ? await look(app, "check") : withoutFirst(deployed);
    expect(check.go).toBe(true);
    healthy = { check, deploy: isLookedAt ? sharedPart(check, deployed) : check };
  }, 180_000);
  afterAll(() => app?.[Symbol.asyncDispose]());

  describe.each(rounds)("$name", expectExactly);

  if (lasting.length > 0) {
    it("is healthy again when everything is taken back", async () => {
      const board = await look(app, "check");
      expect(turnedAnswers(healthy.check, board)).toEqual({});
      expect(board.go).toBe(true);
    });
  }

  describe.each(lasting)("$name", expectExactly);

  function expectExactly(round: Round): void {
    const { sabotages, always = {}, afterwards = [], given = [] } = round;
    let before: CheckRecord;
    let first: CheckRecord;
    let again: CheckRecord | undefined;
    beforeAll(async () => {
      before = round.look === "production" ? await lookGiven() : healthy[round.look];
      const changes = [...sabotages, ...afterwards].flatMap((each) => each.changes);
      await using _ = await broken(app, [...given, ...changes]);
      first = seen(await look(app, round.look));
      if (afterwards.length > 0) again = seen(await lookAgain(app, round.look));
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
}

function allOf(sabotages: readonly Sabotage[]): Turns {
  const all = sabotages.flatMap(({ turns }) => Object.entries(turns));
  const turns = Object.fromEntries(all);
  // Two that turn the same answer could not be told apart.
  expect(Object.keys(turns)).toHaveLength(all.length);
  return turns;
}
