/** Ways of asking for the same, many on a line: "backups enabled | daily backups". */
export function ways(text: string): readonly string[] {
  return text
    .split(/[|\n]/)
    .map((way) => way.trim())
    .filter((way) => way !== "");
}
