import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { unprivilegedUser } from "../../../test/fixtures/unprivileged.ts";
import { hostLogins } from "./logins.ts";

const root = mkdtempSync(join(tmpdir(), "gonogo-logins-"));
const write = (file: string, text: string, mode = 0o644): void => {
  mkdirSync(join(root, file, ".."), { recursive: true });
  writeFileSync(join(root, file), text);
  chmodSync(join(root, file), mode);
};
const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKcanarycanarycanarycanarycanarycanary ada@laptop\n";

beforeAll(() => {
  chmodSync(root, 0o755);
  write(
    "etc/passwd",
    `root:x:0:0:root:/root:/bin/bash
daemon:x:1:1::/usr/sbin:/usr/sbin/nologin
sync:x:4:65534:sync:/bin:/bin/sync
ada:x:1000:1000::/home/ada:/bin/bash
bob:x:1001:1001::/home/bob:/bin/sh
eve:x:1002:1002::/home/eve:
old:$6$salt$hash:1003:1003::/home/old:/bin/sh
`,
  );
  write(
    "etc/shadow",
    "root:!:1::::::\nada:*:1::::::\nbob:$y$j9T$salt$hash:1::::::\neve:!$6$x:1::::::\n",
    0o600,
  );
  write("home/ada/.ssh/authorized_keys", `# laptop\nno-pty,command="x" ${KEY}`, 0o600);
  write("home/bob/.ssh/authorized_keys", `# ${KEY}`, 0o600);
});
afterAll(() => rmSync(root, { recursive: true }));

it("tells who has a shell, and what opens it", async () => {
  const { users, hasOthers } = await hostLogins(root);
  expect(users).toEqual([
    { name: "root", userId: 0, hasKey: false, hasPassword: false },
    { name: "ada", userId: 1000, hasKey: true, hasPassword: false },
    { name: "bob", userId: 1001, hasKey: false, hasPassword: true },
    { name: "eve", userId: 1002, hasKey: false, hasPassword: false },
    { name: "old", userId: 1003, hasKey: false, hasPassword: true },
  ]);
  expect(hasOthers).toBe(false);
  expect(JSON.stringify(users)).not.toContain("canary");
});

it("does not take what another user may not read for what is not there", () => {
  const user = unprivilegedUser();
  const closed = join(root, "home/ada/.ssh");
  chmodSync(closed, user ? 0o700 : 0o000);
  if (!user) chmodSync(join(root, "etc/shadow"), 0o000);
  const source = join(import.meta.dirname, "logins.ts");
  const script = `import(${JSON.stringify(source)}).then(async ({ hostLogins }) => console.log(JSON.stringify(await hostLogins(${JSON.stringify(root)}))))`;
  const printed = execFileSync(process.execPath, ["--input-type=module", "-e", script], {
    ...user,
    encoding: "utf8",
  });
  const ada = (JSON.parse(printed) as { users: { name: string }[] }).users.find(({ name }) => name === "ada");
  expect(ada).toEqual({ name: "ada", userId: 1000 });
  chmodSync(closed, 0o700);
});

it("does not believe in no key where sshd looks for keys elsewhere too", async () => {
  write("etc/ssh/sshd_config", "AuthorizedKeysFile .ssh/authorized_keys .ssh/authorized_keys2\n");
  expect((await hostLogins(root)).users[0]).toMatchObject({ hasKey: false });
  write("etc/ssh/sshd_config.d/keys.conf", "AuthorizedKeysCommand /usr/bin/sss_ssh_authorizedkeys\n");
  expect((await hostLogins(root)).users[0]).toMatchObject({ name: "root", hasKey: undefined });
});
