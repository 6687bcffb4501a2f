import type { AnsweredBy, CheckReference } from "../model/item.ts";
import { rulesOf } from "./sign-off-rules.ts";

export type Parameters = Readonly<Record<string, string>>;

export interface BoundCheck extends CheckReference {
  /** "(p95=500ms)": what the line asks of the check beyond its declaration. */
  readonly parameters: Parameters;
}

/** Who answers a line, as a comment at its end says it; `signed`: a person answers what that leaves open. */
export type Binding =
  | { readonly by: "checks"; readonly checks: readonly BoundCheck[]; readonly signed?: Parameters }
  | {
      readonly by: "drill";
      readonly drill: string;
      readonly parameters: Parameters;
      readonly signed?: Parameters;
    }
  | { readonly by: "person"; readonly parameters: Parameters }
  /** Somebody decided that nobody has to answer, and said why. */
  | { readonly by: "none"; readonly why: string };

/** In the words of the model. A line that nobody has to answer keeps why. */
export function answeredBy(binding: Binding): AnsweredBy {
  switch (binding.by) {
    case "checks":
      return {
        by: "checks",
        checks: binding.checks.map(({ check, component }) => ({
          check,
          ...(component !== undefined && { component }),
        })),
      };
    case "drill":
      return { by: "drill", drill: binding.drill };
    case "person":
      return {
        by: "person",
        ...(Object.keys(rulesOf(binding.parameters)).length > 0 && { rules: rulesOf(binding.parameters) }),
      };
    case "none":
      return { by: "nobody", why: binding.why };
  }
}
