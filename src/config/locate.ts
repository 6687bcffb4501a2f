import type { Expression, Identifier, Node, ObjectExpression, Program, Property, SpreadElement } from "acorn";
import { parse } from "acorn";

/** From 1, as editors count. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Finds where in the source a path of the declaration is written. */
export interface Locator {
  /** The place, or the nearest parent that can be found; undefined when not even the declaration can. */
  locate(path: readonly PropertyKey[]): Position | undefined;
  /** Names imported from a module, with the place of each. */
  importsFrom(module: string): readonly { readonly name: string; readonly at: Position }[];
}

const MAX_STEPS = 200;

/** `source` is JavaScript: types are blanked beforehand. Never throws; a source that cannot be read has no places. */
export function createLocator(source: string | undefined): Locator {
  const program = source === undefined ? undefined : parsed(source);
  if (!program) return { locate: () => undefined, importsFrom: () => [] };
  const constants = constantsOf(program);
  const root = exportedBy(program);

  function locate(path: readonly PropertyKey[]): Position | undefined {
    if (!root) return undefined;
    let at: Node = root;
    let value: Node = root;
    for (const key of path) {
      const found = memberOf(value, key);
      if (!found) break;
      at = found.at;
      value = found.value;
    }
    return positionOf(at);
  }

  function memberOf(value: Node, key: PropertyKey): { at: Node; value: Node } | undefined {
    const node = literalOf(value);
    if (node?.type === "ArrayExpression") {
      const element = node.elements[Number(key)];
      // After a spread the count in the source is no longer the count in the list.
      const isCounted = !node.elements
        .slice(0, Number(key) + 1)
        .some((each) => each?.type === "SpreadElement");
      return element && isCounted ? { at: element, value: element } : undefined;
    }
    if (node?.type !== "ObjectExpression") return undefined;
    return propertyOf(node, String(key)) ?? inside(propertyOf(node, "options"), key);
  }

  /** `{ kind, options }` written by hand: paths leave the word "options" out. */
  function inside(
    options: { value: Node } | undefined,
    key: PropertyKey,
  ): { at: Node; value: Node } | undefined {
    const node = options && literalOf(options.value);
    return node?.type === "ObjectExpression" ? propertyOf(node, String(key)) : undefined;
  }

  function propertyOf(
    object: ObjectExpression,
    key: string,
    steps = 0,
  ): { at: Node; value: Node } | undefined {
    for (const property of object.properties.toReversed()) {
      const found = property.type === "SpreadElement" ? spread(property, key, steps) : named(property, key);
      if (found) return found;
    }
    return undefined;
  }

  function spread(
    { argument }: SpreadElement,
    key: string,
    steps: number,
  ): { at: Node; value: Node } | undefined {
    const node = steps < MAX_STEPS ? literalOf(argument) : undefined;
    return node?.type === "ObjectExpression" ? propertyOf(node, key, steps + 1) : undefined;
  }

  /** The object or list an expression stands for: behind names, calls, `await` and members of constants. */
  function literalOf(node: Node, steps = 0): Expression | undefined {
    if (steps > MAX_STEPS) return undefined;
    const expression = node as Expression;
    switch (expression.type) {
      case "ObjectExpression":
      case "ArrayExpression":
        return expression;
      case "CallExpression": {
        const [first] = expression.arguments;
        return first && literalOf(first, steps + 1);
      }
      case "AwaitExpression":
        return literalOf(expression.argument, steps + 1);
      case "Identifier": {
        const constant = constants.get(expression.name);
        return constant && literalOf(constant, steps + 1);
      }
      case "MemberExpression": {
        const object = literalOf(expression.object, steps + 1);
        const key = expression.computed ? undefined : (expression.property as Identifier).name;
        const member =
          object?.type === "ObjectExpression" && key !== undefined
            ? propertyOf(object, key, steps + 1)
            : undefined;
        return member && literalOf(member.value, steps + 1);
      }
      default:
        return undefined;
    }
  }

  return {
    locate,
    importsFrom: (module) =>
      program.body
        .filter((each) => each.type === "ImportDeclaration")
        .filter((each) => each.source.value === module)
        .flatMap((each) => each.specifiers)
        .filter((each) => each.type === "ImportSpecifier")
        .map(({ imported }) => ({
          name: imported.type === "Identifier" ? imported.name : String(imported.value),
          at: positionOf(imported) ?? { line: 1, column: 1 },
        })),
  };
}

/** Where the text stops being JavaScript. */
export function syntaxErrorAt(source: string): (Position & { readonly message: string }) | undefined {
  try {
    parse(source, { ecmaVersion: "latest", sourceType: "module", allowHashBang: true });
    return undefined;
  } catch (thrown) {
    const { loc, message } = thrown as { loc?: { line: number; column: number }; message: string };
    return loc && { line: loc.line, column: loc.column + 1, message: message.replace(/ \(\d+:\d+\)$/, "") };
  }
}

function parsed(source: string): Program | undefined {
  try {
    return parse(source, {
      ecmaVersion: "latest",
      sourceType: "module",
      locations: true,
      allowHashBang: true,
    });
  } catch {
    return undefined;
  }
}

function constantsOf(program: Program): Map<string, Node> {
  const constants = new Map<string, Node>();
  for (const statement of program.body) {
    const declaration = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    if (declaration?.type !== "VariableDeclaration") continue;
    for (const { id, init } of declaration.declarations) {
      if (id.type === "Identifier" && init) constants.set(id.name, init);
    }
  }
  return constants;
}

function exportedBy(program: Program): Node | undefined {
  for (const statement of program.body) {
    if (statement.type === "ExportDefaultDeclaration") return statement.declaration;
    if (statement.type !== "ExportNamedDeclaration") continue;
    const renamed = statement.specifiers.find(
      ({ exported }) => (exported.type === "Identifier" ? exported.name : exported.value) === "default",
    );
    if (renamed) return renamed.local;
  }
  return undefined;
}

function named(property: Property, key: string): { at: Node; value: Node } | undefined {
  const { computed } = property;
  const name = property.key;
  const isNamed =
    (name.type === "Identifier" && !computed && name.name === key) ||
    (name.type === "Literal" && String(name.value) === key);
  return isNamed ? { at: property, value: property.value } : undefined;
}

function positionOf(node: Node): Position | undefined {
  return node.loc ? { line: node.loc.start.line, column: node.loc.start.column + 1 } : undefined;
}
