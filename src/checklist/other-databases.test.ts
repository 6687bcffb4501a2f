import { expect, it } from "vitest";
import { publishedKnownKinds } from "../../test/fixtures/published-kinds.ts";
import { answerersOf } from "./answerers.ts";
import { createBinder } from "./binder/bind.ts";
import { importChecklist } from "./import-checklist.ts";

const LIST = (product: string) => `# Launch
## Database (${product})
- [ ] Database backed up every day
- [ ] Indexes created for frequently queried fields
- [ ] Slow query log reviewed
- [ ] Database connection works
## Web
- [ ] HSTS enabled
`;

function asked(text: string): { bound: string[]; proposed: string[] } {
  const { lines, proposals } = importChecklist({
    text,
    kinds: publishedKnownKinds(),
    launch: undefined,
    repair: false,
  });
  return {
    bound: lines.flatMap(({ binding }) =>
      binding?.by === "checks" ? binding.checks.map(({ check }) => check) : [],
    ),
    proposed: proposals.flatMap(({ kind }) => kind ?? []),
  };
}

it.each(["MySQL 8", "MongoDB Atlas", "MariaDB", "DynamoDB"])(
  "a list of %s asks Postgres nothing",
  (product) => {
    const { bound, proposed } = asked(LIST(product));
    expect(bound).toEqual(["http.header.hsts"]);
    expect(proposed).not.toContain("postgres");
  },
);

it.each(["PostgreSQL", "moved from MySQL to Postgres"])("a list of %s asks Postgres", (product) => {
  const { bound, proposed } = asked(LIST(product));
  expect(bound).toContain("postgres.connection.ok");
  expect(proposed).toContain("postgres");
});

it("binds what a declaration says in just these words, though none of them tells anything", () => {
  const said = {
    id: "process.health.ready",
    kinds: [],
    title: "",
    asks: ["Verify all services are running"],
  };
  const bind = createBinder([...answerersOf(publishedKnownKinds().values()), said]);
  expect(bind({ text: "verify all services are running", path: [] }).chosen[0]?.answerer).toBe(said);
  expect(bind({ text: "verify all systems", path: [] }).chosen).toEqual([]);
});
