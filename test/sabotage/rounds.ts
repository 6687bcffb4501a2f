import { accounts, accountsAgain } from "./rounds/accounts.ts";
import { database, superuser } from "./rounds/database.ts";
import { money, moneyAgain } from "./rounds/money.ts";
import { deaf, dying, failingRun, hanging } from "./rounds/processes.ts";
import { fileOfProduction, production } from "./rounds/production.ts";
import { queue } from "./rounds/queue.ts";
import { repository } from "./rounds/repository.ts";
import { gone, wrongPort } from "./rounds/unreachable.ts";
import { exposure, variables } from "./rounds/variables.ts";
import { web, webAgain } from "./rounds/web.ts";
import type { Round } from "./sabotage.ts";

/** The schedules of a release begin when it goes live. */
const STAGED = {
  "reconcile/cron.ran": "not applicable",
  "reconcile/cron.overlap": "not applicable",
  "reconcile/cron.registered": "not applicable",
} as const;

/** Everything these break is whole again afterwards. */
export const PASSING: readonly Round[] = [
  {
    name: "its variables, code, database and queue",
    look: "check",
    sabotages: [...variables, ...repository, ...database, ...queue],
  },
  { name: "its variables and database, once more", look: "check", sabotages: [...exposure, ...superuser] },
  { name: "the way to the database", look: "check", sabotages: wrongPort },
  { name: "the database itself", look: "check", sabotages: gone },
  {
    name: "the variables of production",
    look: "production",
    given: [fileOfProduction],
    sabotages: production,
  },
  { name: "its workers", look: "check", sabotages: [hanging] },
  {
    name: "a release with holes",
    look: "deploy",
    always: STAGED,
    sabotages: [...webAgain, ...moneyAgain, ...accountsAgain],
  },
];

/** These leave something behind that only time mends: how an instance ended, how a run did. */
export const LASTING: readonly Round[] = [
  { name: "its workers, for good", look: "check", sabotages: [dying] },
  {
    name: "a release with other holes",
    look: "deploy",
    always: STAGED,
    sabotages: [...web, ...money, ...accounts],
    afterwards: [deaf],
  },
  {
    name: "a release that goes back",
    look: "deploy",
    // How the release before it ended is still remembered.
    always: { "api/process.graceful-shutdown": "warning" },
    sabotages: [failingRun],
  },
];
