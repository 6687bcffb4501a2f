import type { Alert, AlertGroup } from "../../model/alert.ts";
import type { Grouping } from "../../model/alert-policy.ts";
import type { Dependencies } from "./dependencies.ts";

/** What is wrong with the watcher itself is never mixed with what is wrong with the watched. */
export const WATCHER = "gonogo";

/** Alerts of one key are one group; undefined: what failed together decides. */
export function groupKey({ component }: Alert, by: Grouping["by"]): string | undefined {
  if (component === WATCHER) return WATCHER;
  if (by === "component") return component;
  return by === "environment" ? "environment" : undefined;
}

/**
 * The group a new alert belongs to. By cause: one with a component that it rests on or that rests on it, then one
 * that is still gathering, then one whose first alert was confirmed after this one had begun to fail.
 */
export function groupToJoin(
  alert: Alert,
  groups: Iterable<AlertGroup>,
  setting: {
    by: Grouping["by"];
    dependencies: Dependencies;
    componentsOf: (group: AlertGroup) => readonly string[];
  },
): AlertGroup | undefined {
  const { by, dependencies, componentsOf } = setting;
  const key = groupKey(alert, by);
  const open = [...groups].filter((group) => group.key === key);
  if (key !== undefined) return open[0];
  const { component } = alert;
  const related = [component, ...dependencies.causesOf(component), ...dependencies.resting(component)];
  return (
    open.find((group) => related.some((each) => componentsOf(group).includes(each))) ??
    open.find((group) => group.flushedAt === undefined) ??
    open.find((group) => alert.firstFailureAt <= group.createdAt)
  );
}
