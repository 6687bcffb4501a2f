import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CheckRecord } from "../../src/cli/output/check-contract.ts";
import type { DeployRecord } from "../../src/cli/records.ts";
import { turnedAnswers, turnedLines } from "../sabotage/board.ts";
import { broken } from "../sabotage/break.ts";
import type { Sabotage, Turns } from "../sabotage/sabotage.ts";
import type { SoulSeer } from "../sabotage/soulseer.ts";
import { copyExample } from "./copy-example.ts";

/** Nothing is to be migrated the second time, and a release's schedules begin when it goes live. */
const BY_ITSELF = /\/(postgres\.migration\.safe|cron\.registered)$/;

/**
 * Deploys the example, then tries to deploy it broken in all these ways at once: the second must be stopped before it
 * goes live, and each sabotage must turn its own answers and lines and no others.
 */
export function expectTurned(name: "snuggles" | "vocilia", sabotages: readonly Sabotage[]): void {
  describe(name, () => {
    let app: SoulSeer;
    let healthy: CheckRecord;
    let board: CheckRecord;
    beforeAll(async () => {
      app = await copyExample(name);
      healthy = await deploy("done");
      await using _ = await broken(
        app,
        sabotages.flatMap(({ changes }) => changes),
      );
      board = await deploy("failed");
    }, 300_000);
    afterAll(() => app[Symbol.asyncDispose](), 60_000);

    async function deploy(expected: string): Promise<CheckRecord> {
      const { deploy: run, check } = await app.run<DeployRecord>("deploy", "--env", "staging");
      const step = run.reason?.split(":")[0];
      if (run.state !== expected || check === null || (expected === "failed" && step !== "verify"))
        throw new Error(`the deploy is ${run.state}: ${run.reason}`);
      return check;
    }

    it("is GO as it is, and its deploy goes through", () => {
      expect(healthy.go).toBe(true);
      expect(board.go).toBe(false);
    });

    it.each(sabotages)("shows who should $name", ({ turns }) => {
      expect(turnedAnswers(healthy, board)).toMatchObject(turns);
    });

    it("turns these answers and their lines, and no others", () => {
      const turns = Object.fromEntries(sabotages.flatMap((each) => Object.entries(each.turns)));
      const turned = Object.entries(turnedAnswers(healthy, board)).filter(
        ([id, state]) => state !== "not applicable" || !BY_ITSELF.test(id),
      );
      expect(Object.fromEntries(turned)).toEqual(turns);
      const lines = turnedLines(healthy, board).filter((id) => !BY_ITSELF.test(id));
      expect(lines).toEqual(linesOf(turns, healthy, app.read("LAUNCH.md")));
    });
  });
}

/** Due lines whose comment names one of these checks, of any component or of this one. */
function linesOf(turns: Turns, healthy: CheckRecord, checklist: string): string[] {
  const text = checklist.split("\n");
  const names = new Set(Object.keys(turns).flatMap((key) => [key, key.slice(key.indexOf("/") + 1)]));
  const turned = healthy.items.filter(({ id, line, state }) => {
    if (state === "not due") return false;
    if (line === null) return names.has(id);
    const named = /<!-- gonogo: (.*?) -->/.exec(text[line - 1] ?? "")?.[1]?.split(", ") ?? [];
    return named.some((each) => names.has(each));
  });
  return turned.map(({ id }) => id).sort();
}
