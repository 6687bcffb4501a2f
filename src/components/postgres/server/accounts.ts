import { join } from "node:path";
import type { Doors } from "../../../model/doors.ts";
import { UserError } from "../../../model/errors.ts";
import type { PostgresOptions } from "../options.ts";

/** Names of a supplied database and its roles, and their passwords (hexadecimal). */
export interface Accounts {
  readonly database: string;
  readonly superuser: Login;
  /** Owns database and tables; migrations and backups. Bypasses row level security, or it could not dump it. */
  readonly owner: Login;
  /** Uses them. */
  readonly application: Login;
}
export interface Login {
  readonly role: string;
  readonly password: string;
}

const FILE = "passwords.json";
const PASSWORD_BYTES = 24;

/** Made once and kept in a 0600 file. Throws UserError when data is there and its passwords are not. */
export async function accountsFor(options: {
  readonly launch: string;
  readonly declared: PostgresOptions;
  readonly directory: string;
  readonly data: string | undefined;
  readonly doors: Doors;
}): Promise<Accounts> {
  const { launch, declared, directory, data, doors } = options;
  const file = join(directory, FILE);
  const text = await doors.files.read(file);
  if (text === undefined && data !== undefined) {
    throw new UserError(`the passwords of the database in ${data} are gone (${file})`, {
      where: file,
      fix: `if nothing in it is needed any more: rm -r ${data}`,
    });
  }
  const passwords = text === undefined ? makePasswords(doors) : (JSON.parse(text) as Passwords);
  if (text === undefined) await doors.files.write(file, JSON.stringify(passwords), { mode: 0o600 });
  const name = databaseName(launch);
  return {
    database: name,
    superuser: { role: "gonogo", password: passwords.superuser },
    owner: { role: `${name}_owner`, password: passwords.owner },
    application: { role: declared.appRole ?? `${name}_app`, password: passwords.application },
  };
}

interface Passwords {
  readonly superuser: string;
  readonly owner: string;
  readonly application: string;
}

function makePasswords({ random }: Doors): Passwords {
  return {
    superuser: random.hex(PASSWORD_BYTES),
    owner: random.hex(PASSWORD_BYTES),
    application: random.hex(PASSWORD_BYTES),
  };
}

/** "Soul Seer!" becomes "soul_seer": a name that needs no quotes, with room for "_owner" in 63 bytes. */
export function databaseName(launch: string): string {
  const plain = launch
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, 50);
  return /^[a-z]/.test(plain) ? plain : `app_${plain}`.replace(/_$/, "");
}
