import { confirm, isCancel, text } from "@clack/prompts";
import type { Output } from "../wiring.ts";

/** Asks a person; where none watches the answer is no. */
export async function confirmed(output: Output, question: string): Promise<boolean> {
  if (!output.interactive) return false;
  const answer = await confirm({ message: question, initialValue: false });
  return !isCancel(answer) && answer;
}

/** What a person types; undefined where none watches. */
export async function typed(output: Output, question: string): Promise<string | undefined> {
  if (!output.interactive) return undefined;
  const answer = await text({ message: question });
  return isCancel(answer) ? undefined : answer;
}
