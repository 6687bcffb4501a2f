import type { StepEvent } from "../deploy/journal.ts";
import type { DeployScene } from "../deploy/scene.ts";
import { STEPS } from "../model/deploy.ts";
import { formatDuration } from "../model/duration.ts";
import type { Output } from "../wiring.ts";
import { cropped, textWidth, wrap } from "./output/plain-text.ts";
import { startProgress } from "./output/progress.ts";

const MARKS = { done: "✓", skipped: "-", failed: "✗", undone: "↩" } as const;
const WIDTH = Math.max(...STEPS.map((step) => step.length));

/** A line for each step of a deploy as it ends; the one under way is the progress line. Silent for machines. */
export function showSteps(
  output: Output,
  { scene, quiet }: { scene: DeployScene; quiet: boolean },
): { onEvent(event: StepEvent): void; end(): void } {
  if (quiet) return { onEvent: () => undefined, end: () => undefined };
  const { launch, environment, doors } = scene;
  // A log shows each step as it ends; only a person needs to see the one under way.
  const progress = startProgress(output, { quiet: !output.interactive });
  output.note(`${launch.name} · ${environment.name}\n`);
  let startedAt = doors.clock.monotonicMs();
  return {
    onEvent({ step, state, detail }) {
      const reason = typeof detail.reason === "string" ? detail.reason : "";
      const about = typeof detail.about === "string" ? detail.about : "";
      if (state === "intent") {
        startedAt = doors.clock.monotonicMs();
        progress.update(about === "" ? step : `${step} ${about}`);
        return;
      }
      progress.end();
      if (state === "note") output.note(`  ! ${step} ${reason}\n`);
      else {
        const took = state === "done" ? formatDuration(doors.clock.monotonicMs() - startedAt) : reason;
        const [first = ""] = took.split("\n");
        const told = about === "" ? first : `${about}${state === "done" ? ", " : ": "}${first}`;
        output.note(`  ${MARKS[state]} ${step.padEnd(WIDTH)}  ${besideStep(told, state, output)}\n`);
      }
    },
    end: () => progress.end(),
  };
}

const COLUMN = WIDTH + 6;

/** Why a step failed stands below all of them, whole; what else is told has no other place. */
function besideStep(told: string, state: keyof typeof MARKS, { columns }: Pick<Output, "columns">): string {
  const room = textWidth(columns) - COLUMN;
  return state === "failed" ? cropped(told, room) : wrap(told, room).join(`\n${" ".repeat(COLUMN)}`);
}
