import { UserError } from "../model/errors.ts";
import type { LineBinding } from "./bind-checklist.ts";
import { changedWhereNamed } from "./line-named.ts";

/** The lines, of which those that are named are signed by a person as well. Throws UserError where one is already, or nothing else answers. */
export function withAlsoSigned(
  lines: readonly LineBinding[],
  named: readonly string[],
): readonly LineBinding[] {
  return changedWhereNamed(lines, named, alsoSigned);
}

function alsoSigned({ item, binding }: LineBinding): LineBinding {
  const isAnswered = binding?.by === "checks" || binding?.by === "drill";
  if (isAnswered && !binding.signed) return { item, how: "bound", binding: { ...binding, signed: {} } };
  const said = item.text.slice(0, 60);
  if (isAnswered || binding?.by === "person") {
    throw new UserError(`line ${item.line} is signed by a person already: ${said}`, {
      fix: `gonogo sign ${item.line}`,
    });
  }
  throw new UserError(`no check answers line ${item.line}: ${said}`, {
    fix: "write <!-- gonogo: sign-off --> behind it to have it signed",
  });
}
