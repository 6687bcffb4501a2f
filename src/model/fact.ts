import type { Doors } from "./doors.ts";
import type { Access, Subject } from "./subject.ts";

/**
 * What has to exist before a fact can be seen. The deploy's gate asks what is seen from source and environment,
 * its verify step what is seen from the migrated schema and the running application.
 */
export type Reach = "source" | "environment" | "schema" | "application";

export interface FactContext<Options> {
  readonly subject: Subject<Options>;
  readonly doors: Doors;
  readonly signal: AbortSignal;
  /** Another fact of the same subject, observed once per run; throws NotObserved when it cannot be had. */
  get<Value>(fact: Fact<Value, Options>): Promise<Value>;
}

/** Something observed from outside the process, once per run and subject however many checks need it. */
export interface Fact<Value, Options = unknown> {
  /** "postgres.foreign-keys" */
  readonly id: string;
  readonly access: Access;
  readonly reach: Reach;
  /** For one attempt. Default 10,000. */
  readonly timeoutMs?: number;
  /** Default 1. Every attempt is kept in the evidence. */
  readonly attempts?: number;
  /** For the plan, when it does more than read: "4 POST requests to the webhook path". */
  readonly sends?: string;
  /** For the plan: whether it sends anything with these options. Absent: always. */
  isAsked?(options: Options): boolean;
  collect(context: FactContext<Options>): Promise<Value>;
}

/** Thrown by a fact that cannot be had; its checks become unknown with this reason, told once by `cause`. */
export class NotObserved extends Error {
  readonly factId: string | undefined;
  constructor(reason: string, factId?: string) {
    super(reason);
    this.name = "NotObserved";
    this.factId = factId;
  }
}

/** Thrown by a fact that makes no sense for this subject; its checks become not applicable. */
export class DoesNotApply extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = "DoesNotApply";
  }
}

/** Thrown where it would apply if what it looks at were declared; the reason says what is not, and best how it is. */
export class Undeclared extends DoesNotApply {
  constructor(reason: string) {
    super(reason);
    this.name = "Undeclared";
  }
}

export function defineFact<Value, Options>(fact: Fact<Value, Options>): Fact<Value, Options> {
  return fact;
}
