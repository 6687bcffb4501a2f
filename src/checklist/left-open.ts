import type { Item } from "../model/item.ts";
import type { ParsedItem } from "./markdown/parse.ts";
import { rulesOf } from "./sign-off-rules.ts";

/** What the checks or the drill of a line leave open, where its comment says so: an item that a person answers. */
export function leftOpen({ binding, ...line }: ParsedItem): Item[] {
  if ((binding?.by !== "checks" && binding?.by !== "drill") || !binding.signed) return [];
  const { id, text, phase, path, claimed, condition, surroundings } = line;
  const rules = rulesOf(binding.signed);
  return [
    {
      // No line has such an id: theirs have no dots.
      id: `${id}.rest`,
      text: binding.signed.rest ?? text,
      phase,
      line: line.line,
      path,
      ...(surroundings && { surroundings: { ...surroundings, above: [...surroundings.above, text] } }),
      claimed,
      ...(condition !== undefined && { condition }),
      answeredBy: { by: "person", ...(Object.keys(rules).length > 0 && { rules }) },
      restOf: id,
    },
  ];
}
