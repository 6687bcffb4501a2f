import type { AlterTableCmd, AlterTableStmt, ColumnDef, Constraint } from "@pgsql/types";
import { quoteIdentifier } from "../identifiers.ts";
import { gone, type Hazard, locks, namesIn, type Relation, targetOf } from "./hazard.ts";
import type { Node, WriteSql } from "./read-sql.ts";

/** The table an action is on, and how to write another action on it. */
interface Place {
  readonly table: Relation;
  /** "ALTER TABLE wallet" */
  readonly head: string;
  rewrite(change: Partial<Constraint>): string;
}

/** Hazards of each action of an ALTER TABLE. */
export function alterTableHazards(statement: AlterTableStmt, write: WriteSql): Hazard[] {
  const { relation, objtype, cmds = [] } = statement;
  if (objtype !== "OBJECT_TABLE" || !relation) return [];
  return cmds.flatMap((each) => {
    if (!("AlterTableCmd" in each)) return [];
    const command = each.AlterTableCmd;
    const place: Place = {
      table: targetOf(relation),
      head: `alter table ${[relation.schemaname, relation.relname].flatMap((name) => (name ? [quoteIdentifier(name)] : [])).join(".")}`,
      rewrite: (change) => write(withConstraint(statement, command, change)),
    };
    return actionHazards(command, place);
  });
}

function actionHazards({ subtype, name = "", def }: AlterTableCmd, place: Place): Hazard[] {
  const { table } = place;
  switch (subtype) {
    case "AT_AddColumn":
      return def && "ColumnDef" in def ? columnHazards(def.ColumnDef, place) : [];
    case "AT_AddConstraint":
      return def && "Constraint" in def ? constraintHazards(def.Constraint, place) : [];
    case "AT_DropColumn":
      return [gone("ban-drop-column", table, `the column ${name}`)];
    case "AT_SetNotNull":
      return [notNull(name, place)];
    case "AT_AlterColumnType":
      return [
        locks("changing-column-type", [table], {
          why: "may write the whole table anew while nobody may read or write it",
          safer: "add a column of the new type, write both, fill it in batches, then move over",
        }),
      ];
    case "AT_SetLogged":
    case "AT_SetUnLogged":
    case "AT_SetTableSpace":
      return [rewrites("no-rewrite", table, "leave it out of the deploy")];
    case "AT_DetachPartition":
      return def && "PartitionCmd" in def && def.PartitionCmd.concurrent ? [] : [detach(place, def)];
    default:
      return [];
  }
}

function columnHazards({ colname = "", typeName, constraints = [] }: ColumnDef, place: Place): Hazard[] {
  const { table } = place;
  const own = constraints.flatMap((each) => ("Constraint" in each ? [each.Constraint] : []));
  const has = (type: Constraint["contype"]) => own.find(({ contype }) => contype === type);
  const column = quoteIdentifier(colname);
  const found: Hazard[] = [];
  const isSerial = /^(?:small|big)?serial[248]?$/.test(namesIn(typeName?.names).at(-1) ?? "");
  const filled = has("CONSTR_DEFAULT")?.raw_expr;
  const isFilled = isSerial || filled !== undefined || has("CONSTR_GENERATED") || has("CONSTR_IDENTITY");
  if (isSerial && has("CONSTR_PRIMARY")) {
    found.push(rewrites("adding-serial-primary-key-field", table, inSteps(place, column)));
  } else if (
    isSerial ||
    ((has("CONSTR_GENERATED")?.generated_kind ?? "s") === "s" && has("CONSTR_GENERATED")) ||
    has("CONSTR_IDENTITY")
  ) {
    found.push(rewrites("adding-field-with-default", table, inSteps(place, column)));
  } else if (filled && isVolatile(filled)) {
    found.push(rewrites("adding-field-with-default", table, inSteps(place, column)));
  }
  if (has("CONSTR_NOTNULL") && !isFilled) {
    found.push({
      rule: "adding-required-field",
      on: [table],
      kind: "fails",
      why: "fails as soon as the table has a row",
      safer: `${place.head} add column ${column} without not null; fill it; then ${checkedNotNull(place, column)}`,
    });
  }
  const foreign = has("CONSTR_FOREIGN");
  if (foreign) {
    found.push(
      locks("adding-foreign-key-constraint", [table, targetOf(foreign.pktable)], {
        why: "keeps out writes to both tables while every row is looked up",
        safer:
          "add the column alone, then: add constraint ... foreign key ... not valid; then validate constraint in a migration of its own",
      }),
    );
  }
  if (has("CONSTR_UNIQUE") || (has("CONSTR_PRIMARY") && !isSerial))
    found.push(unique(place, [column], undefined));
  if (has("CONSTR_CHECK") && isFilled)
    found.push(unchecked(place, "add the column alone, then the check not valid"));
  return found;
}

function constraintHazards(constraint: Constraint, place: Place): Hazard[] {
  const { contype, conname = "", skip_validation, indexname, keys, pktable } = constraint;
  const validated = () => {
    const name = conname === "" ? "its_name" : quoteIdentifier(conname);
    const added = place.rewrite({ skip_validation: true, initially_valid: false });
    return `${added}; then, in a migration of its own: ${place.head} validate constraint ${name}`;
  };
  switch (contype) {
    case "CONSTR_FOREIGN":
      if (skip_validation) return [];
      return [
        locks("adding-foreign-key-constraint", [place.table, targetOf(pktable)], {
          why: "keeps out writes to both tables while every row is looked up",
          safer: validated(),
        }),
      ];
    case "CONSTR_CHECK":
      return skip_validation ? [] : [unchecked(place, validated())];
    case "CONSTR_UNIQUE":
    case "CONSTR_PRIMARY":
    case "CONSTR_EXCLUSION":
      return indexname ? [] : [unique(place, namesIn(keys).map(quoteIdentifier), { conname, contype })];
    default:
      return [];
  }
}

function notNull(column: string, place: Place): Hazard {
  return locks("adding-not-nullable-field", [place.table], {
    why: "keeps everybody out while every row is looked at",
    safer: `${checkedNotNull(place, quoteIdentifier(column))}, which takes no time`,
  });
}

/** Since PostgreSQL 12 a validated check spares SET NOT NULL its look at every row. */
function checkedNotNull({ head }: Place, column: string): string {
  const name = quoteIdentifier(`${column.replaceAll('"', "")}_not_null`);
  return `${head} add constraint ${name} check (${column} is not null) not valid; then validate constraint ${name} in a migration of its own; then alter column ${column} set not null`;
}

function unchecked({ table }: Place, safer: string): Hazard {
  return locks("constraint-missing-not-valid", [table], {
    why: "keeps everybody out while every row is looked at",
    safer,
  });
}

function unique(
  { table, head }: Place,
  columns: readonly string[],
  constraint: { conname: string; contype: Constraint["contype"] } | undefined,
): Hazard {
  const kind = constraint?.contype === "CONSTR_PRIMARY" ? "primary key" : "unique";
  const bare = columns.map((each) => each.replaceAll('"', "")).join("_");
  const name = quoteIdentifier(constraint?.conname || `${table.name}_${bare}_key`);
  const on = head.replace(/^alter table /, "");
  const rule = kind === "unique" ? "disallowed-unique-constraint" : "adding-serial-primary-key-field";
  return locks(rule, [table], {
    why: "keeps everybody out while its index is built",
    safer:
      constraint?.contype === "CONSTR_EXCLUSION"
        ? "no such constraint can be made without the lock; do it while nobody waits"
        : `create unique index concurrently ${name} on ${on} (${columns.join(", ")}); then ${head} add constraint ${name} ${kind} using index ${name}`,
  });
}

function rewrites(rule: string, table: Relation, safer: string): Hazard {
  return locks(rule, [table], {
    why: "writes the whole table anew while nobody may read or write it",
    safer,
  });
}

function inSteps({ head }: Place, column: string): string {
  return `${head} add column ${column} without it; fill it in batches; then ${head} alter column ${column} set default ...`;
}

function detach({ table, head }: Place, def: Node | undefined): Hazard {
  const partition = def && "PartitionCmd" in def ? def.PartitionCmd.name?.relname : undefined;
  return locks("require-concurrent-partition-detach", [table], {
    why: "keeps everybody out of the whole partitioned table",
    safer: `${head} detach partition ${quoteIdentifier(partition ?? "")} concurrently`,
  });
}

/** Functions whose value is another for each row, so that the column has to be written row by row. */
const VOLATILE =
  /^(?:gen_random_uuid|uuid_generate_v\d\w*|uuidv\d|random|clock_timestamp|nextval|timeofday)$/;

/** Any function that is not known to be steady may be volatile; the usual ones are named. */
function isVolatile(expression: Node): boolean {
  const names = [...JSON.stringify(expression).matchAll(/"funcname":\[(.*?)\]/g)].map(
    ([, inside = ""]) => [...inside.matchAll(/"sval":"([^"]+)"/g)].map(([, name = ""]) => name).at(-1) ?? "",
  );
  return names.some((name) => VOLATILE.test(name));
}

/** The same statement with one action only, and its constraint changed. */
function withConstraint(
  statement: AlterTableStmt,
  command: AlterTableCmd,
  change: Partial<Constraint>,
): Node {
  const { def } = command;
  if (!def || !("Constraint" in def)) return { AlterTableStmt: statement };
  const constraint: Node = { Constraint: { ...def.Constraint, ...change } };
  return { AlterTableStmt: { ...statement, cmds: [{ AlterTableCmd: { ...command, def: constraint } }] } };
}
