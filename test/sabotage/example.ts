import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CheckRecord } from "../../src/cli/output/check-contract.ts";
import type { DeployRecord } from "../../src/cli/records.ts";
import { linesOf, sharedPart, turnedAnswers, turnedLines } from "./board.ts";
import { broken } from "./break.ts";
import { look } from "./look.ts";
import type { Round } from "./sabotage.ts";
import { copyExample, type SoulSeer } from "./soulseer.ts";

/** Launches a copy of an example and breaks it, round by round: each sabotage turns its own lines and no others. */
export function expectSabotaged(name: string, rounds: readonly Round[]): void {
  let app: SoulSeer;
  let healthy: { readonly check: CheckRecord; readonly deploy: CheckRecord };
  beforeAll(async () => {
    app = await copyExample(name, makeHasty);
    const { deploy, check: deployed } = await app.run<DeployRecord>("deploy", "--env", "staging");
    expect(deploy).toMatchObject({ state: "done", reason: null });
    const check = await look(app, "check");
    expect(check.go).toBe(true);
    healthy = { check, deploy: sharedPart(check, deployed ?? check) };
  }, 180_000);
  afterAll(() => app?.[Symbol.asyncDispose]());

  describe.each(rounds)("$name", ({ sabotages, look: by }) => {
    let before: CheckRecord;
    let after: CheckRecord;
    beforeAll(async () => {
      before = by === "deploy" ? healthy.deploy : healthy.check;
      await using _ = await broken(
        app,
        sabotages.flatMap(({ changes }) => changes),
      );
      after = await look(app, by);
    }, 180_000);

    it.each(sabotages)("$name", ({ turns }) => {
      expect(turnedAnswers(before, after)).toMatchObject(turns);
    });

    it("turns these lines and no others", () => {
      const turns = Object.fromEntries(sabotages.flatMap((each) => Object.entries(each.turns)));
      expect(turnedAnswers(before, after)).toEqual(turns);
      expect(turnedLines(before, after)).toEqual(linesOf(turns, before, app.read("LAUNCH.md")));
      expect(after.go).toBe(false);
    });
  });
}

/** Staging's variables for the copy's own port, a test that takes no time, and a short watch. */
async function makeHasty(app: SoulSeer): Promise<void> {
  execFileSync(process.execPath, ["scripts/staging-variables.ts"], { cwd: app.directory });
  const change = (file: string, from: string | RegExp, to: string) => {
    const text = app.read(file);
    if (text.search(from) < 0) throw new Error(`${file} does not hold: ${from}`);
    app.write(file, text.replace(from, to));
  };
  const port = /local\(\{ port: (\d+)/.exec(app.read("gonogo.config.ts"))?.[1] ?? "";
  change(".env.staging", "8443", port);
  change("gonogo.config.ts", 'test: "npm test"', 'test: "node test/quick.mjs"');
  change("gonogo.config.ts", 'bake: "3s"', 'bake: "500ms"');
  // What is broken is to be told, not to be sent back.
  change("gonogo.config.ts", /\n {4}rollbackOn: \[[^\]]*\],/, "");
  app.write("test/quick.mjs", "");
  app.commit("Ports of its own, and less patience");
}
