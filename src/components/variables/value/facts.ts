import { defineFact } from "../../../model/fact.ts";
import type { Variable, VariableValue } from "../../../model/variable.ts";
import type { VariablesOptions } from "../options.ts";

/** One declared variable and what the environment gives it. */
export interface DeclaredValue {
  readonly variable: Variable;
  /** Undefined when no source sets it. */
  readonly given: VariableValue | undefined;
}

export interface EnvironmentValues {
  readonly declared: readonly DeclaredValue[];
  /** Every value by name, declared or not. */
  readonly values: ReadonlyMap<string, VariableValue>;
  /** Where a person would write a missing one: ".env.staging", or "the variables of staging". */
  readonly place: string;
}

export const environmentValues = defineFact<EnvironmentValues, VariablesOptions>({
  id: "variables.values",
  access: "read",
  reach: "environment",
  async collect({ subject }) {
    const { declared, values } = subject.variables;
    return {
      declared: declared.map((variable) => ({ variable, given: values.get(variable.name) })),
      values,
      place: usualFile(values) ?? `the variables of ${subject.environment.name}`,
    };
  },
});

/** The dotenv file most values come from; sources read ".env.staging:12". */
function usualFile(values: ReadonlyMap<string, VariableValue>): string | undefined {
  const counts = new Map<string, number>();
  for (const { source } of values.values()) {
    const file = /^(.+):\d+$/.exec(source)?.[1];
    if (file) counts.set(file, (counts.get(file) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

export function isSet(given: VariableValue | undefined): given is VariableValue {
  return given !== undefined && given.value.reveal().trim() !== "";
}

/** Values the target made itself are right by construction: its own address, its own random password. */
export function isProvisioned(given: VariableValue): boolean {
  return given.source.startsWith("provisioned");
}
