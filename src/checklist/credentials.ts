const KNOWN = [
  // Prefixes of providers, with as much behind them as no placeholder has.
  /(?<![A-Za-z0-9])(?:[spr]k_(?:live|test)_|whsec_|gh[pousr]_|github_pat_|glpat-|xox[abeoprs]-)[A-Za-z0-9_-]{16,}/g,
  // The same of those that names begin with as well: "npm_config_registry", "sk-learn-pipeline".
  /(?<![A-Za-z0-9])(?:npm_(?=[A-Za-z]*\d)[A-Za-z0-9]{16,}|sk-(?:proj-|ant-)?(?=[A-Za-z_-]{0,80}\d)[A-Za-z0-9_-]{16,})/g,
  /(?<![A-Za-z0-9])(?:AKIA|ASIA)[0-9A-Z]{16}(?![0-9A-Z])|(?<![A-Za-z0-9])AIza[\w-]{30,}|(?<![A-Za-z0-9])eyJ[\w-]{10,}\.eyJ[\w-]*(?:\.[\w-]*)?/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY(?:-----[^-]{0,20000}(?=-----END))?/g,
  /hooks\.slack\.com\/services\/\w+\/\w+\/\w{10,}|discord(?:app)?\.com\/api\/webhooks\/\d+\/[\w-]{20,}/g,
  // "postgres://admin:hunter2@db", "curl -u admin:hunter2", "Bearer 4eC3...", "?token=4eC3..."
  /:\/\/(?<user>[^\s:@/<>[{$]*):(?!(?:password|pass|pwd|secret|xxx+|\*+|\.+)@)(?<secret>[^\s:@/<>[{$]{4,})@(?!(?:localhost|127\.0\.0\.1|\[::1\])(?![\w-]|\.\w))/gi,
  // Of other programs it is whom they run as: "docker run -u node:staff". A command ends at "&&", "|" and ";".
  /\b(?:curl|wget)\b(?:(?!\s(?:&&|\|\|?)\s|;\s)(?:[^\n]|(?<=\\)\n)){0,500}?\s(?:-u|--user)[ =]["']?(?<user>[\w.@-]+):(?!(?:password|pass|pwd|secret|xxx+)\b)(?<secret>[^\s"'`<>[{$]{4,})/gi,
  /\bBearer\s+(?<secret>(?=[\w.~+/-]*\d)[\w.~+/-]{16,})/gi,
  /\bAuthorization:\s*\w+\s+(?<secret>(?![A-Z_]+\b)[\w.~+/-]{16,})/g,
  // "JWT_SECRET=f83jf83jf83j", "API_KEY: f83jf83jf83jfj38": of a name that says that it is secret, no description of it.
  /\b[A-Z][A-Z0-9_]*(?:SECRET|PASSWORD|PASSWD|PASSPHRASE|TOKEN|_KEY)(?:_BASE|_\d)?=["']?(?<secret>(?=[\w!@#%^&*~+/=.-]*\d)(?=[\d!@#%^&*~+/=._-]*[A-Za-z])(?!\/|https?:|(?:process|os|import)\.|\d+[-+ ])[\w!@#%^&*~+/=.-]{10,})/g,
  /\b[A-Z][A-Z0-9_]*(?:SECRET|PASSWORD|PASSWD|PASSPHRASE|TOKEN|_KEY)(?:_BASE|_\d)?:\s+["'`]?(?<secret>(?=[\w+/=-]*\d)(?=[\w+/=-]*[A-Za-z])(?!\d+[-+])[\w+/=]{20,})/g,
  /[?&](?:token|key|api_?key|secret|password)=(?<secret>(?=[\w.~+/-]*\d)[\w.~+/-]{12,})/gi,
];

/** "sk_live_YOUR_STRIPE_SECRET_KEY", "ghp_xxxxxxxxxxxxxxxx", and the key that AWS documents. */
const PLACEHOLDER =
  /(?<![A-Za-z0-9])(?:your|example|change-?me|replace|random|generated?|strong|secure|some|my|placeholder|dummy)(?![a-z])|example$|x{4}|\.{3}/i;

/** What stands in the place of a credential wherever a list is told again. */
export const LEFT_OUT = "…";

/** Whether a command, an address or a value of a list holds what nobody should have written there. */
export function holdsCredential(text: string): boolean {
  return withoutCredentials(text) !== text;
}

/** The text without the credentials in it, and without these secrets, line for line: "curl -u admin:…". */
export function withoutCredentials(text: string, secrets: readonly string[] = []): string {
  return withoutKnown(secrets.reduce((rest, secret) => rest.replaceAll(secret, LEFT_OUT), text));
}

function withoutKnown(text: string): string {
  return KNOWN.reduce(
    (masked, pattern) =>
      masked.replace(pattern, (...match) => {
        const found = foundIn(match);
        if (!isNoPlaceholder(found)) return found[0];
        const { secret = found[0] } = found.groups ?? {};
        const at = found[0].lastIndexOf(secret);
        return (
          found[0].slice(0, at) + secret.replace(/\S[^\r\n]*/g, LEFT_OUT) + found[0].slice(at + secret.length)
        );
      }),
    text,
  );
}

interface Found {
  readonly 0: string;
  readonly groups?: Partial<Record<string, string>> | undefined;
}

/** What `replace` hands to its function: groups, where there are any, come last. */
function foundIn(match: readonly unknown[]): Found {
  const last = match.at(-1);
  return { 0: String(match[0]), groups: typeof last === "object" ? (last as Found["groups"]) : undefined };
}

function isNoPlaceholder({ 0: whole, groups }: Found): boolean {
  const secret = groups?.secret ?? whole;
  return !PLACEHOLDER.test(secret) && groups?.user !== secret;
}
