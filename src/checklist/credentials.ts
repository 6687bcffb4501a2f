const KNOWN = [
  // Prefixes of providers, with as much behind them as no placeholder has.
  /(?<![A-Za-z0-9])(?:[spr]k_(?:live|test)_|whsec_|gh[pousr]_|github_pat_|glpat-|xox[abeoprs]-)[A-Za-z0-9_-]{16,}/g,
  // The same of those that names begin with as well: "npm_config_registry", "sk-learn-pipeline".
  /(?<![A-Za-z0-9])(?:npm_(?=[A-Za-z]*\d)[A-Za-z0-9]{16,}|sk-(?:proj-|ant-)?(?=[A-Za-z_-]{0,80}\d)[A-Za-z0-9_-]{16,})/g,
  /(?<![A-Za-z0-9])(?:AKIA|ASIA)[0-9A-Z]{16}(?![0-9A-Z])|(?<![A-Za-z0-9])AIza[\w-]{30,}|(?<![A-Za-z0-9])eyJ[\w-]{10,}\.eyJ/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY/g,
  /hooks\.slack\.com\/services\/\w+\/\w+\/\w{10,}|discord(?:app)?\.com\/api\/webhooks\/\d+\/[\w-]{20,}/g,
  // "postgres://admin:hunter2@db", "curl -u admin:hunter2", "Bearer 4eC3...", "?token=4eC3..."
  /:\/\/(?<user>[^\s:@/<>[{$]*):(?!(?:password|pass|pwd|secret|xxx+|\*+|\.+)@)(?<secret>[^\s:@/<>[{$]{4,})@(?!(?:localhost|127\.0\.0\.1|\[::1\])(?![\w-]|\.\w))/gi,
  // Of other programs it is whom they run as: "docker run -u node:staff". A command ends at "&&", "|" and ";".
  /\b(?:curl|wget)\b(?:(?!\s(?:&&|\|\|?)\s|;\s)(?:[^\n]|(?<=\\)\n)){0,500}?\s(?:-u|--user)[ =]["']?(?<user>[\w.@-]+):(?!(?:password|pass|pwd|secret|xxx+)\b)(?<secret>[^\s"'`<>[{$]{4,})/gi,
  /\bBearer\s+(?=[\w.~+/-]*\d)[\w.~+/-]{16,}/gi,
  /[?&](?:token|key|api_?key|secret|password)=(?=[\w.~+/-]*\d)[\w.~+/-]{12,}/gi,
];

/** "sk_live_YOUR_STRIPE_SECRET_KEY", "ghp_xxxxxxxxxxxxxxxx", and the key that AWS documents. */
const PLACEHOLDER = /(?<![A-Za-z0-9])(?:your|example)|example$|x{4}/i;

/** Whether a command, an address or a value of a list holds what nobody should have written there. */
export function holdsCredential(text: string): boolean {
  return KNOWN.some((pattern) => [...text.matchAll(pattern)].some(isNoPlaceholder));
}

function isNoPlaceholder({ 0: whole, groups }: RegExpExecArray): boolean {
  const secret = groups?.secret ?? whole;
  return !PLACEHOLDER.test(secret) && groups?.user !== secret;
}
