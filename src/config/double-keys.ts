import type { Node, ObjectExpression } from "acorn";
import type { Mistake } from "./mistakes.ts";
import { shown } from "./showing.ts";
import { nodesOf, type Position, parsedModule, positionOf } from "./syntax-tree.ts";

/** Keys that stand twice in one object: the language keeps the last and drops the first without a word. */
export function findDoubleKeys(source: string | undefined, file: string): Mistake[] {
  const program = source === undefined ? undefined : parsedModule(source);
  if (!program) return [];
  return [...nodesOf(program)].flatMap((node) =>
    node.type === "ObjectExpression" ? doublesIn(node as ObjectExpression, file) : [],
  );
}

function doublesIn({ properties }: ObjectExpression, file: string): Mistake[] {
  const first = new Map<string, Position | undefined>();
  return properties.flatMap((property): Mistake[] => {
    if (property.type !== "Property" || property.kind !== "init" || property.computed) return [];
    const name = nameOf(property.key);
    if (name === undefined) return [];
    const at = positionOf(property);
    if (!first.has(name)) {
      first.set(name, at);
      return [];
    }
    return [
      {
        path: name,
        file,
        line: at?.line,
        column: at?.column,
        expected: "every name once",
        found: `${shown(name, [])} a second time: the one in line ${first.get(name)?.line} is dropped`,
        didYouMean: undefined,
        fix: "rename one of the two, or remove it",
      },
    ];
  });
}

function nameOf(key: Node): string | undefined {
  if (key.type === "Identifier") return (key as Node & { name: string }).name;
  return key.type === "Literal" ? String((key as Node & { value: unknown }).value) : undefined;
}
