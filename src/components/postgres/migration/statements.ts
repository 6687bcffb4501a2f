/** One statement of an SQL file. */
export interface Statement {
  /** Without comments, white space collapsed, no semicolon; strings and quoted names as they are. */
  readonly text: string;
  /** From 1: where its first word stands. */
  readonly line: number;
  /** The comments right before it. */
  readonly comments: string;
}

const PIECE =
  /(?<comment>--[^\n]*|\/\*[\s\S]*?\*\/)|(?<quoted>[eE]'(?:\\[\s\S]|''|[^'\\])*'|'(?:''|[^'])*'|"(?:""|[^"])*"|\$(?<tag>\w*)\$[\s\S]*?\$\k<tag>\$)|(?<end>;)|(?<space>\s+)|(?<word>[\w$]+|[\s\S])/gy;

/** Statements of a file in order. Strings, dollar quotes, quoted names and comments keep their semicolons. */
export function splitStatements(sql: string): Statement[] {
  const statements: Statement[] = [];
  let text = "";
  let comments = "";
  let line = 1;
  let startLine = 1;
  const finish = (): void => {
    if (text.trim() !== "") statements.push({ text: text.trim(), line: startLine, comments });
    text = "";
    comments = "";
  };
  for (const { 0: piece, groups } of sql.matchAll(PIECE)) {
    if (groups?.end) finish();
    else if (groups?.comment) {
      comments += text === "" ? `${piece}\n` : "";
      text += text === "" ? "" : " ";
    } else if (groups?.space) text += text === "" || text.endsWith(" ") ? "" : " ";
    else {
      if (text === "") startLine = line;
      text += piece;
    }
    line += piece.split("\n").length - 1;
  }
  finish();
  return statements;
}
