import type { Readable } from "node:stream";
import type { z } from "zod";
import type { Doors } from "./doors.ts";
import type { Secret } from "./secret.ts";
import type { Variable } from "./variable.ts";

export interface StoredObject {
  /** "b20261121T073000Z-4f2a/manifest.json": relative to the place. */
  readonly name: string;
  readonly sizeBytes: number;
}

/** A local file that is to be stored. */
export interface Consignment {
  readonly file: string;
  readonly sizeBytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
  /** Nobody needs the local file afterwards. */
  readonly mayMove: boolean;
}

/**
 * Where backups of one environment lie. What is stored exists under its name as a whole or not at all. Everything
 * throws OutsideError or UserError when the place cannot be reached, refuses, or is full.
 */
export interface Place {
  /** "/var/backups/soulseer/staging", "s3://bucket/soulseer/staging" */
  readonly label: string;
  /** Everything below it. */
  list(signal: AbortSignal): Promise<readonly StoredObject[]>;
  /** Undefined when there is none. */
  readText(name: string, signal: AbortSignal): Promise<string | undefined>;
  /** Undefined when there is none. */
  read(name: string, signal: AbortSignal): Promise<Readable | undefined>;
  writeText(name: string, text: string, signal: AbortSignal): Promise<void>;
  /** Goes on where an earlier, interrupted attempt with the same file ended. */
  store(
    name: string,
    from: Consignment,
    options: { readonly signal: AbortSignal; readonly onBytes?: (bytes: number) => void },
  ): Promise<void>;
  remove(names: readonly string[], signal: AbortSignal): Promise<void>;
  /** Undefined where nobody can tell. */
  freeBytes(): Promise<number | undefined>;
}

export interface PlaceRequest<Options> {
  readonly options: Options;
  readonly launch: string;
  readonly environment: string;
  /** Absolute directory of the project. */
  readonly project: string;
  /** Values of the variables the destination asks for, by name. */
  readonly variables: ReadonlyMap<string, Secret>;
  readonly doors: Doors;
}

/** One kind of place backups can be brought to. */
export interface DestinationKind<Options> {
  /** "s3": the word in the declaration. */
  readonly kind: string;
  /** One sentence for the reference. */
  readonly summary: string;
  readonly options: z.ZodType<Options>;
  /** Whether it survives the loss of the machine that Gonogo runs on. */
  readonly isElsewhere: boolean;
  /** Credentials it needs. They are Gonogo's own: neither commands nor processes of the application get them. */
  variables(options: Options): readonly Omit<Variable, "declaredBy" | "readBy">[];
  openPlace(request: PlaceRequest<Options>): Place;
}

// biome-ignore lint/suspicious/noExplicitAny: kinds with every options type stand in one registry
export type AnyDestinationKind = DestinationKind<any>;

export interface DeclareDestination<Input> {
  (options?: Input): { readonly kind: string; readonly options: unknown };
  readonly definition: AnyDestinationKind;
}

/** Makes the function a declaration calls; the options are judged when the launch is loaded, all at once. */
export function defineDestination<Schema extends z.ZodType>(
  definition: Omit<DestinationKind<z.output<Schema>>, "options"> & { readonly options: Schema },
): DeclareDestination<z.input<Schema>> {
  const declare = (options: z.input<Schema> = {} as z.input<Schema>) => ({ kind: definition.kind, options });
  return Object.assign(declare, { definition: definition as AnyDestinationKind });
}
