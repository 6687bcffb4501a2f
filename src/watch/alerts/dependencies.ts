import type { Alert } from "../../model/alert.ts";
import type { Monitor } from "../../model/monitor.ts";

/** Which components rest on which, over any number of steps. */
export interface Dependencies {
  restsOn(component: string, other: string): boolean;
}

export function dependenciesOf(monitors: Iterable<Monitor>): Dependencies {
  const direct = new Map<string, Set<string>>();
  for (const { component, dependsOn } of monitors) {
    const known = direct.get(component) ?? new Set();
    for (const each of dependsOn) known.add(each);
    direct.set(component, known);
  }
  const reached = new Map<string, ReadonlySet<string>>();
  const reach = (component: string): ReadonlySet<string> => {
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
  return { restsOn: (component, other) => reach(component).has(other) };
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
    const hasCause = [...first].some(([other, theirs]) => {
      if (other === component || !dependencies.restsOn(component, other)) return false;
      return !dependencies.restsOn(other, component) || isEarlier(theirs, own);
    });
    if (hasCause) explained.add(component);
  }
  return new Set(firing.filter((each) => explained.has(each.component)).map((each) => each.monitor));
}

function isEarlier(a: Alert, b: Alert): boolean {
  if (a.firstFailureAt !== b.firstFailureAt) return a.firstFailureAt < b.firstFailureAt;
  return a.monitor < b.monitor;
}
