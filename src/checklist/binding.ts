import type { AnsweredBy, CheckReference } from "../model/item.ts";

/** What a binding comment says; undefined when the text is no binding of ours. */
export interface Binding {
  readonly answeredBy: AnsweredBy;
  /** In parentheses behind a check: "(max-age=31536000)". */
  readonly parameters: Readonly<Record<string, string>>;
}

const COMMENT = /<!--\s*gonogo:\s*([\s\S]*?)\s*-->/;
const REFERENCE = /^(?:([a-z0-9-]+)\/)?([a-z0-9]+(?:[.-][a-z0-9-]+)+)(?:\s*\(([^)]*)\))?$/i;

/** Reads `<!-- gonogo: db/postgres.index.foreign-key, sign-off, drill rollback -->` out of a line. */
export function readBinding(text: string): Binding | { readonly mistake: string } | undefined {
  const words = COMMENT.exec(text)?.[1];
  if (words === undefined) return undefined;
  if (words === "sign-off") return { answeredBy: { by: "person" }, parameters: {} };
  const drill = /^drill\s+([a-z-]+)$/.exec(words)?.[1];
  if (drill !== undefined) return { answeredBy: { by: "drill", drill: `drill.${drill}` }, parameters: {} };
  if (/^none\b/.test(words)) return { answeredBy: { by: "nobody" }, parameters: {} };
  const checks: CheckReference[] = [];
  const parameters: Record<string, string> = {};
  for (const part of words.split(/,(?![^(]*\))/)) {
    const found = REFERENCE.exec(part.trim());
    if (!found) return { mistake: `"${part.trim()}" is not a check, "sign-off", "drill NAME" or "none"` };
    const [, component, check = "", given] = found;
    checks.push(component === undefined ? { check } : { check, component });
    for (const pair of given?.split(",") ?? []) {
      const [name = "", value = ""] = pair.split("=").map((each) => each.trim());
      parameters[name] = value;
    }
  }
  return { answeredBy: { by: "checks", checks }, parameters };
}
