import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readSshdSettings } from "./sshd-settings.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gonogo-sshd-"));
  mkdirSync(join(folder, "sshd_config.d"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const settings = (text: string, included: Record<string, string> = {}) => {
  const file = join(folder, "sshd_config");
  writeFileSync(file, text);
  for (const [name, part] of Object.entries(included)) {
    writeFileSync(join(folder, "sshd_config.d", name), part);
  }
  return readSshdSettings(file);
};

test.each([
  ["nothing is said", "", { passwords: true, rootLogin: "prohibit-password", ports: [22] }],
  ["keys only", "PasswordAuthentication no\nKbdInteractiveAuthentication no\n", { passwords: false }],
  ["PAM asks by keyboard", "PasswordAuthentication no\nUsePAM yes\n", { passwords: true }],
  ["nobody asks by keyboard", "PasswordAuthentication no\nUsePAM no\n", { passwords: false }],
  ["the first counts", "PermitRootLogin no\nPermitRootLogin yes\n", { rootLogin: "no" }],
  ["a block is for some", "PermitRootLogin no\nMatch User git\n  PermitRootLogin yes\n", { rootLogin: "no" }],
  [
    "words as sshd reads them",
    'port = 2222\npermitrootlogin "YES" # why\n',
    { rootLogin: "yes", ports: [2222] },
  ],
])("%s", async (_, text, expected) => {
  expect(await settings(text)).toMatchObject(expected);
});

test("what is included in front counts before what stands behind", async () => {
  const text = "Include sshd_config.d/*.conf\nPasswordAuthentication yes\nUsePAM no\n";
  const parts = {
    "10.conf": "PasswordAuthentication no\n",
    "20.conf": "PasswordAuthentication yes\n",
    "note.txt": "",
  };
  expect(await settings(text, parts)).toMatchObject({ passwords: false, unreadable: [] });
});

test("a file that is not there to be read leaves open what stands behind it", async () => {
  const found = await readSshdSettings(join(folder, "missing"));
  expect(found).toMatchObject({ passwords: undefined, rootLogin: undefined });
  expect(found.unreadable).toEqual([join(folder, "missing")]);
});
