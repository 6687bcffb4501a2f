import { expect, test } from "vitest";
import type { DeployScene } from "../deploy/scene.ts";
import { openClock } from "../system/clock.ts";
import type { Output } from "../wiring.ts";
import { showSteps } from "./steps.ts";

test("two steps of one name are told apart by what they are about", () => {
  let told = "";
  const output: Output = {
    write: () => undefined,
    note: (text) => {
      told += text;
    },
    columns: 120,
    rows: 40,
    colour: false,
    interactive: false,
  };
  const scene = {
    launch: { name: "tiny" },
    environment: { name: "staging" },
    doors: { clock: openClock() },
  } as unknown as DeployScene;
  const { onEvent } = showSteps(output, { scene, quiet: false });
  for (const about of ["before the migration", "before the switch: b3 is recent enough"]) {
    onEvent({ step: "backup", state: "intent", detail: {} });
    onEvent({ step: "backup", state: "done", detail: { about } });
  }
  onEvent({
    step: "backup",
    state: "failed",
    detail: { about: "before the switch", reason: "no room\nFix: x" },
  });
  onEvent({ step: "stage", state: "intent", detail: {} });
  onEvent({ step: "stage", state: "done", detail: {} });
  const lines = told.split("\n").map((line) => line.replace(/[\d.]+ m?s$/, "<time>"));
  expect(lines).toEqual([
    "tiny · staging",
    "  ✓ backup    before the migration, <time>",
    "  ✓ backup    before the switch: b3 is recent enough, <time>",
    "  ✗ backup    before the switch: no room",
    "  ✓ stage     <time>",
    "",
  ]);
});

test("on a narrow terminal what is told beside a step goes on below it", () => {
  let told = "";
  const note = (text: string): void => {
    told += text;
  };
  const output = { write: () => undefined, note, columns: 40, rows: 40, colour: false, interactive: false };
  const scene = {
    launch: { name: "tiny" },
    environment: { name: "staging" },
    doors: { clock: openClock() },
  } as unknown as DeployScene;
  const { onEvent } = showSteps(output, { scene, quiet: false });
  onEvent({ step: "migrate", state: "skipped", detail: { reason: "no component of this launch migrates" } });
  expect(told).toBe("tiny · staging\n  - migrate   no component of this\n              launch migrates\n");
});
