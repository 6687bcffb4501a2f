import type { HeldFigures } from "./asked-figure.ts";
import type { Duration } from "./duration.ts";
import type { Fact, Reach } from "./fact.ts";
import type { Outcome } from "./outcome.ts";
import type { Phase } from "./phase.ts";
import type { Access, Subject } from "./subject.ts";

export type Severity = "blocker" | "warning" | "info";

// biome-ignore lint/suspicious/noExplicitAny: a check may need facts of any value and of its own options
export type Needs = Readonly<Record<string, Fact<any, any>>>;
export type ValuesOf<N extends Needs> = {
  readonly [K in keyof N]: N[K] extends Fact<infer V, never> ? V : never;
};
type KnownOptions<F> = F extends Fact<unknown, infer O> ? (unknown extends O ? never : O) : never;
/** The options of the component whose facts are needed; general facts (any options) do not count. */
export type OptionsOf<N extends Needs> = [KnownOptions<N[keyof N]>] extends [never]
  ? unknown
  : KnownOptions<N[keyof N]>;

/** A question about facts with an observable answer. Pure: same facts, same outcome. */
export interface Check<N extends Needs = Needs> {
  /** "postgres.index.foreign-key": as in the catalogue; never reused for another question. */
  readonly id: string;
  /** What is so when it passes. */
  readonly title: string;
  /** What happens to the user when it is not so; one sentence. */
  readonly consequence: string;
  readonly severity: Severity;
  readonly phase: Phase;
  /** How long an answer stands as evidence. */
  readonly freshFor: Duration;
  /** How often the same question is asked as a monitor; absent: only on demand. */
  readonly every?: Duration;
  /** The only deploys that wait for its answer, for what nobody can see before a deploy; absent: all of them. */
  readonly gates?: "production" | "none";
  /** How people word it in their checklists, for binding. */
  readonly asks: readonly string[];
  /** Standard, vendor document or paper behind it. */
  readonly source?: string;
  /** What it measures that lines of a checklist may ask for with figures of their own ("below 70 %"). */
  readonly figures?: HeldFigures;
  readonly needs: N;
  run(facts: ValuesOf<N>, subject: Subject<OptionsOf<N>>): Outcome;
}

// biome-ignore lint/suspicious/noExplicitAny: checks of every component live in one list
export type AnyCheck = Check<any>;

export function defineCheck<const N extends Needs>(check: Check<N>): Check<N> {
  return check;
}

const ACCESS_ORDER: readonly Access[] = ["read", "active", "drill"];
const REACH_ORDER: readonly Reach[] = ["source", "environment", "schema", "application"];

/** The most intrusive access among the facts a check needs. */
export function accessOf(check: AnyCheck): Access {
  return furthest(
    ACCESS_ORDER,
    facts(check).map((fact) => fact.access),
  );
}

/** The furthest reach among the facts a check needs. */
export function reachOf(check: AnyCheck): Reach {
  return furthest(
    REACH_ORDER,
    facts(check).map((fact) => fact.reach),
  );
}

function facts(check: AnyCheck): Fact<unknown>[] {
  return Object.values(check.needs as Needs);
}

function furthest<T>(order: readonly T[], found: readonly T[]): T {
  const index = Math.max(0, ...found.map((each) => order.indexOf(each)));
  return order[index] as T;
}
