import { defineCheck } from "../../../model/check.ts";
import { fail, notApplicable, pass } from "../../../model/outcome.ts";
import { quantity } from "../../../model/quantity.ts";
import { ways } from "../../../model/ways.ts";
import { session } from "../connection/facts.ts";
import { quoteIdentifier, tableName } from "../identifiers.ts";
import { tables } from "../table/facts.ts";
import { definerFunctions, exposedViews } from "./facts.ts";

export const viewSecurityDefiner = defineCheck({
  id: "postgres.view.security-definer",
  title: "No view goes round row level security",
  consequence: "The view shows every user's rows, because it reads them with its owner's rights.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1d",
  every: "6h",
  asks: ways(`
    views respect RLS | security invoker views | no security definer views | views do not bypass RLS
    security_invoker on views | view exposes rows past row level security | views skip RLS
    views with security_invoker | views owned by postgres skip RLS | security definer view warnings
    security definer view | no view bypasses RLS | views get around RLS
  `),
  source: "https://www.postgresql.org/docs/current/sql-createview.html",
  needs: { tables, views: exposedViews, app: session },
  run({ tables: all, views, app }) {
    if (!all.some((table) => table.hasRls)) return notApplicable("no table has row level security");
    if (views.length === 0) return pass("no view reads protected tables with its owner's rights");
    const names = views.map(({ schema, view }) => tableName({ schema, table: view }));
    const fixes = views.map(({ schema, view, isMaterialized }) => {
      const name = tableName({ schema, table: view });
      return isMaterialized || app.majorVersion < 15
        ? `revoke select on ${name} from public, ${quoteIdentifier(app.user)};`
        : `alter view ${name} set (security_invoker = true);`;
    });
    return fail(
      `${quantity(views.length, "view")} over protected tables with the rights of the view's owner`,
      {
        expected: "security_invoker = true, or no access for the application",
        found: views.map(({ reads }, index) => `${names[index]} reads ${reads.join(", ")}`).join("; "),
        fix: fixes.join(" "),
        findings: names,
      },
    );
  },
});

export const functionSearchPath = defineCheck({
  id: "postgres.function.search-path",
  title:
    "Functions with their owner's rights look names up where they mean to, and only for those they are for",
  consequence: "A caller puts an object of his own in the way, and it runs with the owner's rights.",
  severity: "warning",
  phase: "staging",
  freshFor: "7d",
  every: "1d",
  asks: ways(`
    security definer functions pin search_path
    definer functions not executable by everybody | search_path set on functions
    Functions have fixed search_path | Security definer functions
    fixed search_path for functions
    functions pin search_path
  `),
  source: "https://www.postgresql.org/docs/current/sql-createfunction.html#SQL-CREATEFUNCTION-SECURITY",
  needs: { functions: definerFunctions },
  run({ functions }) {
    if (functions.length === 0) return notApplicable("no security definer functions");
    const loose = functions.filter((each) => !each.pinsSearchPath);
    const open = functions.filter((each) => each.publicMayCall);
    if (loose.length + open.length === 0)
      return pass(
        `${quantity(functions.length, "function")} with a search_path of its own, for named roles only`,
      );
    const name = ({ schema, signature }: { schema: string; signature: string }) =>
      schema === "public" ? signature : `${quoteIdentifier(schema)}.${signature}`;
    return fail(
      loose.length > 0
        ? `${loose.length} of ${quantity(functions.length, "function")} without a search_path of its own`
        : `${open.length} of ${quantity(functions.length, "function")} open to every role`,
      {
        expected: "set search_path on the function, execute not granted to PUBLIC",
        found: [
          ...loose.map((each) => `${name(each)}: search_path of the caller`),
          ...open.map((each) => `${name(each)}: PUBLIC may call it`),
        ].join("; "),
        fix: [
          ...loose.map(
            (each) =>
              `alter function ${name(each)} set search_path = pg_catalog, ${quoteIdentifier(each.schema)}, pg_temp;`,
          ),
          ...open.map((each) => `revoke execute on function ${name(each)} from public;`),
        ].join(" "),
        findings: [...new Set([...loose, ...open].map(name))],
      },
    );
  },
});
