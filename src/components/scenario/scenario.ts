import { defineComponent } from "../../model/component.ts";
import { walked } from "./checks.ts";
import { scenarioOptions } from "./options.ts";

/** A walk through the application as its users take it: register, log in, create, read back. */
export const scenario = defineComponent({
  kind: "scenario",
  summary:
    "A walk through the deployed application as its users take it: named steps, each with what it must answer.",
  options: scenarioOptions,
  variables: () => [],
  checks: [walked],
  answers: ({ answers }) => (answers.length === 0 ? [] : [{ check: walked.id, asks: answers }]),
});
