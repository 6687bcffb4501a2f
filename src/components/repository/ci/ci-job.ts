/** A job of a CI system, as far as it tells whether it runs something on a push. */
export interface CiJob {
  readonly file: string;
  readonly name: string;
  /** "push", "pull_request"; empty: neither starts it. */
  readonly on: readonly string[];
  /** Why it may be left out though its trigger fired: a condition, a filter of branches or paths. */
  readonly onlyIf: string | undefined;
  readonly steps: readonly CiStep[];
}

export interface CiStep {
  readonly script: string;
  /** Folder it runs in, relative to the repository's root; "" is the root. */
  readonly folder: string;
  /** Why its failure stops nobody: "continue-on-error". */
  readonly forgiven: string | undefined;
  /** Whether a command fails that fails before a pipe. */
  readonly pipesFail: boolean;
  /** A condition of its own. */
  readonly onlyIf: string | undefined;
}

/** A condition that is met whenever what came before went well. */
export function isMetAnyway(condition: unknown): boolean {
  const said = String(condition)
    .replace(/^\$\{\{|\}\}$/g, "")
    .trim();
  return condition === undefined || /^(true|always\(\)|success\(\)|!\s*cancelled\(\)|on_success)$/.test(said);
}

export type YamlObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is YamlObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function objectAt(value: unknown, key: string): YamlObject {
  const found = isObject(value) ? value[key] : undefined;
  return isObject(found) ? found : {};
}

/** A list of texts, or one text alone. */
export function texts(value: unknown): string[] {
  return (Array.isArray(value) ? value.flat(5) : [value]).filter((each) => typeof each === "string");
}
