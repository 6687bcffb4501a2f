import { copyExample } from "./example-copy.ts";
import { expectSabotaged } from "./expect-sabotaged.ts";

const CLIPS = "src/clips/routes.ts";

expectSabotaged(() => copyExample("snuggles"), {
  rounds: [
    {
      name: "a release with holes",
      look: "deploy",
      sabotages: [
        {
          name: "let anybody open a socket",
          changes: [
            {
              in: "src/live/sockets.ts",
              replace: '() => next(new Error("unauthorized"))',
              by: "() => next()",
            },
          ],
          turns: { "live/ws.auth.required": "failing" },
        },
        {
          name: "tell rooms by an event nobody waits for",
          changes: [{ in: "src/rooms/routes.ts", replace: '"room:message"', by: '"room:said"' }],
          turns: { "live/ws.message.roundtrip": "failing", "live/ws.reconnect": "warning" },
        },
        {
          name: "let anybody remove anybody's files",
          changes: [
            { in: CLIPS, replace: "if (owner !== person)", by: 'if (owner === "" && person === "")' },
          ],
          turns: { "files/storage.folder.own": "failing" },
        },
        {
          name: "take files of any type",
          changes: [
            {
              in: CLIPS,
              replace: "if (!CLIP_TYPES.includes(type as ClipType))",
              by: "if (!CLIP_TYPES.includes(type as ClipType) && id === '')",
            },
          ],
          turns: { "files/storage.upload.limits": "failing" },
        },
        {
          name: "tell the tracker passwords of a query",
          changes: [
            {
              in: "src/http/listener.ts",
              replace: "answerForThrown(thrown, path, id)",
              by: 'answerForThrown(thrown, message.url ?? "", id)',
            },
          ],
          turns: { "errors/errors.tracking.scrubbed": "failing" },
        },
        {
          name: "tell the tracker no release",
          changes: [{ in: "src/errors.ts", replace: "      release,\n", by: "      version: release,\n" }],
          turns: { "errors/errors.tracking.receives": "failing" },
        },
        {
          name: "enforce no quota",
          changes: [
            { in: "src/quotas/quota.ts", replace: "limit === UNLIMITED ||", by: "limit >= UNLIMITED ||" },
          ],
          turns: { "quotas/scenario.passes": "failing" },
        },
        {
          name: "bring a cancelled subscription back by a late event",
          changes: [
            { in: "src/subscription/stripe-events.ts", replace: "s.status <> 'canceled' and ", by: "" },
          ],
          turns: { "payments/webhook.order.tolerant": "warning" },
        },
        {
          name: "keep the first vote for ever",
          changes: [
            {
              in: "src/polls/routes.ts",
              replace: "do update set choice = excluded.choice",
              by: "do nothing",
            },
          ],
          turns: { "voting/scenario.passes": "failing" },
        },
        {
          name: "sell premium for less than a dollar",
          changes: [
            {
              sql: "update tier_features set price_minor = 99 where tier = 'premium'",
              undo: "update tier_features set price_minor = 999 where tier = 'premium'",
            },
          ],
          turns: { "db/postgres.ledger.invariant": "failing", "pricing/scenario.passes": "failing" },
        },
      ],
    },
  ],
});
