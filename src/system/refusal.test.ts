import { execFileSync } from "node:child_process";
import { chmod, chown, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { unprivilegedUser } from "../../test/fixtures/unprivileged.ts";

const user = unprivilegedUser();
let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "gonogo-test-refusal-"));
  await chmod(directory, 0o755);
});
afterAll(() => rm(directory, { recursive: true, force: true }));

/** What a user without rights is told; root, for whom nothing is refused, becomes one after its modules are read. */
function refused(call: string): { message: string; where: string; fix: string } {
  const become = user
    ? `process.setgroups([]); process.setgid(${user.gid}); process.setuid(${user.uid});`
    : "";
  const program = `
    import { openFiles } from ${JSON.stringify(import.meta.resolve("./files.ts"))};
    ${become}
    await openFiles().${call}.catch(({ message, where, fix }) => console.log(JSON.stringify({ message, where, fix })));`;
  const args = ["--input-type=module", "--disable-warning=ExperimentalWarning", "-e", program];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" }));
}

async function folder(name: string, owner: number | undefined, mode: number): Promise<string> {
  const path = join(directory, name);
  await mkdir(path, { recursive: true });
  if (owner !== undefined) await chown(path, owner, owner);
  await chmod(path, mode);
  return path;
}

test.each([
  [
    "a folder in it",
    (path: string) => `makeDirectory(${JSON.stringify(join(path, ".gonogo/staging"))})`,
    ".gonogo/staging",
  ],
  ["a file in it", (path: string) => `write(${JSON.stringify(join(path, "a.ts"))}, "x")`, "a.ts"],
])(
  "a folder that is not to be written to is named, with what was to be there and the way: %s",
  async (_, call, name) => {
    const path = await folder("own", user?.uid, 0o500);
    expect(refused(call(path))).toEqual({
      message: `${path} may not be written to by this user`,
      where: join(path, name),
      fix: `chmod u+rwx ${path}`,
    });
    await chmod(path, 0o700);
  },
);

test("a folder on the way that lets nobody by is named, not what is below it", async () => {
  const path = await folder("shut", user?.uid, 0o000);
  expect(refused(`read(${JSON.stringify(join(path, "a/b"))})`)).toEqual({
    message: `${path} may not be entered by this user`,
    where: join(path, "a/b"),
    fix: `chmod u+rwx ${path}`,
  });
  await chmod(path, 0o700);
});

// Nobody else than root may own what the user may not enter.
test.runIf(user !== undefined)(
  "of another user's folder its owner is told; Gonogo's own may change hands as a whole",
  async () => {
    const path = await folder("theirs", 0, 0o755);
    expect(refused(`write(${JSON.stringify(join(path, "a.ts"))}, "x")`).fix).toMatch(
      new RegExp(`^run it as the user it belongs to \\(root\\), or: sudo chown \\S+ ${path}$`),
    );
    await folder("theirs/.gonogo", 0, 0o700);
    expect(refused(`makeDirectory(${JSON.stringify(join(path, ".gonogo/staging"))})`)).toMatchObject({
      message: `${path}/.gonogo may not be entered by this user`,
      fix: expect.stringMatching(/sudo chown -R \S+ \/.*\/theirs\/\.gonogo$/),
    });
  },
);
