import { copyExample } from "./example-copy.ts";
import { expectSabotaged } from "./expect-sabotaged.ts";

expectSabotaged(() => copyExample("backstage"), {
  rounds: [
    {
      name: "a release with holes",
      look: "deploy",
      sabotages: [
        {
          name: "let people in without a pass",
          changes: [
            {
              in: "src/streams/routes.ts",
              replace: "if (!isCreator && !pass)",
              by: "if (isCreator && !pass && !isCreator)",
            },
          ],
          turns: { "buying/scenario.passes": "failing" },
        },
        {
          name: "hand out tickets for a day",
          changes: [
            { in: "src/streams/ticket.ts", replace: "TICKET_SECONDS = 1_200", by: "TICKET_SECONDS = 86_400" },
          ],
          turns: { "creating/scenario.passes": "failing" },
        },
        {
          name: "count a payment as often as it is told",
          changes: [
            {
              in: "src/money/stripe-webhook.ts",
              replace: 'if (first.length === 0) return "already processed";',
              by: 'if (first.length === 0) await query("update stripe_event set outcome = outcome where id = $1", [id]);',
            },
            {
              in: "src/money/stripe-webhook.ts",
              replace: "paid.checkout, paid.amount",
              by: "paid.checkout + Math.random(), paid.amount",
            },
          ],
          turns: { "payments/webhook.replay.idempotent": "failing" },
        },
        {
          name: "believe whoever sends a cookie that looks right",
          changes: [
            {
              in: "src/people/identify.ts",
              replace: "if (!person) return undefined;",
              by: 'if (!person) return cookie === "1" ? { id: "00000000-0000-4000-8000-0000000000a1", email: "x@probe.invalid", displayName: "x" } : undefined;',
            },
          ],
          turns: { "attackers/auth.bypass.refused": "failing" },
        },
        {
          name: "let a tracker follow everybody",
          changes: [
            {
              in: "public/index.html",
              replace: "</head>",
              by: '<link rel="stylesheet" href="https://fonts.tracker.example/a.css" integrity="sha384-oqVuAfXRKap7fdgcCY5uykM6+R9GqQ8K/uxy9rx7HNQlGYl1kPzQho1wx4JwY8wC" crossorigin="anonymous"></head>',
            },
          ],
          turns: { "law/legal.consent.before-tracking": "failing" },
        },
        {
          name: "take the year off the terms",
          changes: [{ in: "public/terms.html", replace: "1 November 2026", by: "a day in autumn" }],
          turns: { "law/legal.pages.reachable": "failing" },
        },
        {
          name: "leave a fan's session when they left",
          changes: [
            {
              in: "src/people/own-data.ts",
              replace: "delete from person where id = $1",
              by: "update person set display_name = 'gone' where id = $1",
            },
          ],
          turns: { "law/gdpr.delete.works": "failing" },
        },
      ],
    },
  ],
});
