import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { HostLogin } from "../../model/host.ts";

/** By these nobody gets a shell. */
const NO_SHELL = /\/(?:nologin|false|sync|shutdown|halt|git-shell)$/;
const KEY = /^\s*(?!#)\S*.*\b(?:ssh-(?:rsa|ed25519|dss)|ecdsa-sha2-\S+|sk-\S+) [A-Za-z0-9+/=]{20,}/m;

/**
 * Users with a shell, and what opens it. Undefined: only root sees it. `root` is "" but in tests. Users of a directory
 * service (LDAP) do not stand in /etc/passwd; `hasOthers` says that there is one.
 */
export async function hostLogins(root = ""): Promise<{ users: HostLogin[]; hasOthers: boolean }> {
  const lines = (await readFile(`${root}/etc/passwd`, "utf8")).split("\n").filter((line) => line !== "");
  const shadow = await readFile(`${root}/etc/shadow`, "utf8").catch(() => undefined);
  const passwords =
    shadow === undefined
      ? undefined
      : new Map(
          shadow.split("\n").map((line) => {
            const [name = "", hash = ""] = line.split(":");
            return [name, hash] as const;
          }),
        );
  const keysLieElsewhere = await keysElsewhere(`${root}/etc/ssh`);
  const users = await Promise.all(
    lines.flatMap((line) => {
      const [name = "", field, id, , , home = "/", shell = ""] = line.split(":");
      if (NO_SHELL.test(shell)) return [];
      const hash = passwords?.get(name);
      const hasPassword = field !== "x" ? field !== "*" && field !== "!" : passwords && isPassword(hash);
      return [
        keyOf(`${root}${home}`).then(
          (hasKey): HostLogin => ({
            name,
            userId: Number(id),
            hasPassword,
            hasKey: hasKey === false && keysLieElsewhere ? undefined : hasKey,
          }),
        ),
      ];
    }),
  );
  const switches = await readFile(`${root}/etc/nsswitch.conf`, "utf8").catch(() => "");
  return { users, hasOthers: /^passwd:.*\b(?:sss|ldap|winbind|nis)\b/m.test(switches) };
}

/** "!", "*" and "!hash" are locked; an empty one lets anybody in. */
function isPassword(hash = "*"): boolean {
  return !/^[!*]/.test(hash);
}

async function keyOf(home: string): Promise<boolean | undefined> {
  const texts = await Promise.all(
    ["authorized_keys", "authorized_keys2"].map((name) =>
      readFile(join(home, ".ssh", name), "utf8").catch((thrown: NodeJS.ErrnoException) =>
        thrown.code === "ENOENT" || thrown.code === "ENOTDIR" ? "" : undefined,
      ),
    ),
  );
  if (texts.some((text) => text !== undefined && KEY.test(text))) return true;
  return texts.includes(undefined) ? undefined : false;
}

/** sshd may look for keys in another place, ask a program, or trust an authority. */
async function keysElsewhere(folder: string): Promise<boolean> {
  const more = await readdir(join(folder, "sshd_config.d")).catch(() => []);
  const files = ["sshd_config", ...more.map((name) => join("sshd_config.d", name))];
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), "utf8").catch(() => "")));
  return texts.some((text) =>
    /^\s*(?:AuthorizedKeysCommand\s+(?!none)|TrustedUserCAKeys\s+(?!none)|AuthorizedKeysFile\s+(?!(?:\.ssh\/authorized_keys2?\s*)+$))/im.test(
      text,
    ),
  );
}
