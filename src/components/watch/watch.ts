import { defineComponent } from "../../model/component.ts";
import { watchOptions } from "./options.ts";
import { availabilityMet, errorsMet, latencyMet } from "./promise-checks.ts";
import { statusPageAnswers } from "./status-page-check.ts";
import { monitorExists, routeExists } from "./watcher-checks.ts";

/** Every launch has it with its default options; a declaration of its own sets them. */
export const watch = defineComponent({
  kind: "watch",
  summary: "Whether it is watched, whether anybody is told, and whether the promises hold.",
  options: watchOptions,
  variables: () => [],
  checks: [monitorExists, routeExists, availabilityMet, errorsMet, latencyMet, statusPageAnswers],
});
