import type { Alert } from "../../model/alert.ts";
import type { Monitor } from "../../model/monitor.ts";

/** Which components rest on which, over any number of steps. */
export interface Dependencies {
  restsOn(component: string, other: string): boolean;
  /** All it rests on. */
  causesOf(component: string): ReadonlySet<string>;
  /** All that rests on it. */
  resting(component: string): ReadonlySet<string>;
}

export function dependenciesOf(monitors: Iterable<Monitor>): Dependencies {
  const direct = new Map<string, Set<string>>();
  for (const { component, dependsOn } of monitors) {
    const known = direct.get(component) ?? new Set();
    for (const each of dependsOn) known.add(each);
    direct.set(component, known);
  }
  const opposite = new Map<string, Set<string>>();
  for (const [component, causes] of direct) {
    for (const cause of causes) {
      const known = opposite.get(cause) ?? new Set();
      opposite.set(cause, known.add(component));
    }
  }
  const causesOf = reachIn(direct);
  return {
    causesOf,
    resting: reachIn(opposite),
    restsOn: (component, other) => causesOf(component).has(other),
  };
}

function reachIn(
  direct: ReadonlyMap<string, ReadonlySet<string>>,
): (component: string) => ReadonlySet<string> {
  const reached = new Map<string, ReadonlySet<string>>();
  return (component) => {
    const known = reached.get(component);
    if (known) return known;
    const found = new Set<string>();
    const open = [...(direct.get(component) ?? [])];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (found.has(next)) continue;
      found.add(next);
      open.push(...(direct.get(next) ?? []));
    }
    reached.set(component, found);
    return found;
  };
}

/**
 * Alerts that another one's trouble explains. Of components that rest on each other in a circle the one that failed
 * first is told.
 */
export function inhibited(alerts: readonly Alert[], dependencies: Dependencies): Set<string> {
  const firing = alerts.filter((each) => each.resolvedAt === undefined);
  const first = new Map<string, Alert>();
  for (const each of firing) {
    const known = first.get(each.component);
    if (!known || isEarlier(each, known)) first.set(each.component, each);
  }
  const explained = new Set<string>();
  for (const [component, own] of first) {
    const hasCause = [...dependencies.causesOf(component)].some((cause) => {
      const theirs = first.get(cause);
      if (!theirs || cause === component) return false;
      return !dependencies.restsOn(cause, component) || isEarlier(theirs, own);
    });
    if (hasCause) explained.add(component);
  }
  return new Set(firing.filter((each) => explained.has(each.component)).map((each) => each.monitor));
}

function isEarlier(a: Alert, b: Alert): boolean {
  if (a.firstFailureAt !== b.firstFailureAt) return a.firstFailureAt < b.firstFailureAt;
  return a.monitor < b.monitor;
}
