import type { Node } from "@pgsql/types";
import { messageOf } from "../../../model/errors.ts";
import { type Statement, splitStatements } from "./statements.ts";

export type { Node } from "@pgsql/types";

/** A statement of a migration as PostgreSQL's own parser understands it. */
export interface ReadStatement extends Statement {
  /** Undefined when it is no SQL that PostgreSQL knows. */
  readonly node: Node | undefined;
  readonly unreadable: string | undefined;
}

/** SQL of a parse tree, on one line. */
export type WriteSql = (node: Node) => string;

interface Parser {
  parse(sql: string): readonly { readonly node: Node; readonly to: number }[];
  readonly write: WriteSql;
}

/** Statements of a migration in order, without its way back and with placeholders filled in. */
export async function readSql(text: string): Promise<ReadStatement[]> {
  const parser = await loadParser();
  const sql = plainSql(text);
  try {
    return whole(sql, parser);
  } catch {
    // One statement that cannot be read must not hide the others.
    return splitStatements(sql).map((statement) => each(statement, parser));
  }
}

export async function sqlWriter(): Promise<WriteSql> {
  return (await loadParser()).write;
}

let loaded: Promise<Parser> | undefined;

/** Two megabytes of WebAssembly: loaded by the first migration that is pending, never by any other command. */
function loadParser(): Promise<Parser> {
  loaded ??= import("pgsql-parser").then(async ({ default: { loadModule, parseSync, deparseSync } }) => {
    await loadModule();
    return {
      parse: (sql) =>
        (parseSync(sql).stmts ?? []).flatMap(({ stmt, stmt_location: from = 0, stmt_len: length }) =>
          stmt ? [{ node: stmt, to: length ? from + length : Buffer.byteLength(sql) }] : [],
        ),
      write: (node) => deparseSync([node]).replace(/\s+/g, " ").trim(),
    };
  });
  return loaded;
}

/** The parser counts bytes, and leaves out the comments before a statement, which may accept a rule. */
function whole(sql: string, { parse }: Parser): ReadStatement[] {
  const bytes = Buffer.from(sql);
  let from = 0;
  return parse(sql).flatMap(({ node, to }) => {
    const [first] = splitStatements(bytes.toString("utf8", from, to));
    const linesBefore = bytes.toString("utf8", 0, from).split("\n").length - 1;
    from = to;
    return first ? [{ ...first, line: linesBefore + first.line, node, unreadable: undefined }] : [];
  });
}

function each(statement: Statement, { parse }: Parser): ReadStatement {
  try {
    return { ...statement, node: parse(statement.text)[0]?.node, unreadable: undefined };
  } catch (thrown) {
    return { ...statement, node: undefined, unreadable: messageOf(thrown) };
  }
}

/** dbmate, goose, sql-migrate and node-pg-migrate keep the way back in the same file. */
const WAY_BACK = /^--+[ \t]*(?:migrate:down|\+goose\s+down|\+migrate\s+down|down migration)\b/im;

/** Lines of psql's own ("\connect") and Flyway's placeholders are no SQL; neither moves a line. */
function plainSql(text: string): string {
  const [up = ""] = text.split(WAY_BACK);
  return up.replace(/^\\.*$/gm, "").replace(/\$\{[\w.:]+\}/g, "placeholder");
}
