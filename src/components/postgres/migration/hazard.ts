import type { Node } from "./read-sql.ts";

/** What a statement does to a table that is being used. Rule names are squawk's where it has one. */
export interface Hazard {
  readonly rule: string;
  /** Tables it locks or looks through; an index stands for its table. */
  readonly on: readonly Relation[];
  /** "locks": waits grow with the table; "fails": any row makes it fail; "breaks": the live release may still use it. */
  readonly kind: "locks" | "fails" | "breaks";
  readonly why: string;
  readonly safer: string;
}

/** A name as PostgreSQL understands it; without a schema it is looked for along the search path. */
export interface Relation {
  readonly is: "table" | "index";
  readonly schema: string | undefined;
  readonly name: string;
}

export function targetOf(
  relation: { schemaname?: string; relname?: string } | undefined,
  is: Relation["is"] = "table",
): Relation {
  return { is, schema: relation?.schemaname, name: relation?.relname ?? "" };
}

/** Texts of a list of names: ["public", "wallet"]. */
export function namesIn(nodes: readonly Node[] | undefined): string[] {
  return (nodes ?? []).flatMap((node) => ("String" in node ? [node.String.sval ?? ""] : []));
}

export function targetOfNames(nodes: readonly Node[] | undefined, is: Relation["is"] = "table"): Relation {
  const names = namesIn(nodes);
  return { is, schema: names.at(-2), name: names.at(-1) ?? "" };
}

export function gone(rule: string, on: Relation, what: string): Hazard {
  return {
    rule,
    on: [on],
    kind: "breaks",
    why: `the release that is live goes on using ${what} until traffic is switched`,
    safer: "deploy code that no longer uses it first, and do this in the deploy after",
  };
}

/** A lock that keeps others out for as long as the statement works through the table. */
export function locks(
  rule: string,
  on: readonly Relation[],
  { why, safer }: Pick<Hazard, "why" | "safer">,
): Hazard {
  return { rule, on, kind: "locks", why, safer };
}
