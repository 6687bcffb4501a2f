import { expect, it } from "vitest";
import type { RestoreRecord } from "./records.ts";
import { restoreText } from "./texts.ts";

const RESTORED: RestoreRecord = {
  version: 1,
  kind: "restore",
  launch: "shop",
  environment: "staging",
  stage: "staging",
  backup: "b20261121T073000Z-4f2a",
  into: 'app_b2026"x',
  aside: null,
  freshBackup: null,
  problems: [],
  tookMs: 2_100,
};

it("gives the statement that removes what was restored beside the live database, or was live before", () => {
  expect(restoreText(RESTORED, { isBeside: true, columns: 100 })).toContain(
    `when you are done, as its owner: drop database "app_b2026""x";`,
  );
  const over = restoreText(
    { ...RESTORED, into: "app", aside: "app_before" },
    { isBeside: false, columns: 100 },
  );
  expect(over).toContain(`until you drop it as its owner: drop database app_before;`);
  expect(over).not.toContain("drop database app;");
});

it("gives no statement for what was restored to a place of the person's own", () => {
  expect(restoreText({ ...RESTORED, into: "SPARE_URL" }, { isBeside: false, columns: 100 })).not.toContain(
    "drop",
  );
});

it("says how a restored database is reached, in a line that can be pasted", () => {
  const psql = `PGPASSWORD="$(node -p 'require("/srv/shop/.gonogo/production/db/passwords.json").owner')" psql postgres://shop_owner@127.0.0.1:5433/shop_b20261121t073000z_4f2a`;
  const told = restoreText(
    {
      ...RESTORED,
      connection: {
        address: "postgres://shop_owner@127.0.0.1:5433/shop_b20261121t073000z_4f2a",
        password: "owner in /srv/shop/.gonogo/production/db/passwords.json",
        psql,
      },
    },
    { isBeside: true, columns: 80 },
  );
  expect(told.split("\n")).toContain(`    ${psql}`);
  expect(told).toMatch(/owner in \/srv\/shop\/.*\n.*psql postgres:.*\nNext: /);
});
