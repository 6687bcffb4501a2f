import type { z } from "zod";
import type { Doors } from "./doors.ts";
import type { Secret } from "./secret.ts";
import type { Variable } from "./variable.ts";

/** P0: users cannot use it or money goes wrong. P1: a promise is being broken. P2: it will be. P3: good to know. */
export type IncidentSeverity = "P0" | "P1" | "P2" | "P3";

/** What a message is for: a new trouble, one that goes on, one that ended, or a rehearsal of being told. */
export type NoticeKind = "firing" | "still firing" | "resolved" | "drill";

/** Something people are told, before any channel puts it into its own form. Holds no secret. */
export interface Notice {
  /** Names this one message for ever: when it is sent twice, receivers can drop the second by it. */
  readonly key: string;
  /** The same for every message about one incident. */
  readonly thread: string;
  readonly kind: NoticeKind;
  readonly severity: IncidentSeverity;
  readonly launch: string;
  readonly environment: string;
  /** One line: "database: postgres.connection.ok fails". */
  readonly title: string;
  /** Label and value, most important first. */
  readonly facts: readonly (readonly [label: string, value: string])[];
  /** Where to look and to acknowledge. */
  readonly link?: string;
  /** What everybody may see of it. */
  readonly statusPage?: string;
  /** Milliseconds since 1970 UTC at which what is told happened. */
  readonly at: number;
}

export interface SendRequest<Options> {
  readonly options: Options;
  /** Values of the variables the channel asks for, by name. */
  readonly variables: ReadonlyMap<string, Secret>;
  readonly doors: Doors;
  readonly signal: AbortSignal;
}

/**
 * One way of telling people. It sends, nothing else: who is told what and how often is decided elsewhere.
 * `send` resolves with the receiver's own word for it (an id, a status) and throws OutsideError: `retryable` and
 * `retryAfterMs` say whether and when to try again.
 */
export interface ChannelKind<Options> {
  /** "slack": the word in the declaration. */
  readonly kind: string;
  /** One sentence for the reference. */
  readonly summary: string;
  readonly options: z.ZodType<Options>;
  /** Credentials it needs. They are Gonogo's own: neither commands nor processes of the application get them. */
  variables(options: Options): readonly Omit<Variable, "declaredBy" | "readBy">[];
  send(notice: Notice, request: SendRequest<Options>): Promise<string>;
}

// biome-ignore lint/suspicious/noExplicitAny: kinds with every options type stand in one registry
export type AnyChannelKind = ChannelKind<any>;

export interface DeclareChannel<Input> {
  (options?: Input): { readonly kind: string; readonly options: unknown };
  readonly definition: AnyChannelKind;
}

/** Makes the function a declaration calls; the options are judged when the launch is loaded, all at once. */
export function defineChannel<Schema extends z.ZodType>(
  definition: Omit<ChannelKind<z.output<Schema>>, "options"> & { readonly options: Schema },
): DeclareChannel<z.input<Schema>> {
  const declare = (options: z.input<Schema> = {} as z.input<Schema>) => ({ kind: definition.kind, options });
  return Object.assign(declare, { definition: definition as AnyChannelKind });
}
