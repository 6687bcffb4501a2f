import type { Alert } from "../model/alert.ts";
import type { AlertPolicy } from "../model/alert-policy.ts";

/** Names of the channels that are told of an alert: those of the first route that fits. */
export function channelsFor(
  { severity, component }: Pick<Alert, "severity" | "component">,
  { routes }: AlertPolicy,
): readonly string[] {
  const route = routes.find(
    ({ severities, components }) =>
      (severities?.includes(severity) ?? true) && (components?.includes(component) ?? true),
  );
  return route?.to ?? [];
}
