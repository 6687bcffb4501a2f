import type { Stage } from "../model/phase.ts";
import type { Access } from "../model/subject.ts";

/**
 * The stage an environment's name speaks of. Undefined when it does not say: guessing "staging" for an
 * environment that is production would leave the most important checks out.
 */
export function stageOf(environment: string): Stage | undefined {
  const words = environment.split("-");
  if (words.some((word) => /^(prod|production|live)$/.test(word))) return "production";
  if (words.some((word) => /^(staging|stage|qa|uat|test)$/.test(word))) return "staging";
  if (words.some((word) => /^(preview|review|dev|development|local)$/.test(word))) return "preview";
  return undefined;
}

/** What checks may do when the environment does not say: nothing but reading where real users are. */
export function accessOf(stage: Stage, allows: readonly Access[] | undefined): readonly Access[] {
  const stated = allows ?? (stage === "production" ? [] : ["active" as const]);
  return [...new Set<Access>(["read", ...stated])];
}
