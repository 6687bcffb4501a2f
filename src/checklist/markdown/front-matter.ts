/** Index of the first line after YAML between two lines of dashes at the top; 0 when there is none. */
export function frontMatterEnd(texts: readonly string[]): number {
  if (texts[0]?.trimEnd() !== "---") return 0;
  const end = texts.findIndex((text, index) => index > 0 && /^(---|\.\.\.)\s*$/.test(text));
  const isYaml =
    end > 0 && texts.slice(1, end).every((text) => /^(\s*#|\s*-|\s*[\w"'-]+\s*:|\s+|$)/.test(text));
  const hasKey = texts.slice(1, Math.max(end, 1)).some((text) => /^[\w"'-]+\s*:/.test(text));
  return isYaml && hasKey ? end + 1 : 0;
}
