import { stripTypeScriptTypes } from "node:module";
import { type Node, parse } from "acorn";

/** A node with whatever its type brings. */
export type AnyNode = Node & Record<string, unknown>;

export interface JavaScriptTree {
  readonly root: AnyNode;
  /** What was parsed: the same text, at the same places, without its types. */
  readonly code: string;
}

/** A JavaScript or TypeScript file; undefined for what cannot be parsed: JSX, enums, mistakes. */
export function parsedJavaScript(path: string, text: string): JavaScriptTree | undefined {
  try {
    const code = /\.[mc]?ts$/.test(path) ? stripTypeScriptTypes(text) : text;
    const root = parse(code, {
      ecmaVersion: "latest",
      sourceType: "module",
      locations: true,
      allowHashBang: true,
      allowReturnOutsideFunction: true,
      allowAwaitOutsideFunction: true,
      allowImportExportEverywhere: true,
    }) as unknown as AnyNode;
    return { root, code };
  } catch {
    return undefined;
  }
}

export function childrenOf(node: AnyNode): AnyNode[] {
  return Object.values(node).flat().filter(isNode);
}

/** From 1, as editors count. */
export function lineOf(node: AnyNode): number {
  return node.loc?.start.line ?? 1;
}

function isNode(value: unknown): value is AnyNode {
  return typeof (value as { type?: unknown } | null | undefined)?.type === "string";
}
