import type { HostAnswer } from "./facts.ts";

export function namesOf(answers: readonly HostAnswer[]): string[] {
  return [...new Set(answers.map(({ host }) => host))];
}
