import type { Binder } from "./bind.ts";
import type { BindingLine } from "./binding-line.ts";
import { bindCompound } from "./compound.ts";

/** Who was chosen to answer a line. */
export interface Choice {
  /** Of an answerer. */
  readonly id: string;
  /** 0 to 1. */
  readonly confidence: number;
}

/** The surest first; empty: a person answers. */
export function choicesFor(line: BindingLine, bind: Binder): Choice[] {
  return bindCompound(line, bind).chosen.map(({ answerer, confidence }) => ({ id: answerer.id, confidence }));
}
