import type { Plugin } from "rolldown";
import { parseAst } from "rolldown/parseAst";

/*
 * V8 compiles a function when it is first called, and what Node keeps of a module from one start to the next is made
 * before any is: code that a command is sure to run is compiled anew at every start. A function in parentheses is
 * compiled with its module, and so kept (https://v8.dev/blog/preparser#pife).
 */

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

/** Has the functions of these modules compiled with them. */
export function compiledAtOnce(include: string[]): Plugin {
  return {
    name: "compiled-at-once",
    transform: { filter: { id: { include } }, handler: inParentheses },
  };
}

/** The code of a module with its functions in parentheses; those of classes and objects stay as they are. */
export function inParentheses(code: string): string {
  const imports: string[] = [];
  const functions: string[] = [];
  const others: string[] = [];
  for (const statement of parseAst(code).body) {
    const isExported = statement.type === "ExportNamedDeclaration";
    const declared = isExported ? statement.declaration : statement;
    if (statement.type === "ImportDeclaration") imports.push(code.slice(statement.start, statement.end));
    else if (declared?.type !== "FunctionDeclaration" || !declared.id) others.push(wrapped(code, statement));
    // Declared, it could be called from further up: it goes to the top.
    else
      functions.push(
        `${isExported ? "export " : ""}const ${declared.id.name} = (${wrapped(code, declared)});`,
      );
  }
  return [...imports, ...functions, ...others].join("\n");
}

function wrapped(code: string, statement: Node): string {
  const parts: string[] = [];
  let from = statement.start;
  const copyTo = (at: number, mark: string): void => {
    parts.push(code.slice(from, at), mark);
    from = at;
  };
  const visit = (value: unknown, isMethod = false): void => {
    if (Array.isArray(value)) for (const each of value) visit(each);
    else if (isNode(value)) {
      const isFunction = /^(?:Arrow)?FunctionExpression$/.test(value.type) && !isMethod;
      if (isFunction) copyTo(value.start, "(");
      for (const [key, child] of Object.entries(value)) visit(child, key === "value" && holdsMethod(value));
      if (isFunction) copyTo(value.end, ")");
    }
  };
  visit(statement);
  copyTo(statement.end, "");
  return parts.join("");
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && "start" in value;
}

function holdsMethod(node: Node & { readonly kind?: string; readonly method?: boolean }): boolean {
  if (node.type === "Property") return node.method === true || node.kind !== "init";
  return node.type === "MethodDefinition";
}
