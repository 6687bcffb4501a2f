import { defineCheck } from "../../../model/check.ts";
import { fail, notApplicable, type Outcome, pass } from "../../../model/outcome.ts";
import { quantity } from "../../../model/quantity.ts";
import { ways } from "../../../model/ways.ts";
import { session } from "../connection/facts.ts";
import { quoteIdentifier, tableName } from "../identifiers.ts";
import { tables } from "../table/facts.ts";
import { declaredTables, ownerCondition } from "./declared-tables.ts";
import { type Policy, policies } from "./facts.ts";
import { callsPerRow } from "./wrapped-calls.ts";

const NOT_DECLARED = "row level security is not declared";
const MANUAL = "https://www.postgresql.org/docs/current/ddl-rowsecurity.html";

export const rlsEnabled = defineCheck({
  id: "postgres.rls.enabled",
  title: "Row level security is on for every table that needs it",
  consequence: "One forgotten where clause shows every user's rows to anybody.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1d",
  every: "1h",
  asks: ways(`
    RLS enabled on all tables | row level security policies applied to all new tables
    row level security enabled | row level security
    Supabase RLS enabled | RLS
    RLS on for every table | RLS on | RLS enabled on every tenant table | all tables have RLS enabled
    alter table enable row level security | no table without RLS | RLS disabled findings | RLS toggled on
    tables in the API schema have RLS | RLS for each table
  `),
  source: MANUAL,
  needs: { tables, app: session },
  run({ tables: all, app }, { options }): Outcome {
    if (!options.rls) return notApplicable(NOT_DECLARED);
    const { protects, missing } = declaredTables(all, options.rls, options.schemas);
    if (missing.length > 0) {
      return fail("the declaration protects tables that do not exist", {
        expected: `tables ${missing.join(", ")} in ${options.schemas.join(", ")}`,
        found: "no table of that name",
        fix: "Run the migrations, or correct rls.tables in the declaration",
        findings: missing,
      });
    }
    if (protects.length === 0) return notApplicable("there is no table to protect");
    const off = protects.filter((table) => !table.hasRls);
    const role = options.appRole ?? app.user;
    const owned = protects.filter((table) => table.hasRls && !table.forcesRls && table.owner === role);
    if (off.length + owned.length === 0) {
      return pass(`${quantity(protects.length, "table")} protected`, { tables: protects.length });
    }
    const names = [...off, ...owned].map(tableName);
    return fail(
      off.length > 0
        ? `row level security is off for ${off.length} of ${quantity(protects.length, "table")}`
        : "row level security does not bind the owner, and the application is the owner",
      {
        expected: "enabled, and forced where the application owns the table",
        found: [
          ...off.map((table) => `${tableName(table)}: off`),
          ...owned.map((table) => `${tableName(table)}: owned by ${role}, not forced`),
        ].join(", "),
        fix: [
          ...off.map((table) => `alter table ${tableName(table)} enable row level security;`),
          ...owned.map((table) => `alter table ${tableName(table)} force row level security;`),
        ].join(" "),
        findings: names,
      },
    );
  },
});

export const policyExists = defineCheck({
  id: "postgres.rls.policy-exists",
  title: "Row level security and its policies go together",
  consequence:
    "A policy on an open table protects nothing; a closed table without policies shows nobody anything.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1d",
  every: "1h",
  asks: ways(`
    RLS policies exist | policies defined for every protected table
    every RLS table has a policy | RLS enabled but no policy
    no table with RLS without a policy
    RLS policies present | row-level security policies in place | RLS policies active
    RLS policies reviewed
  `),
  source: MANUAL,
  needs: { tables, policies },
  run({ tables: all, policies: known }, { options }) {
    const policiesOf = (table: { schema: string; table: string }) =>
      known.filter((policy) => policy.schema === table.schema && policy.table === table.table);
    const concerned = all.filter((table) => table.hasRls || policiesOf(table).length > 0);
    if (concerned.length === 0) return notApplicable("no table has row level security or a policy");
    // Of declared tables postgres.rls.enabled tells; once is enough.
    const declared = options.rls ? declaredTables(all, options.rls, options.schemas).protects : [];
    const ignored = concerned.filter((table) => !table.hasRls && !declared.includes(table));
    const closed = concerned.filter((table) => table.hasRls && policiesOf(table).length === 0);
    if (ignored.length + closed.length === 0) {
      return pass(`${quantity(concerned.length, "table")} with ${policyCount(known)}`);
    }
    return fail(
      ignored.length > 0 ? "policies exist that nobody applies" : "protected tables have no policy",
      {
        expected: "row level security on, with at least one policy",
        found: [
          ...ignored.map((table) => `${tableName(table)}: ${policyCount(policiesOf(table))}, but off`),
          ...closed.map((table) => `${tableName(table)}: on, but no policy`),
        ].join(", "),
        fix: [
          ...ignored.map((table) => `alter table ${tableName(table)} enable row level security;`),
          ...closed.map(
            (table) =>
              `create policy own_rows on ${tableName(table)} using (${ownerCondition(options, table)});`,
          ),
        ].join(" "),
        findings: [...ignored, ...closed].map(tableName),
      },
    );
  },
});

const WRITES = new Set(["ALL", "INSERT", "UPDATE", "DELETE"]);

export const alwaysTrue = defineCheck({
  id: "postgres.rls.always-true",
  title: "No policy lets everybody write",
  consequence: "Any user may change or create rows in any other user's name.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1d",
  every: "1h",
  asks: ways(`
    RLS policies restrict writes | no policy with using (true) for writes
    anon cannot insert or update everything
    no permissive policy for writes | anonymous cannot write every row
    policy always true | RLS policies do not let everybody write | policies do not allow everybody to write
    no policy allows anyone to write
  `),
  source: MANUAL,
  needs: { policies },
  run({ policies: known }, { options }) {
    if (known.length === 0) return notApplicable("no policies");
    const open = known.filter(
      (policy) => policy.isPermissive && !policy.isForPassersOnly && openPart(policy),
    );
    if (open.length === 0) return pass(`${policyCount(known)}, none lets everybody write`);
    return fail(`everybody may write by ${policyCount(open)}`, {
      expected: "a condition on the user who asks",
      found: open
        .map((policy) => `${policyName(policy)}: ${openPart(policy)} for ${policy.command}`)
        .join("; "),
      fix: open
        .map(
          (policy) =>
            `alter policy ${quoteIdentifier(policy.policy)} on ${tableName(policy)} ${openPart(policy)?.replace("true", ownerCondition(options, policy))};`,
        )
        .join(" "),
      findings: open.map(policyName),
    });
  },
});

/** The clause that lets everybody write: "using (true)" or "with check (true)". */
function openPart({ command, using, check }: Policy): string | undefined {
  if (!WRITES.has(command)) return undefined;
  if (check !== null && isTrue(check)) return "with check (true)";
  if (using !== null && isTrue(using)) return "using (true)";
  return undefined;
}

function isTrue(expression: string): boolean {
  const bare = expression.replace(/[()\s]/g, "").toLowerCase();
  return bare === "true" || /^('?)(\w+)\1=\1\2\1$/.test(bare);
}

function policyName(policy: Policy): string {
  return `${tableName(policy)}.${quoteIdentifier(policy.policy)}`;
}

export const userMetadata = defineCheck({
  id: "postgres.rls.user-metadata",
  title: "No policy believes what users may edit themselves",
  consequence: "A user makes himself an administrator by editing his own profile.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1d",
  every: "6h",
  asks: ways(`
    policies do not use user_metadata | RLS does not trust user editable claims
    RLS does not use user_metadata | user_metadata not trusted
    no user_metadata in policies | RLS references user metadata
    raw_user_meta_data not trusted | no policy relies on claims users can edit
    user_metadata not used for authorization | raw_user_meta_data
  `),
  needs: { policies },
  run({ policies: known }) {
    if (known.length === 0) return notApplicable("no policies");
    const trusting = known.filter((policy) =>
      /\b(raw_)?user_meta_?data\b/.test(`${policy.using} ${policy.check}`),
    );
    if (trusting.length === 0) return pass(`${policyCount(known)}, none reads user_metadata`);
    return fail(`user_metadata is believed by ${policyCount(trusting)}`, {
      expected: "claims only the server sets (app_metadata)",
      found: trusting.map(policyName).join(", "),
      fix: "Keep the role in app_metadata or a table of your own, and read that in the policy",
      findings: trusting.map(policyName),
    });
  },
});

export const initplan = defineCheck({
  id: "postgres.rls.initplan",
  title: "Policies ask once per query who is asking",
  consequence: "The question is asked again for every row, and large tables become slow for everybody.",
  severity: "warning",
  phase: "staging",
  freshFor: "7d",
  every: "1d",
  asks: ways(`
    RLS performance | auth functions wrapped in select
    auth.uid() wrapped in select | auth functions once per query | auth_rls_initplan
    policies use select-wrapped auth calls | current_setting wrapped in subselect
    no per-row auth.jwt() calls | auth.uid() in select | RLS initplan warnings
    policies evaluate auth per row | no performance warnings in the Supabase advisor
    Supabase performance advisor clean | Supabase performance advisors without findings
  `),
  needs: { policies },
  run({ policies: known }, { options }) {
    if (known.length === 0) return notApplicable("no policies");
    const functions = options.rls?.userFunctions ?? ["current_setting", "auth.uid", "auth.jwt"];
    const slow = known.flatMap((policy) => {
      const calls = callsPerRow(`${policy.using ?? ""} ${policy.check ?? ""}`, functions);
      return calls.length > 0 ? [{ policy, calls }] : [];
    });
    if (slow.length === 0) return pass(`${policyCount(known)}, none asks anew for every row`);
    return fail(`a function is called for every row by ${slow.length} of ${policyCount(known)}`, {
      expected: "(select current_setting(...)), which is evaluated once",
      found: slow.map(({ policy, calls }) => `${policyName(policy)}: ${calls.join(", ")}`).join("; "),
      fix: `Write (select ${slow[0]?.calls[0]}(...)) instead of ${slow[0]?.calls[0]}(...) in: ${slow
        .map(({ policy }) => `alter policy ${quoteIdentifier(policy.policy)} on ${tableName(policy)}`)
        .join("; ")}`,
      findings: slow.map(({ policy }) => policyName(policy)),
    });
  },
});

function policyCount(known: readonly Policy[]): string {
  return quantity(known.length, "policy", "policies");
}
