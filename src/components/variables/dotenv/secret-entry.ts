import type { DotenvEntry } from "../../../config/dotenv.ts";

const SECRET_NAME =
  /(SECRET|PASSWORD|PASSWD|PRIVATE|TOKEN|CREDENTIALS?|PASSPHRASE|SALT|PEPPER)|(^|_)(API_?KEY|KEY|DSN|AUTH)(_|$)/i;
const PUBLIC_NAME = /PUBLIC|PUBLISHABLE|PUBLIC_KEY|KEY_ID$|_EXPIR|_TTL|_URL$|_PATH$|_FILE$/i;

/** Whether an entry puts a secret into its file. Encrypted values (dotenvx) do not. */
export function holdsSecret({ name, value }: DotenvEntry, declaredSecrets: ReadonlySet<string>): boolean {
  if (value === "" || value.startsWith("encrypted:")) return false;
  if (declaredSecrets.has(name)) return true;
  if (value.includes("://")) return (URL.parse(value)?.password ?? "") !== "";
  return SECRET_NAME.test(name) && !PUBLIC_NAME.test(name);
}
