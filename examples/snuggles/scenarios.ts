import { scenario } from "gonogo";

const HOST = { authorization: "Bearer {{host}}" };
const GUEST = { authorization: "Bearer {{guest}}" };

/** An account of its own for each walk, gone again afterwards. */
const account = (who: string) => ({
  name: `${who} comes in`,
  path: "/api/accounts",
  json: { name: `Walk ${who}` },
  keep: { [who]: "json:token" },
});
const OPEN_ROOM = {
  name: "the host opens a room",
  path: "/api/rooms",
  headers: HOST,
  json: { name: "Walk {{random}}", maxParticipants: 2 },
  expect: { status: 201, json: { code: { matches: "^[A-Z2-9]{6}$" }, maxParticipants: 2 } },
  keep: { code: "json:code" },
};
const JOIN = {
  name: "the guest joins by its code",
  method: "POST",
  path: "/api/rooms/{{code}}/join",
  headers: GUEST,
  expect: { status: 200, json: { "participants.1.name": "Walk guest" } },
} as const;
const leave = (headers: Readonly<Record<string, string>>) => ({
  name: "an account is removed with all it made",
  method: "DELETE" as const,
  path: "/api/me",
  headers,
});
const atLeast = (figure: string, percent: number, answers: string[]) =>
  scenario({
    answers,
    steps: [{ name: `${figure}: ${percent} %`, run: `node src/probe/figure.ts "${figure}" ${percent}` }],
  });

/** What people do with Snuggles, walked from end to end. */
export const scenarios = {
  schema: scenario({
    answers: [
      "All migrations created and tested",
      "006_create_rooms_infrastructure.sql",
      "007_create_voting_system.sql",
      "008_create_clip_system.sql",
      "1761641570_create_subscription_system.sql",
    ],
    steps: [{ name: "every migration of the release is applied", run: "node src/probe/schema.ts" }],
  }),
  rooms: scenario({
    answers: [
      "SpacesPage (multi-user rooms UI)",
      "Rooms are opened and joined by their code",
      "Room creation works",
    ],
    steps: [
      { name: "the page of rooms opens", path: "/spaces", expect: { text: "Snuggles" } },
      account("host"),
      account("guest"),
      OPEN_ROOM,
      JOIN,
      {
        name: "the guest says something",
        path: "/api/rooms/{{code}}/messages",
        headers: GUEST,
        json: { text: "hello {{random}}" },
        expect: { status: 201 },
      },
      {
        name: "the host reads it",
        path: "/api/rooms/{{code}}/messages",
        headers: HOST,
        expect: { json: { "messages.0.body": "hello {{random}}" } },
      },
    ],
    afterwards: [leave(GUEST), leave(HOST)],
  }),
  voting: scenario({
    answers: [
      "VotingManager service",
      "Voting UI (poll creation & participation)",
      "Polls are opened and voted on",
    ],
    steps: [
      account("host"),
      account("guest"),
      OPEN_ROOM,
      JOIN,
      {
        name: "the host asks the room",
        path: "/api/rooms/{{code}}/polls",
        headers: HOST,
        json: { question: "Tea?", options: ["Yes", "No"] },
        expect: { status: 201 },
        keep: { poll: "json:id" },
      },
      {
        name: "the guest votes",
        path: "/api/polls/{{poll}}/votes",
        headers: GUEST,
        json: { choice: 1 },
        expect: { json: { "results.0": 0, "results.1": 1 } },
      },
      {
        name: "the guest changes their mind, and counts once",
        path: "/api/polls/{{poll}}/votes",
        headers: GUEST,
        json: { choice: 0 },
        expect: { json: { "results.0": 1, "results.1": 0 } },
      },
    ],
    afterwards: [leave(GUEST), leave(HOST)],
  }),
  clipping: scenario({
    answers: [
      "ClipGenerator service (FFmpeg integration)",
      "ClipsPage (clip generation interface)",
      "Clips are made and played",
    ],
    steps: [
      { name: "the page of clips opens", path: "/clips", expect: { text: "Snuggles" } },
      { name: "a worker makes a clip, and the bucket gives it out", run: "node src/probe/clips.ts download" },
    ],
  }),
  quotas: scenario({
    answers: ["Quotas are enforced by tier", "Quota enforcement works", "Usage limits enforced"],
    steps: [
      account("host"),
      OPEN_ROOM,
      { ...OPEN_ROOM, name: "the host opens a second room" },
      { ...OPEN_ROOM, name: "the host opens a third room" },
      { ...OPEN_ROOM, name: "a fourth is more than is free", expect: { status: 402 }, keep: {} },
    ],
    afterwards: [leave(HOST)],
  }),
  pricing: scenario({
    answers: ["PricingPage (subscription tiers)", "Prices are shown as they are charged"],
    steps: [
      { name: "the page of prices opens", path: "/pricing", expect: { text: "Snuggles" } },
      {
        name: "tiers cost what we say",
        path: "/api/tiers",
        expect: { json: { "tiers.0.priceMinor": 0, "tiers.1.priceMinor": 999, "tiers.2.priceMinor": 1999 } },
      },
    ],
  }),
  subscribing: scenario({
    answers: [
      "SubscriptionManager service (Stripe integration)",
      "SubscriptionPage (billing management)",
      "Payment flow tested",
      "A trial is started and paid for",
    ],
    steps: [
      { name: "the page of the subscription opens", path: "/subscription", expect: { text: "Snuggles" } },
      account("host"),
      {
        name: "the host chooses premium",
        path: "/api/subscription/checkout",
        headers: HOST,
        json: { tier: "premium", priceMinor: 1 },
        expect: { status: 201 },
        keep: { page: "json:url" },
      },
      { name: "Stripe shows its page", path: "{{page}}" },
      { name: "the host starts the trial there", method: "POST", path: "{{page}}", expect: { status: 303 } },
      {
        name: "the host is on trial",
        path: "/api/subscription",
        headers: HOST,
        expect: { json: { tier: "premium", status: "trialing" } },
      },
    ],
    afterwards: [leave(HOST)],
  }),
  "stripe-events": scenario({
    answers: [
      "checkout.session.completed",
      "customer.subscription.updated",
      "customer.subscription.deleted",
      "invoice.payment_succeeded",
      "invoice.payment_failed",
      "Webhooks firing correctly",
    ],
    steps: [{ name: "each of five events has its effect", run: "node src/probe/stripe-events.ts" }],
  }),
  "room-success": atLeast("room success", 98, ["Room Creation Success Rate"]),
  "payment-success": atLeast("payment success", 90, ["Payment Completion Rate"]),
  "clip-success": atLeast("clip success", 95, ["Clip Generation Success Rate"]),
};
