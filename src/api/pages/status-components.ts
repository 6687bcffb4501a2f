import type { Launch } from "../../model/launch.ts";
import type { Monitor } from "../../model/monitor.ts";
import type { StatusComponent } from "../../model/status-page.ts";

/** A name the public knows, with the monitors that tell how it is. */
export interface ShownComponent {
  readonly name: string;
  readonly of: readonly string[];
  readonly monitors: readonly Monitor[];
}

const PUBLIC_KINDS = ["web", "site"];

/** As declared; without a declaration one for each component that answers users. */
export function shownComponents(launch: Launch, monitors: readonly Monitor[]): ShownComponent[] {
  const declared = launch.statusPage?.components ?? [];
  const shown = declared.length > 0 ? declared : defaults(launch);
  return shown.map(({ name, of }) => ({ name, of, monitors: tellingOf(monitors, of) }));
}

function defaults({ components }: Launch): StatusComponent[] {
  return components
    .filter(({ kind }) => PUBLIC_KINDS.includes(kind.kind))
    .map(({ name }) => ({ name, of: [name] }));
}

/** A warning about a header is no outage: what opens a P0 or P1 counts, everything only where nothing does. */
function tellingOf(monitors: readonly Monitor[], of: readonly string[]): Monitor[] {
  const own = monitors.filter(({ component, shownOnly }) => of.includes(component) && shownOnly !== true);
  const grave = own.filter(({ severity }) => severity === "P0" || severity === "P1");
  return grave.length > 0 ? grave : own;
}
