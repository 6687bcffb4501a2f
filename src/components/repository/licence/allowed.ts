import satisfies from "spdx-satisfies";

/** Whether the declaration may name it: one licence by its SPDX id, with or without an exception. */
export function isLicenceId(id: string): boolean {
  return isKept(id, [id]);
}

/** Whether one may use a package by these licences alone; what is no SPDX expression is refused. */
export function isAllowed(expression: string, allowed: readonly string[]): boolean {
  return isKept(expression, allowed);
}

function isKept(expression: string, allowed: readonly string[]): boolean {
  try {
    return satisfies(expression, allowed);
  } catch {
    return false;
  }
}
