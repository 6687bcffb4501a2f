import { isAbsolute, join } from "node:path";
import { generateX25519Identity, identityToRecipient } from "age-encryption";
import type { BackupPolicy } from "../model/backup-policy.ts";
import type { Doors } from "../model/doors.ts";
import { UserError } from "../model/errors.ts";
import { Secret } from "../model/secret.ts";

export interface KeyRequest {
  readonly policy: Pick<BackupPolicy, "recipients" | "identity">;
  /** Absolute directory of the project. */
  readonly project: string;
  readonly variables: ReadonlyMap<string, Secret>;
  readonly doors: Doors;
}

/** The pair of keys that Gonogo makes where no recipients are declared; lost with this machine. */
export function ownKeyFile(project: string): string {
  return join(project, ".gonogo", "backup-identity.txt");
}

/** The declared recipients; without any, the public key of a pair made here once. */
export async function recipientsOf(request: KeyRequest): Promise<readonly string[]> {
  const { policy, project, doors } = request;
  if (policy.recipients.length > 0) return policy.recipients;
  const file = ownKeyFile(project);
  const known = identitiesIn((await doors.files.read(file)) ?? "");
  if (known[0]) return [await identityToRecipient(known[0].reveal())];
  const identity = await generateX25519Identity();
  const recipient = await identityToRecipient(identity);
  await doors.files.makeDirectory(join(project, ".gonogo"), { mode: 0o700 });
  await doors.files.write(file, `# public key: ${recipient}\n${identity}\n`, { mode: 0o600 });
  return [recipient];
}

/** What can open backups here: the variable's keys, or those of the file it names, or our own. Throws UserError. */
export async function identitiesOf(request: KeyRequest): Promise<readonly Secret[]> {
  const { policy, project, variables, doors } = request;
  const given = variables.get(policy.identity);
  if (given) {
    const text = given.reveal().trim();
    const direct = identitiesIn(text);
    if (direct.length > 0) return direct;
    const path = isAbsolute(text) ? text : join(project, text);
    const found = text.includes("\n") ? [] : identitiesIn((await doors.files.read(path)) ?? "");
    if (found.length > 0) return found;
    throw new UserError(`${policy.identity} is neither an age identity nor a file with one`, {
      fix: `${policy.identity}=AGE-SECRET-KEY-1..., or the path of the file that age-keygen wrote`,
    });
  }
  const own = identitiesIn((await doors.files.read(ownKeyFile(project))) ?? "");
  if (own.length > 0) return own;
  throw new UserError("there is no key here that opens the backups", {
    fix: `set ${policy.identity} to the age identity, or to the path of a file with it`,
  });
}

function identitiesIn(text: string): Secret[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => /^AGE-SECRET-KEY-/.test(line))
    .map((line) => new Secret(line));
}
