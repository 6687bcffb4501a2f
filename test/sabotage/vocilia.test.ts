import { copyExample } from "./example-copy.ts";
import { expectSabotaged } from "./expect-sabotaged.ts";

const APPLICATION = "apps/backend/application.ts";
const ROUTES = "apps/backend/routes.ts";
const POLICY = "create policy feedback_read on feedback for select using";

expectSabotaged(() => copyExample("vocilia"), {
  rounds: [
    {
      name: "a release with holes",
      look: "deploy",
      sabotages: [
        {
          name: "forget one front end among the allowed origins",
          changes: [
            {
              in: APPLICATION,
              replace: "!settings.allowedOrigins.includes(origin)",
              by: "!settings.allowedOrigins.slice(1).includes(origin)",
            },
          ],
          turns: { "api/http.cors.declared-origins": "failing", "across-domains/scenario.passes": "failing" },
        },
        {
          name: "leave a page of ours without a picture that is fetched over HTTPS",
          changes: [
            {
              in: "apps/customer/index.html",
              replace: '<ul id="list">',
              by: '<img src="http://pictures.example/a.png" alt=""><ul id="list">',
            },
          ],
          turns: { "customer/http.mixed-content": "failing" },
        },
        {
          name: "link to a page that is not there",
          changes: [
            {
              in: "apps/admin/index.html",
              replace: '<ul id="list">',
              by: '<a href="/assets/guide.pdf">Guide</a><ul id="list">',
            },
          ],
          turns: { "admin/link.broken": "warning" },
        },
        {
          name: "count a cent too many for each reward",
          changes: [
            {
              in: ROUTES,
              replace: "(purchaseMinor * percent) / 100)",
              by: "(purchaseMinor * percent) / 100 + 1)",
            },
          ],
          turns: { "rewarding/scenario.passes": "failing" },
        },
        {
          name: "show the numbers to shops",
          changes: [{ in: ROUTES, replace: 'role: "admin",', by: 'role: "business",' }],
          turns: { "roles/scenario.passes": "failing", "attackers/auth.role.matrix": "failing" },
        },
        {
          name: "not say until when somebody is held back",
          changes: [{ in: APPLICATION, replace: ', { "retry-after": "10" }', by: "" }],
          turns: { "api/limit.rate.api": "warning" },
        },
        {
          name: "take bodies of any size",
          changes: [{ in: APPLICATION, replace: "64 * 1024;", by: "64 * 1024 * 1024;" }],
          turns: { "api/limit.body.size": "warning" },
        },
        {
          name: "show everybody all feedback",
          changes: [
            {
              sql: `drop policy feedback_read on feedback; ${POLICY} (true)`,
              undo: `drop policy feedback_read on feedback; ${POLICY} (
          customer_id = (select app_person()) or (select app_reads()) or exists (
            select 1 from business b where b.id = feedback.business_id and b.owner_id = (select app_person())))`,
            },
          ],
          turns: { "db/postgres.rls.proof": "failing" },
        },
      ],
    },
  ],
});
