const LINES = 20;
/** How runtimes begin what went wrong: "error: relation ...", "TypeError: ...", "FATAL: ...", "ERR! ...", "panic: ...". */
const ERROR = /^\s*(?:npm )?(?:\[?[\w.]*(?:error|exception)\b[^:]*:|(?:fatal|panic|err!)\b)/i;

/**
 * The end of what a command wrote, and before it the line that says what went wrong: a stack or the properties of an error
 * can be longer than what is shown.
 */
export function outputEnd(text: string): string {
  const lines = text.split("\n");
  const shown = lines.slice(-LINES);
  if (shown.some((line) => ERROR.test(line))) return shown.join("\n");
  const said = lines.slice(0, -LINES).findLast((line) => ERROR.test(line));
  return [...(said === undefined ? [] : [said, "..."]), ...shown].join("\n");
}
