import type { Sabotage } from "../sabotage.ts";

const WEBHOOK = "src/wallet/stripe-webhook.ts";
const SIGNATURE = "src/wallet/stripe-signature.ts";
const ROUTES = "src/sessions/routes.ts";

export const money: readonly Sabotage[] = [
  {
    name: "believe an event that nobody signed",
    changes: [{ in: WEBHOOK, replace: "if (!signed) throw", by: "if (!signed && header) throw" }],
    turns: { "payments/webhook.signature.required": "failing" },
  },
  {
    name: "believe an event that was signed long ago",
    changes: [{ in: SIGNATURE, replace: "TOLERANCE_SECONDS = 300", by: "TOLERANCE_SECONDS = 300_000_000" }],
    turns: { "payments/webhook.timestamp.tolerance": "failing" },
  },
  {
    name: "credit an event each time it is delivered",
    changes: [
      { in: WEBHOOK, replace: "if (first.length === 0) return", by: "if (first.length > 1) return" },
      {
        in: WEBHOOK,
        replace: "{credit.checkout}`",
        by: "{credit.checkout + first.length}`",
      },
    ],
    turns: { "payments/webhook.replay.idempotent": "failing" },
  },
  {
    name: "hand out call tokens that live for a day",
    changes: [
      {
        in: "src/sessions/rtc-token.ts",
        replace: "RTC_TOKEN_SECONDS = 1_200",
        by: "RTC_TOKEN_SECONDS = 86_400",
      },
    ],
    turns: { "calls/rtc.token.lifetime": "failing" },
  },
  {
    name: "tell an empty wallet that it is forbidden",
    changes: [{ in: ROUTES, replace: 'Refusal(402, "no-funds"', by: 'Refusal(403, "no-funds"' }],
    turns: { "calls/rtc.token.no-funds": "failing" },
  },
  {
    name: "let anybody join anybody's session",
    changes: [
      {
        in: ROUTES,
        replace: "session.clientId !== me.id && session.readerId !== me.id",
        by: 'session.clientId !== me.id && me.id === ""',
      },
    ],
    turns: { "calls/rtc.token.not-yours": "failing" },
  },
  {
    name: "let people into a session that is over",
    changes: [
      {
        in: ROUTES,
        replace: "if (isOver(found.session.state)) throw",
        by: "if (isOver(found.session.state) && found.session.rateMinor === 0n) throw",
      },
    ],
    turns: { "calls/rtc.token.session-over": "failing" },
  },
  {
    name: "check the signature of what was parsed, not of what came",
    changes: [
      {
        in: WEBHOOK,
        replace: "body: request.body,\n        header:",
        by: 'body: Buffer.from(JSON.stringify(JSON.parse(request.body.toString("utf8")))),\n        header:',
      },
    ],
    turns: { "payments/webhook.signature.raw-body": "failing" },
  },
];

export const moneyAgain: readonly Sabotage[] = [
  {
    name: "believe any signature",
    changes: [
      {
        in: SIGNATURE,
        replace: 'timingSafeEqual(Buffer.from(value ?? "", "hex"), expected);',
        by: 'timingSafeEqual(Buffer.from(value ?? "", "hex"), expected) || expected.length > 0;',
      },
    ],
    turns: { "payments/webhook.signature.required": "failing" },
  },
  {
    name: "credit each event of one payment",
    changes: [
      {
        in: WEBHOOK,
        replace: "{credit.checkout}`",
        by: "{event.id}`",
      },
      { in: WEBHOOK, replace: 'status !== "paid" || currency', by: 'status === "" || currency' },
    ],
    turns: { "payments/webhook.order.tolerant": "warning" },
  },
];
