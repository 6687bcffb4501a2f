import { keptWord, provisionStandIn } from "../../facts/stand-in.ts";
import { defineComponent } from "../../model/component.ts";
import { keyScope, quota, reachable } from "./checks.ts";
import { serviceOptions } from "./options.ts";
import { variablesOf } from "./vendor.ts";
import { VENDORS } from "./vendors.ts";

/** An API of somebody else that the application cannot do without. */
export const service = defineComponent({
  kind: "service",
  summary:
    "An outside service (OpenAI, SendGrid, LiveKit, Mux, GetStream): its keys, whether it knows them, its limits.",
  options: serviceOptions,
  variables: ({ vendor }) => variablesOf(VENDORS[vendor]),
  provision: (request) =>
    provisionStandIn(request, {
      line: request.options.standIn,
      told: `a stand-in for ${VENDORS[request.options.vendor].title}`,
      async values(port) {
        const word = await keptWord(request, { file: "stand-in-keys", bytes: 48 });
        return VENDORS[request.options.vendor].standIn(word, port);
      },
    }),
  checks: [reachable, quota, keyScope],
  answers: ({ answers }) => (answers.length === 0 ? [] : [{ check: reachable.id, asks: answers }]),
});
