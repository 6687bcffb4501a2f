import type { Expression, Identifier, Node, ObjectExpression, Program, Property, SpreadElement } from "acorn";
import { type Position, parsedModule, positionOf } from "./syntax-tree.ts";

/** Finds where in the source a path of the declaration is written. */
export interface Locator {
  /** The place, or the nearest parent that can be found; undefined when not even the declaration can. */
  locate(path: readonly PropertyKey[]): Position | undefined;
  /** The text of the value that a path has in the source; undefined where it is not written there itself. */
  textAt(path: readonly PropertyKey[]): string | undefined;
  /** What is imported from where, in order; `name` is "default" for `import x from`, undefined for all at once. */
  readonly imports: readonly Import[];
  /** Names the module declares or imports, with the place of each. */
  readonly names: ReadonlyMap<string, Position>;
}

export interface Import {
  readonly from: string;
  readonly name: string | undefined;
  readonly at: Position;
}

const MAX_STEPS = 200;

/** `source` is JavaScript: types are blanked beforehand. Never throws; a source that cannot be read has no places. */
export function createLocator(source: string | undefined): Locator {
  const program = source === undefined ? undefined : parsedModule(source);
  if (!program || source === undefined)
    return { locate: () => undefined, textAt: () => undefined, imports: [], names: new Map() };
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

  function textAt(path: readonly PropertyKey[]): string | undefined {
    let value = root;
    for (const key of path) value = value && memberOf(value, key)?.value;
    return value && source?.slice(value.start, value.end);
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

  return { locate, textAt, imports: importsOf(program), names: namesOf(program) };
}

const START: Position = { line: 1, column: 1 };

function importsOf(program: Program): Import[] {
  return program.body.flatMap((each): Import[] => {
    if (each.type !== "ImportDeclaration") return [];
    const from = String(each.source.value);
    const whole = { from, name: undefined, at: positionOf(each.source) ?? START };
    if (each.specifiers.length === 0) return [whole];
    return each.specifiers.map((specifier): Import => {
      const at = positionOf(specifier) ?? START;
      if (specifier.type === "ImportNamespaceSpecifier") return whole;
      if (specifier.type === "ImportDefaultSpecifier") return { from, name: "default", at };
      const { imported } = specifier;
      const name = imported.type === "Identifier" ? imported.name : String(imported.value);
      return { from, name, at };
    });
  });
}

function namesOf(program: Program): Map<string, Position> {
  const imported = program.body.flatMap((each) => (each.type === "ImportDeclaration" ? each.specifiers : []));
  return new Map([
    ...imported.map(({ local }): [string, Position] => [local.name, positionOf(local) ?? START]),
    ...[...constantsOf(program)].map(([name, node]): [string, Position] => [name, positionOf(node) ?? START]),
  ]);
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
