import { defineComponent } from "../../model/component.ts";
import { durationMs } from "../../model/duration.ts";
import { backupRecent, backupRestored } from "./backup/checks.ts";
import { backupElsewhere } from "./backup/elsewhere-check.ts";
import { authScram, connectionOk, connectionTls } from "./connection/checks.ts";
import { backUp } from "./dump.ts";
import { foreignKeyIndex, indexDuplicate, indexInvalid, indexUnused } from "./index/checks.ts";
import { indexMissing } from "./index/scan-check.ts";
import { ledgerInvariant } from "./ledger/checks.ts";
import { migrationApplied, migrationSafe } from "./migration/checks.ts";
import { isEmptyDatabase, migrateLine, pendingMigrations } from "./migration/pending.ts";
import { migrationVariableOf, type PostgresOptions, postgresOptions } from "./options.ts";
import { passwordHash } from "./password/checks.ts";
import { testAccountsAbsent } from "./people/checks.ts";
import { backupPointInTime } from "./point-in-time/checks.ts";
import { poolBudget, poolSaturation } from "./pool/checks.ts";
import { queryPlan, querySlow } from "./query/checks.ts";
import { alwaysTrue, initplan, policyExists, rlsEnabled, userMetadata } from "./rls/checks.ts";
import { functionSearchPath, viewSecurityDefiner } from "./rls/exposure-checks.ts";
import { rlsProof } from "./rls/proof-check.ts";
import { leastPrivilege, poolTimeouts, publicSchemaCreate } from "./role/checks.ts";
import { provision } from "./server/provision.ts";
import { extensionPresent, sizeHeadroom, timeZoneUtc } from "./setting/checks.ts";
import { primaryKey, sequenceHeadroom, tableBloat, xidHeadroom } from "./table/checks.ts";

const ADDRESS = { type: "url", protocols: ["postgres:", "postgresql:"] } as const;

function tokenVariables({ backup }: PostgresOptions) {
  const provider = backup?.pointInTime?.provider;
  if (!provider) return [];
  return [
    {
      name: provider.token,
      readBy: "nobody",
      is: { type: "string" },
      required: false,
      secret: true,
      description: "Token to ask the database's provider whether recovery to a time is on; reading is enough",
    },
  ] as const;
}

/** A PostgreSQL database: its connection, roles, schema, migrations and the rules its data must keep. */
export const postgres = defineComponent({
  kind: "postgres",
  summary:
    "A PostgreSQL database: connections, roles, schema, migrations, backups and the rules its data must keep.",
  options: postgresOptions,
  variables: (options) => [
    {
      name: options.variable,
      is: ADDRESS,
      required: true,
      secret: true,
      description:
        "Address of the database as the application's role: postgres://user:password@host:5432/database",
    },
    {
      name: migrationVariableOf(options),
      readBy: "commands",
      is: ADDRESS,
      required: false,
      secret: true,
      description:
        "Address of the same database as the role that owns the tables, for migrations and backups",
    },
    ...tokenVariables(options),
  ],
  checks: [
    connectionOk,
    connectionTls,
    leastPrivilege,
    publicSchemaCreate,
    authScram,
    poolBudget,
    poolTimeouts,
    poolSaturation,
    rlsEnabled,
    policyExists,
    alwaysTrue,
    userMetadata,
    initplan,
    rlsProof,
    viewSecurityDefiner,
    functionSearchPath,
    primaryKey,
    foreignKeyIndex,
    indexDuplicate,
    indexUnused,
    indexInvalid,
    indexMissing,
    sequenceHeadroom,
    tableBloat,
    xidHeadroom,
    querySlow,
    queryPlan,
    migrationApplied,
    migrationSafe,
    ledgerInvariant,
    passwordHash,
    testAccountsAbsent,
    extensionPresent,
    sizeHeadroom,
    timeZoneUtc,
    backupRecent,
    backupRestored,
    backupElsewhere,
    backupPointInTime,
  ],
  commands: (options) => ({
    ...(options.migrate !== undefined && {
      migrate: {
        line: migrateLine(options.migrate, options),
        says: options.migrate,
        timeout: options.migration.timeout,
        pending: pendingMigrations(options),
        isEmpty: isEmptyDatabase(options),
        rehearsal: {
          budget: {
            durationMs: durationMs(options.migration.budget.duration),
            blockedMs: durationMs(options.migration.budget.blocked),
          },
          isRequired: options.migration.rehearse === "always",
          application: options.variable,
          owner: migrationVariableOf(options),
        },
      },
    }),
    backup: (request) => backUp(options, request),
  }),
  isBasis: true,
  probes: ({ variable }) => [
    {
      name: "up",
      title: "The database takes connections and answers",
      consequence: "Nothing that needs data works.",
      severity: "P0",
      every: "20s",
      probe: { type: "postgres", variable },
    },
  ],
  provision,
  isSupplied: true,
});
