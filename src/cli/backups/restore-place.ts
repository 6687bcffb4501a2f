import { isBackupId } from "../../backups/manifest.ts";
import { UserError } from "../../model/errors.ts";
import type { Given } from "../command.ts";

const PLACES = ["beside", "into", "over"] as const;

/**
 * That the options name one place at most, none beside `--list`, one for a backup that is named and `--over` where
 * that is confirmed: of two, one would go by unseen, and what `--over`
 * replaces is live. Throws UserError.
 */
export function expectOnePlace(given: Given): void {
  // An empty text was asked for as well: `--into "$SPARE"` of a shell in which SPARE is not set.
  const isGiven = (name: string): boolean => given.options[name] !== undefined;
  expectNoBackupAsName(given);
  const places = PLACES.filter(isGiven);
  const restoring = [...places, ...["at"].filter(isGiven)];
  if (isGiven("list") && restoring.length > 0) {
    const named = listed(restoring);
    throw new UserError(`--list only shows what there is, and ${named} would restore it`, {
      fix: `leave out --list, or ${named}`,
    });
  }
  const { confirm } = given.options;
  if (typeof confirm === "string" && !isGiven("over")) {
    const [only] = restoring;
    const other = only ? `leave out --confirm: with --${only} alone` : "or --beside, with which";
    throw new UserError("--confirm answers what --over asks, and --over was not given", {
      fix: `${["gonogo restore", ...given.args, "--over --confirm", confirm].join(" ")} replaces the live data; ${other} it stays as it is`,
    });
  }
  const [backup] = given.args;
  if (backup !== undefined && restoring.length === 0) {
    throw new UserError(`nothing says where ${backup} is to be restored`, {
      fix: `gonogo restore ${backup} --beside, a new database beside the live one; gonogo restore --list shows what there is`,
    });
  }
  const { component } = given.options;
  if (typeof component === "string" && restoring.length === 0 && !isGiven("list")) {
    throw new UserError(`nothing says where ${component} is to be restored`, {
      fix: `gonogo restore --component ${component} --into with a new place, or a database --beside the live one; gonogo restore --list shows what there is`,
    });
  }
  if (places.length < 2) return;
  throw new UserError(`${listed(places)} are different places, and a backup is restored to one`, {
    fix: "keep one: --beside and --into leave the live database as it is, --over replaces it",
  });
}

/** "--beside, --into and --over". */
function listed(names: readonly string[]): string {
  const options = names.map((name) => `--${name}`);
  const last = options.pop() ?? "";
  return options.length === 0 ? last : `${options.join(", ")} and ${last}`;
}

/** `--beside` takes the name of the new database, and whoever gives a backup there means which one to restore. */
function expectNoBackupAsName({ options, args }: Given): void {
  const name = options.beside;
  if (typeof name !== "string" || !isBackupId(name)) return;
  const other =
    args[0] === undefined || args[0] === name ? "" : `; of ${args[0]}: gonogo restore ${args[0]} --beside`;
  throw new UserError(`--beside takes the name of the new database, and ${name} is a backup`, {
    fix: `gonogo restore ${name} --beside${other}`,
  });
}
