import type { Doors } from "../../model/doors.ts";
import { UserError } from "../../model/errors.ts";

/** Whom to reach, and as whom. */
export interface Host {
  readonly host: string;
  readonly user: string;
  readonly sshPort: number;
  readonly hostKey: string | undefined;
  /** Name of the variable with the private key or its path. */
  readonly identity: string;
}

/** The name under which the pinned key stands, whatever name or jump leads to the machine. */
const HOST_ALIAS = "gonogo-target";

/** What this user's own configuration must not add to a session of ours. */
const OURS = [
  "BatchMode=yes",
  "ConnectTimeout=10",
  "TCPKeepAlive=yes",
  // A peer that has vanished is given up after 9 s; the lease over there ends after 5.
  "ServerAliveInterval=3",
  "ServerAliveCountMax=3",
  "ForwardAgent=no",
  "ForwardX11=no",
  "RequestTTY=no",
  "RemoteCommand=none",
  "PermitLocalCommand=no",
  "UpdateHostKeys=no",
  "CheckHostIP=no",
  "HashKnownHosts=no",
  "LogLevel=INFO",
  `HostKeyAlias=${HOST_ALIAS}`,
  "GlobalKnownHostsFile=/dev/null",
  "KnownHostsCommand=none",
];

export function optionsOf(options: readonly string[]): string[] {
  return [...OURS, ...options].flatMap((option) => ["-o", option]);
}

export function destinationOf({ user, host, sshPort }: Host): string[] {
  return ["-p", String(sshPort), `${user}@${host}`];
}

/** Options for the private key; one that came as text lies in the folder as long as the connection. */
export async function identityOptions(
  { identity }: Host,
  { folder, doors }: { folder: string; doors: Doors },
): Promise<string[]> {
  const value = doors.environment.value(identity)?.trim();
  if (value === undefined || value === "") return [];
  const file = value.startsWith("-----BEGIN") ? `${folder}/identity` : value;
  if (file !== value) await doors.files.write(file, `${value}\n`, { mode: 0o600 });
  else if (!(await doors.files.stat(file))) {
    throw new UserError(`${identity} names a private key that is not there`, {
      fix: `set ${identity} to the path of the key, or to the key itself`,
    });
  }
  return ["IdentitiesOnly=yes", `IdentityFile=${file}`];
}

export async function sshProgram({ shell }: Doors): Promise<string> {
  const found = await shell.find("ssh");
  if (found !== undefined) return found;
  throw new UserError("there is no ssh on this machine", { fix: "apt-get install openssh-client" });
}
