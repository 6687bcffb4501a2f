import type { IndexStmt, RangeVar } from "@pgsql/types";
import { gone, type Hazard, locks, targetOf, targetOfNames } from "./hazard.ts";
import type { Node, WriteSql } from "./read-sql.ts";
import { alterTableHazards } from "./rules-table.ts";

/** Hazards of one statement, whatever the size of its tables. Pure. */
export function hazardsOf(node: Node, write: WriteSql): Hazard[] {
  if ("AlterTableStmt" in node) return alterTableHazards(node.AlterTableStmt, write);
  if ("IndexStmt" in node) return plainIndex(node.IndexStmt, write);
  if ("DropStmt" in node) return dropHazards(node.DropStmt);
  if ("RenameStmt" in node) return renameHazards(node.RenameStmt);
  if ("TruncateStmt" in node) return truncateHazards(node.TruncateStmt);
  if ("ReindexStmt" in node) return reindexHazards(node.ReindexStmt, write);
  if ("VacuumStmt" in node) return vacuumHazards(node.VacuumStmt);
  // Since PostgreSQL 19's grammar CLUSTER and VACUUM FULL are one; until then this is its own statement.
  if ("ClusterStmt" in node) return wholeTable("prefer-repack", [node.ClusterStmt.relation]);
  if ("LockStmt" in node) return lockHazards(node.LockStmt);
  if ("RefreshMatViewStmt" in node) return refreshHazards(node.RefreshMatViewStmt, write);
  if ("DropdbStmt" in node) {
    return [
      gone(
        "ban-drop-database",
        { is: "table", schema: undefined, name: node.DropdbStmt.dbname ?? "" },
        "the database",
      ),
    ];
  }
  return [];
}

function plainIndex(index: IndexStmt, write: WriteSql): Hazard[] {
  if (index.concurrent) return [];
  const safer = `${write({ IndexStmt: { ...index, concurrent: true } })}; (outside a transaction)`;
  const why = "keeps out every write until the index is built";
  return [locks("require-concurrent-index-creation", [targetOf(index.relation)], { why, safer })];
}

type Of<Key extends string> =
  Extract<Node, Record<Key, unknown>> extends Record<Key, infer Value> ? Value : never;

function dropHazards({ removeType, objects = [], concurrent }: Of<"DropStmt">): Hazard[] {
  const names = objects.flatMap((each) => ("List" in each ? [each.List.items] : []));
  if (removeType === "OBJECT_TABLE") {
    return names.map((items) => gone("ban-drop-table", targetOfNames(items), "the table"));
  }
  if (removeType !== "OBJECT_INDEX" || concurrent) return [];
  return names.map((items) => {
    const index = targetOfNames(items, "index");
    return locks("require-concurrent-index-deletion", [index], {
      why: "waits for every query of the table, and everybody else waits behind it",
      safer: `drop index concurrently ${index.name}; (outside a transaction)`,
    });
  });
}

function renameHazards({ renameType, relation, subname, relationType }: Of<"RenameStmt">): Hazard[] {
  if (renameType === "OBJECT_TABLE") return [gone("renaming-table", targetOf(relation), "the old name")];
  if (renameType !== "OBJECT_COLUMN" || relationType !== "OBJECT_TABLE") return [];
  return [gone("renaming-column", targetOf(relation), `the old name ${subname}`)];
}

function truncateHazards({ relations, behavior }: Of<"TruncateStmt">): Hazard[] {
  const rule = behavior === "DROP_CASCADE" ? "ban-truncate-cascade" : "ban-truncate";
  return tablesIn(relations).map((table) => gone(rule, targetOf(table), "its rows"));
}

function reindexHazards({ kind, relation, params = [], name }: Of<"ReindexStmt">, write: WriteSql): Hazard[] {
  const isConcurrent = params.some((each) => "DefElem" in each && each.DefElem.defname === "concurrently");
  if (isConcurrent || !relation) return [];
  const is = kind === "REINDEX_OBJECT_INDEX" ? "index" : "table";
  const concurrently: Node = { DefElem: { defname: "concurrently", defaction: "DEFELEM_UNSPEC" } };
  const statement = { ReindexStmt: { kind, relation, name, params: [...params, concurrently] } } as Node;
  return [
    locks("require-concurrent-reindex", [targetOf(relation, is)], {
      why: "keeps out every write, and reads of the index, until it is built",
      safer: write(statement),
    }),
  ];
}

function vacuumHazards({ options = [], rels = [] }: Of<"VacuumStmt">): Hazard[] {
  const isFull = options.some((each) => "DefElem" in each && each.DefElem.defname === "full");
  if (!isFull) return [];
  return wholeTable(
    "prefer-repack",
    rels.map((each) => ("VacuumRelation" in each ? each.VacuumRelation.relation : undefined)),
  );
}

function lockHazards({ relations, mode = 0 }: Of<"LockStmt">): Hazard[] {
  // From SHARE on (mode 5) writes have to wait; weaker ones let everybody go on.
  return mode < 5 ? [] : wholeTable("no-lock", tablesIn(relations));
}

function refreshHazards(
  { concurrent, relation, ...rest }: Of<"RefreshMatViewStmt">,
  write: WriteSql,
): Hazard[] {
  if (concurrent) return [];
  const safer = write({ RefreshMatViewStmt: { ...rest, ...(relation && { relation }), concurrent: true } });
  const why = "keeps out every read of the view until it is filled";
  return [locks("no-plain-refresh", [targetOf(relation)], { why, safer })];
}

function wholeTable(rule: string, relations: readonly (RangeVar | undefined)[]): Hazard[] {
  const why = "holds a lock that keeps out every read or write until it is done";
  return relations.map((each) => locks(rule, [targetOf(each)], { why, safer: "leave it out of the deploy" }));
}

function tablesIn(nodes: readonly Node[] | undefined): RangeVar[] {
  return (nodes ?? []).flatMap((each) => ("RangeVar" in each ? [each.RangeVar] : []));
}
