import { createRequire } from "node:module";
import { once } from "../../../model/once.ts";

/** Read when the first licence is judged: it brings all of SPDX's lists along, and every command has this file. */
const spdxSatisfies = once(
  () => createRequire(import.meta.url)("spdx-satisfies") as typeof import("spdx-satisfies"),
);

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
    return spdxSatisfies()(expression, allowed);
  } catch {
    return false;
  }
}
