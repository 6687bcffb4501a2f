type Letter = "r" | "d" | "i" | "s";

/** "r8", "d12", "i3": a letter and a number counted per environment. */
export function idOf(letter: Letter, number: number): string {
  return `${letter}${number}`;
}

/** The number of an id; undefined when the text is no id of this letter. */
export function numberOf(letter: Letter, id: string): number | undefined {
  return new RegExp(`^${letter}[1-9]\\d{0,8}$`).test(id) ? Number(id.slice(1)) : undefined;
}
