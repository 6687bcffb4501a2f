import { formatMistakes, type Mistake } from "../config/mistakes.ts";
import { UserError } from "../model/errors.ts";

/** Every mistake of a declaration, told together; programs get each by itself. */
export class DeclarationError extends UserError {
  readonly mistakes: readonly Mistake[];
  constructor(mistakes: readonly Mistake[]) {
    super(formatMistakes(mistakes), { fix: "mend all of them; nothing was started" });
    this.mistakes = mistakes;
  }
  /** The message for a terminal of so many columns. */
  toldIn(columns: number): string {
    return Number.isFinite(columns) ? formatMistakes(this.mistakes, { width: columns - 2 }) : this.message;
  }
}
