import { defineComponent } from "../../model/component.ts";
import { tokenLifetime, tokenNoFunds, tokenNotYours, tokenSessionOver } from "./checks.ts";
import { rtcOptions } from "./options.ts";

/** Live calls by tokens that the application signs (Agora, LiveKit): who gets one, and for how long. */
export const rtc = defineComponent({
  kind: "rtc",
  summary: "Live calls: who gets a token to join, who does not, and how long it lives.",
  options: rtcOptions,
  variables: ({ appIdVariable, certificateVariable }) => [
    {
      name: appIdVariable,
      is: { type: "hex", lengthBytes: 16 },
      required: true,
      secret: false,
      description: "The application's id at the call provider (Agora: App ID).",
    },
    {
      name: certificateVariable,
      is: { type: "hex", lengthBytes: 16 },
      required: true,
      secret: true,
      description: "The certificate that call tokens are signed with (Agora: App Certificate).",
    },
  ],
  checks: [tokenLifetime, tokenNoFunds, tokenNotYours, tokenSessionOver],
});
