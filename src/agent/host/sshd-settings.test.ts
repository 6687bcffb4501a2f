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

const NONE = { passwords: [], rootLogin: [] };
test.each([
  [
    "widens for some",
    "PermitRootLogin no\nMatch User deploy\n  PasswordAuthentication yes\nMatch Address 10.0.0.0/8 # the office\nPermitRootLogin yes\n",
    {
      passwords: ["Match User deploy: PasswordAuthentication yes"],
      rootLogin: ["Match Address 10.0.0.0/8: PermitRootLogin yes"],
    },
  ],
  [
    "narrows",
    'PermitRootLogin prohibit-password\nMatch Group "far away"\nPermitRootLogin no\nPasswordAuthentication no\n',
    NONE,
  ],
  [
    "says it twice, where the first counts",
    "Match User git\nPasswordAuthentication no\nPasswordAuthentication yes\n",
    NONE,
  ],
  [
    "lets a key of root in",
    "PermitRootLogin no\nmatch user root\npermitrootlogin without-password\n",
    { ...NONE, rootLogin: ["match user root: permitrootlogin without-password"] },
  ],
  ["asks by keyboard without PAM", "Match User a\nKbdInteractiveAuthentication yes\n", NONE],
  [
    "asks PAM by keyboard",
    "UsePAM yes\nMatch all\nChallengeResponseAuthentication yes\n",
    { ...NONE, passwords: ["Match all: ChallengeResponseAuthentication yes"] },
  ],
])("a block that %s", async (_, text, widened) => {
  const all = "PasswordAuthentication no\nKbdInteractiveAuthentication no\n";
  expect(await settings(`${all}${text}`)).toMatchObject({ passwords: false, widened });
});

test("a block ends with the file that it begins in, and holds what is included in it", async () => {
  const text =
    "Include sshd_config.d/10.conf\nPasswordAuthentication no\nPermitRootLogin no\nMatch User b\nInclude sshd_config.d/20.conf\n";
  const parts = { "10.conf": "Match User a\nX11Forwarding no\n", "20.conf": "PasswordAuthentication yes\n" };
  expect(await settings(text, parts)).toMatchObject({
    passwords: false,
    rootLogin: "no",
    widened: { passwords: ["Match User b: PasswordAuthentication yes"], rootLogin: [] },
  });
  rmSync(join(folder, "sshd_config.d", "20.conf"));
  mkdirSync(join(folder, "sshd_config.d", "20.conf"));
  // What cannot be read may widen.
  expect(await settings(text)).toMatchObject({ passwords: undefined, rootLogin: undefined });
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
