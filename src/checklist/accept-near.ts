import { UserError } from "../model/errors.ts";
import { bindingOf, type LineBinding } from "./bind-checklist.ts";
import { changedWhereNamed } from "./line-named.ts";

/** The lines, of which those that are named are answered by what is nearest. Throws UserError where nothing is, or another answers. */
export function withAccepted(
  lines: readonly LineBinding[],
  named: readonly string[],
): readonly LineBinding[] {
  return changedWhereNamed(lines, named, accepted);
}

function accepted({ item, binding, near }: LineBinding): LineBinding {
  if (binding?.by !== "person") {
    throw new UserError(`line ${item.line} is answered already: ${item.text.slice(0, 60)}`, {
      fix: "to have it answered by another check, name that in the line's comment",
    });
  }
  if (!near) {
    throw new UserError(`no check is near to answering line ${item.line}: ${item.text.slice(0, 60)}`, {
      fix: `gonogo import --explain ${item.line} shows what was looked at; name a check in the line's comment`,
    });
  }
  return { item, how: "bound", binding: bindingOf(item, { chosen: [near] }), confidence: near.confidence };
}
