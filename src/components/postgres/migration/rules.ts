import { splitCommas } from "./statements.ts";

/** What a statement does to a table that is being used. Rule names are squawk's. */
export interface Hazard {
  readonly rule: string;
  /** As written in the statement. */
  readonly table: string;
  /** "locks": waits grow with the table; "fails": any row makes it fail; "breaks": the live release may still use it. */
  readonly kind: "locks" | "fails" | "breaks";
  readonly why: string;
  readonly safer: string;
}

const NAME = String.raw`(?:"(?:[^"]|"")+"|[\w$]+)(?:\s*\.\s*(?:"(?:[^"]|"")+"|[\w$]+))?`;
const ALTER_TABLE = new RegExp(String.raw`^alter table (?:if exists )?(?:only )?(${NAME})\s*\*? (.*)$`, "is");
const CREATE_INDEX = new RegExp(
  `^create (?:unique )?index (concurrently )?(?:(?:if not exists )?${NAME} )?on (?:only )?(${NAME})`,
  "i",
);
const WHOLE_TABLE = new RegExp(
  String.raw`^(vacuum \(?[^)]*full[^)]*\)?|cluster(?: verbose)?|lock(?: table)?) (${NAME})`,
  "i",
);
const DROP_TABLE = new RegExp(`^(?:drop table|truncate(?: table)?) (?:if exists )?(${NAME})`, "i");

/** Hazards of one statement, whatever the size of its table. */
export function hazardsOf(statement: string): Hazard[] {
  const alter = ALTER_TABLE.exec(statement);
  if (alter) {
    const [, table = "", actions = ""] = alter;
    return splitCommas(actions).flatMap((action) => ofAction(action, table));
  }
  const index = CREATE_INDEX.exec(statement);
  if (index) return index[1] ? [] : [plainIndex(statement, index[2] ?? "")];
  const whole = WHOLE_TABLE.exec(statement);
  if (whole) {
    const [, command = "", table = ""] = whole;
    const why = "holds a lock that keeps out every read or write until it is done";
    return [
      {
        rule: `no-${command.split(/[ (]/)[0]}`,
        table,
        kind: "locks",
        why,
        safer: "leave it out of the deploy",
      },
    ];
  }
  const dropped = DROP_TABLE.exec(statement);
  return dropped ? [gone("ban-drop-table", dropped[1] ?? "", "the table")] : [];
}

function plainIndex(statement: string, table: string): Hazard {
  return {
    rule: "require-concurrent-index-creation",
    table,
    kind: "locks",
    why: "keeps out every write until the index is built",
    safer: `${statement.replace(/\bindex\b/i, "index concurrently")}; (outside a transaction)`,
  };
}

function gone(rule: string, table: string, what: string): Hazard {
  return {
    rule,
    table,
    kind: "breaks",
    why: `the release that is live goes on using ${what} until traffic is switched`,
    safer: "deploy code that no longer uses it first, and do this in the deploy after",
  };
}

/** Functions whose value is another for each row, so that the column has to be written row by row. */
const VOLATILE =
  /\b(?:gen_random_uuid|uuid_generate_v\d\w*|uuidv\d|random|clock_timestamp|nextval|timeofday)\s*\(/i;

interface ActionRule {
  readonly rule: string;
  readonly kind: Hazard["kind"];
  readonly applies: (action: string) => boolean;
  readonly why: string;
  readonly safer: (action: string, table: string) => string;
}

const isAddColumn = (action: string): boolean =>
  /^add (?:column |(?!constraint |primary |unique|check|foreign |exclude ))/i.test(action);

const ACTION_RULES: readonly ActionRule[] = [
  {
    rule: "adding-required-field",
    kind: "fails",
    applies: (action) =>
      isAddColumn(action) &&
      /\bnot null\b/i.test(action) &&
      !/\b(?:default|generated|(?:small|big)?serial\d?)\b/i.test(action),
    why: "fails as soon as the table has a row",
    safer: (action) => `${action.replace(/\s*\bnot null\b/i, "")}; fill it; then set it not null`,
  },
  {
    rule: "adding-field-with-default",
    kind: "locks",
    applies: (action) =>
      isAddColumn(action) &&
      (VOLATILE.test(action) ||
        /\b(?:small|big)?serial\d?\b|\bgenerated\b.*\b(?:stored|identity)\b/i.test(action)),
    why: "writes the whole table anew while nobody may read or write it",
    safer: () => "add the column without it, fill it in batches, then set the default",
  },
  {
    rule: "adding-foreign-key-constraint",
    kind: "locks",
    applies: (action) =>
      /^add /i.test(action) && /\breferences\b/i.test(action) && !/\bnot valid\b/i.test(action),
    why: "keeps out writes to both tables while every row is looked up",
    safer: (action) =>
      isAddColumn(action)
        ? "add the column alone, then: add constraint ... foreign key ... not valid; then validate constraint in a migration of its own"
        : `${action} not valid; then validate constraint in a migration of its own`,
  },
  {
    rule: "constraint-missing-not-valid",
    kind: "locks",
    applies: (action) => /^add (?:constraint \S+ )?check\b/i.test(action) && !/\bnot valid\b/i.test(action),
    why: "keeps everybody out while every row is looked at",
    safer: (action) => `${action} not valid; then validate constraint in a migration of its own`,
  },
  {
    rule: "disallowed-unique-constraint",
    kind: "locks",
    applies: (action) =>
      /^add (?:constraint \S+ )?(?:unique|primary key|exclude)\b/i.test(action) &&
      !/\busing index\b/i.test(action),
    why: "keeps everybody out while its index is built",
    safer: () => "create unique index concurrently ...; then add constraint ... unique using index ...",
  },
  {
    rule: "adding-not-nullable-field",
    kind: "locks",
    applies: (action) => /^alter (?:column )?\S+ set not null$/i.test(action),
    why: "keeps everybody out while every row is looked at",
    safer: (action) => {
      const column = /^alter (?:column )?(\S+)/i.exec(action)?.[1] ?? "it";
      return `add constraint ... check (${column} is not null) not valid; validate it; then set not null, which takes no time`;
    },
  },
  {
    rule: "changing-column-type",
    kind: "locks",
    applies: (action) => /^alter (?:column )?\S+ (?:set data )?type\b/i.test(action),
    why: "may write the whole table anew while nobody may read or write it",
    safer: () => "add a column of the new type, write both, fill it in batches, then move over",
  },
];

function ofAction(action: string, table: string): Hazard[] {
  const hazards = ACTION_RULES.filter(({ applies }) => applies(action)).map(
    ({ rule, kind, why, safer }): Hazard => ({ rule, table, kind, why, safer: safer(action, table) }),
  );
  const column = /^drop (?!constraint\b|not\b)(?:column )?(?:if exists )?(\S+)/i.exec(action)?.[1];
  if (column !== undefined) hazards.push(gone("ban-drop-column", table, `the column ${column}`));
  if (/^rename to\b/i.test(action)) hazards.push(gone("renaming-table", table, "the old name"));
  if (/^rename (?!to\b|constraint\b)/i.test(action))
    hazards.push(gone("renaming-column", table, "the old name"));
  return hazards;
}
