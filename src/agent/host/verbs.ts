import type { Stage } from "../../model/phase.ts";
import type { PublicSide } from "../settings.ts";

/** Where an environment on a host stands, whether its agent runs or not. */
export interface HostLook {
  readonly isRunning: boolean;
  readonly socketPath: string;
  readonly releases: readonly string[];
  /** When the agent was last there. */
  readonly seenAt?: number | undefined;
  /** Those of the last start. */
  readonly ports: { readonly https: number; readonly http: number } | undefined;
}

export interface LaunchRequest {
  readonly hostName: string;
  readonly bindTo: string;
  readonly port: number;
  readonly httpPort: number;
  readonly publicSide: PublicSide;
  readonly stage?: Stage | undefined;
  /** The program was replaced since the agent was started. */
  readonly isNewProgram: boolean;
}

/** Verb of the program on the host -> what it answers. */
export interface HostAnswers {
  look: HostLook;
  launch: HostLook;
  expect: { readonly missing: readonly string[] };
  /** After the machine was started: as it was launched last. */
  resume: Record<string, never>;
  receive: { readonly files: number; readonly sizeBytes: number };
  end: Record<string, never>;
}
export type HostVerb = keyof HostAnswers;

/** An error on its way here. */
export interface Carried {
  readonly kind: "user" | "outside" | "bug";
  readonly message: string;
  readonly fix?: string;
  /** Of "outside" only. */
  readonly retryable?: boolean;
}
