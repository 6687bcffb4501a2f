import type { Doors } from "../../model/doors.ts";
import type { HostStatus } from "../../model/host.ts";
import type { Address } from "../../model/subject.ts";
import type { Variables } from "../../model/variable.ts";
import type { LightHttp } from "../../system/light-http.ts";

/** What one light question saw; who asked adds when and how long. */
export interface Sighting {
  readonly state: "up" | "down" | "unknown";
  /** One line for people; holds no secret. */
  readonly detail: string;
  readonly value?: number;
  readonly release?: string | undefined;
}

/** What light questions are asked with. */
export interface ProbeGround {
  readonly doors: Doors;
  readonly http: LightHttp;
  readonly address: Address | undefined;
  readonly variables: Variables;
  host(): Promise<HostStatus | undefined>;
  readonly signal: AbortSignal;
}

export function up(detail: string, more: Omit<Sighting, "state" | "detail"> = {}): Sighting {
  return { state: "up", detail, ...more };
}
export function down(detail: string, more: Omit<Sighting, "state" | "detail"> = {}): Sighting {
  return { state: "down", detail, ...more };
}
export function cannotTell(detail: string): Sighting {
  return { state: "unknown", detail };
}
