import { revealed, type Secret } from "./secret.ts";

/** How a value must look. "url", "port" etc. are checked without any network. */
export type VariableType =
  | { readonly type: "string"; readonly pattern?: string; readonly minLength?: number }
  | { readonly type: "url"; readonly protocols?: readonly string[] }
  | { readonly type: "integer"; readonly min?: number; readonly max?: number }
  | { readonly type: "port" }
  | { readonly type: "boolean" }
  | { readonly type: "enum"; readonly values: readonly string[] }
  | { readonly type: "duration" }
  | { readonly type: "hex"; readonly lengthBytes?: number };

/** An environment variable the application reads: declared by a component or by the launch. */
export interface Variable {
  readonly name: string;
  /** "db (postgres)" or "launch": who asked for it. */
  readonly declaredBy: string;
  readonly is: VariableType;
  readonly required: boolean;
  readonly secret: boolean;
  readonly description: string;
  /** Prefixes that belong to a test mode and must not appear in production ("sk_test_"). */
  readonly testPrefixes?: readonly string[];
  /** Prefixes of live credentials that must not appear elsewhere ("sk_live_"). */
  readonly livePrefixes?: readonly string[];
  /** Used when no source sets it. Never for secrets. */
  readonly default?: string;
  /**
   * Who gets it besides Gonogo. "commands": only the release's build, migrate and backup, as for an owner's
   * credential. "nobody": a credential of Gonogo's own, such as a channel's. Default: commands and processes.
   */
  readonly readBy?: "commands" | "nobody";
}

export interface VariableValue {
  readonly value: Secret;
  /** ".env.staging:12", "process", "command `op read ...`", "provisioned by db", "default". */
  readonly source: string;
}

/** The values of one environment by name; asking never prints. */
export interface Variables {
  readonly declared: readonly Variable[];
  readonly values: ReadonlyMap<string, VariableValue>;
  /** Without a value until the first deploy, which supplies what they lead to. Absent: none. */
  readonly toBeSupplied?: ReadonlySet<string>;
}

/** What a program that is run for the environment gets as its variables. */
export function revealedValues({ values }: Variables): Record<string, string> {
  return revealed([...values].map(([name, { value }]) => [name, value]));
}
