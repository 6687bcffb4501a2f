import { defineComponent } from "../../model/component.ts";
import { authRequired, capacity, messageRoundTrip, reconnect } from "./checks.ts";
import { realtimeOptions } from "./options.ts";

/** What people see of each other at once: Socket.IO, or JSON over WebSockets. */
export const realtime = defineComponent({
  kind: "realtime",
  summary:
    "Live updates by Socket.IO or WebSocket: who is let in, who hears what, how many, and after a cut.",
  options: realtimeOptions,
  variables: () => [],
  answers: ({ answers }) => (answers.length === 0 ? [] : [{ check: messageRoundTrip.id, asks: answers }]),
  checks: [authRequired, messageRoundTrip, capacity, reconnect],
});
