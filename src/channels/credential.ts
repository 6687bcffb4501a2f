import { z } from "zod";
import type { SendRequest } from "../model/channel.ts";
import { UserError } from "../model/errors.ts";
import type { Variable } from "../model/variable.ts";

/** Option that names the variable with a credential: the declaration never holds the credential itself. */
export function variableName(otherwise: string, holds: string) {
  return z
    .string()
    .regex(/^[A-Z_][A-Z0-9_]*$/, `expected the name of a variable, such as "${otherwise}"`)
    .default(otherwise)
    .describe(`Variable that holds ${holds}.`);
}

export function secretVariable(
  name: string,
  description: string,
  is: Variable["is"] = { type: "string" },
): Omit<Variable, "declaredBy" | "readBy"> {
  return { name, is, required: true, secret: true, description };
}

/** The value of a variable; throws UserError when nothing set it. */
export function credential({ variables }: SendRequest<unknown>, name: string): string {
  const value = variables.get(name)?.reveal() ?? "";
  if (value !== "") return value;
  throw new UserError(`${name} is not set, so nobody can be told`, {
    fix: `set ${name} in the environment's variables`,
  });
}

/** A vendor's address, so that its other regions can be declared. */
export function endpoint(otherwise: string) {
  return z
    .url({ protocol: /^https?$/ })
    .default(otherwise)
    .describe("Address of the vendor's API; other regions have their own.");
}
