import { keptWord, provisionStandIn } from "../../facts/stand-in.ts";
import { defineComponent } from "../../model/component.ts";
import { trackingReceives, trackingScrubbed } from "./checks.ts";
import { errorsOptions } from "./options.ts";

/** The tracker that the application tells its errors: Sentry, or what speaks its envelopes (GlitchTip, Bugsink). */
export const errors = defineComponent({
  kind: "errors",
  summary: "Sentry, or a tracker that speaks its protocol: errors arrive, with release and without secrets.",
  options: errorsOptions,
  variables: ({ dsnVariable, tokenVariable, apiUrlVariable }) => [
    {
      name: dsnVariable,
      is: {
        type: "string",
        pattern: "^https?://[0-9a-fA-F]{16,}(:[0-9a-fA-F]+)?@[^/\\s]+(/[^/\\s]+)*/[0-9]+$",
      },
      required: true,
      // It lets anybody send events, and browsers hold it: not a secret.
      secret: false,
      description: "Where errors are sent: https://key@host/project (Settings, Client Keys).",
    },
    {
      name: tokenVariable,
      is: { type: "string" },
      required: false,
      secret: true,
      description: "Token with project:read, by which checks look for the error they provoked.",
    },
    {
      name: apiUrlVariable,
      is: { type: "url", protocols: ["https", "http"] },
      required: false,
      secret: false,
      description: "Where the tracker's API is reached.",
      default: "https://sentry.io",
    },
  ],
  provision: (request) =>
    provisionStandIn(request, {
      line: request.options.standIn,
      told: "a stand-in for the error tracker",
      async values(port) {
        const { dsnVariable, tokenVariable, apiUrlVariable } = request.options;
        const word = await keptWord(request, { file: "stand-in-keys", bytes: 48 });
        return {
          [dsnVariable]: `http://${word.slice(0, 32)}@127.0.0.1:${port}/1`,
          [tokenVariable]: word.slice(32),
          [apiUrlVariable]: `http://127.0.0.1:${port}`,
        };
      },
    }),
  checks: [trackingReceives, trackingScrubbed],
});
