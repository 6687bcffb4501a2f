import { createHash } from "node:crypto";
import type { Doors } from "../../model/doors.ts";
import { UserError } from "../../model/errors.ts";
import { destinationOf, type Host, optionsOf, sshProgram } from "./ssh-arguments.ts";

/** "SHA256:..." as ssh-keygen -l prints it. */
export function fingerprintOf(hostKey: string): string {
  const [, blob = ""] = hostKey.split(" ");
  const digest = createHash("sha256").update(Buffer.from(blob, "base64")).digest("base64");
  return `SHA256:${digest.replace(/=+$/, "")}`;
}

/** The key the machine shows now, "ssh-ed25519 AAAA..."; undefined when it shows none. Nobody logs in for it. */
async function shownKey(
  host: Host,
  { folder, doors, signal }: { folder: string; doors: Doors; signal: AbortSignal },
): Promise<string | undefined> {
  const seen = `${folder}/seen`;
  await doors.files.remove(seen);
  const options = optionsOf([
    "StrictHostKeyChecking=accept-new",
    `UserKnownHostsFile=${seen}`,
    "PreferredAuthentications=none",
    "ControlMaster=no",
    "ControlPath=none",
  ]);
  await doors.shell.run({
    file: await sshProgram(doors),
    args: [...options, ...destinationOf(host), "true"],
    env: { LC_ALL: "C" },
    timeoutMs: 20_000,
    signal,
  });
  const line = ((await doors.files.read(seen)) ?? "").split("\n").find((each) => each.trim() !== "");
  return line?.split(" ").slice(1, 3).join(" ");
}

const COMPARE =
  "on the machine's own console, `ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub` must print the same fingerprint";

/** Nobody is trusted at first sight: what to compare, and the line to add then. */
export async function unpinned(
  host: Host,
  how: { folder: string; doors: Doors; signal: AbortSignal },
): Promise<UserError | undefined> {
  const key = await shownKey(host, how);
  if (key === undefined) return undefined;
  return new UserError(
    `the declaration does not say which key ${host.host} has; it shows one with the fingerprint ${fingerprintOf(key)}`,
    { where: "ssh({ hostKey })", fix: `${COMPARE}; then add to ssh({ ... }):\n  hostKey: "${key}",` },
  );
}

/** The machine shows another key than the declared one. */
export async function otherKey(
  host: Host,
  how: { folder: string; doors: Doors; signal: AbortSignal },
): Promise<UserError> {
  const key = await shownKey(host, how);
  const shown = key === undefined ? "another" : fingerprintOf(key);
  const line = key === undefined ? "" : `; then declare\n  hostKey: "${key}",`;
  return new UserError(
    `${host.host} is not the machine that is declared: its key is ${shown}, declared is ${fingerprintOf(host.hostKey ?? "")}. Nothing was sent`,
    {
      where: "ssh({ hostKey })",
      fix: `somebody may stand in between. If it was set up anew: ${COMPARE}${line}`,
    },
  );
}
