import { copyExample } from "./example-copy.ts";
import { expectSabotaged } from "./expect-sabotaged.ts";

expectSabotaged(() => copyExample("dreamcatcher"), {
  rounds: [
    {
      name: "what lies in the database",
      look: "check",
      sabotages: [
        {
          name: "keep notes of payments for years",
          changes: [
            {
              sql: `insert into stripe_event (id, type, outcome, created_at)
                  values ('evt_old', 'x', 'ignored', now() - interval '500 days')`,
              undo: "delete from stripe_event where id = 'evt_old'",
            },
          ],
          turns: { "law/gdpr.retention.enforced": "warning", "db/postgres.ledger.invariant": "failing" },
        },
      ],
    },
    {
      name: "a release with holes",
      look: "deploy",
      sabotages: [
        {
          name: "believe every site that asks for a change",
          changes: [
            {
              in: "src/people/identify.ts",
              replace: "if (!reads && ",
              by: 'if (!reads && headers["x-never"] && ',
            },
          ],
          turns: { "attackers/auth.csrf.enforced": "failing" },
        },
        {
          name: "write what people search for into the SQL",
          changes: [
            {
              in: "src/dreams/routes.ts",
              replace:
                "where title ilike $1 order by dreamt_on desc, id desc limit 50`,\n            [search],",
              // biome-ignore lint/suspicious/noTemplateCurlyInString: it is code of the application
              by: "where title ilike '${search}' order by dreamt_on desc, id desc limit 50`,\n            [],",
            },
          ],
          turns: { "attackers/probe.sqli.boolean": "failing" },
        },
        {
          name: "show a dream to whoever knows its id",
          changes: [
            {
              in: "src/dreams/routes.ts",
              replace:
                // biome-ignore lint/suspicious/noTemplateCurlyInString: it is code of the application
                "await as(request, (query) =>\n          query<Dream>(`select ${COLUMNS} from dream where id",
              // biome-ignore lint/suspicious/noTemplateCurlyInString: it is code of the application
              by: "await database.asSystem((query) =>\n          query<Dream>(`select ${COLUMNS} from dream where id",
            },
          ],
          turns: { "attackers/auth.object.cross-tenant": "failing" },
        },
        {
          name: "forget the dreams in what people export",
          changes: [{ in: "src/people/own-data.ts", replace: '    "dreams",', by: '    "nights",' }],
          turns: { "law/gdpr.export.works": "failing" },
        },
        {
          name: "keep silent about who reads along",
          changes: [
            { in: "public/privacy.html", replace: "OpenAI reads a dream", by: "A computer reads a dream" },
          ],
          turns: { "law/gdpr.processors.listed": "failing" },
        },
        {
          name: "let passwords be guessed",
          changes: [
            {
              in: "src/people/routes.ts",
              replace: "GUESSES = { requests: 5",
              by: "GUESSES = { requests: 500",
            },
          ],
          // Where nothing is limited, nobody can forge a way past the limit.
          turns: { "api/limit.rate.login": "failing", "api/limit.rate.proxy-aware": "unknown" },
        },
        {
          name: "use one state for every sign-in elsewhere",
          changes: [
            {
              in: "src/outside/routes.ts",
              replace: "[random(), random(), random()]",
              by: '[random(), "always-the-same-and-long-enough-too", random()]',
            },
          ],
          turns: { "sign-in/oauth.state-and-pkce": "failing" },
        },
        {
          name: "tell nobody what a friend wrote",
          changes: [
            { in: "src/live/publish.ts", replace: "LIVE_CHANNEL + personId", by: '"nobody" + personId' },
          ],
          turns: { "together/scenario.passes": "failing" },
        },
        {
          name: "ask the assistant at an address it left",
          changes: [
            { in: "src/dreams/reflections.ts", replace: "/v1/chat/completions", by: "/v1/completions" },
          ],
          turns: { "reflecting/scenario.passes": "failing" },
        },
        {
          name: "forget whom a subscription is for",
          changes: [
            {
              in: "src/money/checkout.ts",
              replace: "subscription_data[metadata][person]",
              by: "metadata[person]",
            },
          ],
          turns: { "subscribing/scenario.passes": "failing" },
        },
      ],
    },
  ],
});
