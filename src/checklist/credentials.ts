const KNOWN = [
  // Prefixes of providers, with as much behind them as no placeholder has.
  /(?<![A-Za-z0-9])(?:[spr]k_(?:live|test)_|whsec_|gh[pousr]_|github_pat_|glpat-|xox[abeoprs]-|npm_|sk-(?:proj-|ant-)?)[A-Za-z0-9_-]{16,}/,
  /(?<![A-Za-z0-9])(?:AKIA|ASIA)[0-9A-Z]{16}(?![0-9A-Z])|(?<![A-Za-z0-9])AIza[\w-]{30,}|(?<![A-Za-z0-9])eyJ[\w-]{10,}\.eyJ/,
  /-----BEGIN [A-Z ]*PRIVATE KEY/,
  /hooks\.slack\.com\/services\/\w+\/\w+\/\w{10,}|discord(?:app)?\.com\/api\/webhooks\/\d+\/[\w-]{20,}/,
  // "postgres://admin:hunter2@db", "curl -u admin:hunter2", "Bearer 4eC3...", "?token=4eC3..."
  /:\/\/[^\s:@/<>[{$]*:(?!(?:password|pass|pwd|secret|xxx+|\*+|\.+)@)[^\s:@/<>[{$]{4,}@/i,
  /\s(?:-u|--user)[ =]["']?[\w.@-]+:(?!(?:password|pass|pwd|secret|xxx+)\b)[^\s"'<>[{$]{4,}/i,
  /\bBearer\s+(?=[\w.~+/-]*\d)[\w.~+/-]{16,}/i,
  /[?&](?:token|key|api_?key|secret|password)=(?=[\w.~+/-]*\d)[\w.~+/-]{12,}/i,
];

/** Whether a command, an address or a value of a list holds what nobody should have written there. */
export function holdsCredential(text: string): boolean {
  return KNOWN.some((pattern) => pattern.test(text));
}
