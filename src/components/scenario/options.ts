import { z } from "zod";
import { stepsOption } from "../../facts/walk-options.ts";

export const scenarioOptions = z.strictObject({
  answers: z
    .array(z.string().min(1))
    .default([])
    .describe('How your checklist asks for it: ["Test user registration"]; import binds such lines to it.'),
  steps: stepsOption.describe(
    "Requests (or commands) in their order, with what each must answer. Only where the environment allows active probes.",
  ),
  afterwards: stepsOption
    .optional()
    .describe("Steps that clean up, taken whatever happened before, each on its own."),
});

export type ScenarioOptions = z.output<typeof scenarioOptions>;
