import { confirm, isCancel } from "@clack/prompts";
import type { Output } from "../wiring.ts";

/** Asks a person; where none watches the answer is no. */
export async function confirmed(output: Output, question: string): Promise<boolean> {
  if (!output.interactive) return false;
  const answer = await confirm({ message: question, initialValue: false });
  return !isCancel(answer) && answer;
}
