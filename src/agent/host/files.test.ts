import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { judgeRequest } from "../requests.ts";
import { hostFiles } from "./files.ts";

it("tells modes, owners and who may write as the kernel has them", async () => {
  const folder = await mkdtemp(join(tmpdir(), "gonogo-files-"));
  await writeFile(join(folder, "app.env"), "KEY=canary");
  await chmod(join(folder, "app.env"), 0o640);
  await mkdir(join(folder, "uploads"));
  await chmod(join(folder, "uploads"), 0o1777);
  await symlink("app.env", join(folder, "link"));
  const seen = await hostFiles(["app.env", "uploads", "link", "none/at/all", "/proc/self"], folder);
  const own = { userId: process.geteuid?.(), isWritable: true };
  expect(seen).toMatchObject([
    { path: "app.env", is: "file", mode: 0o640, ...own, folder: { mode: 0o700 } },
    { path: "uploads", is: "folder", mode: 0o1777, ...own },
    { path: "link", is: "file", mode: 0o640 },
    { path: "none/at/all", is: "missing" },
    { path: "/proc/self", whole: "/proc/self", is: "folder", isWritable: false },
  ]);
  expect(JSON.stringify(seen)).not.toContain("canary");
  await rm(folder, { recursive: true });
});

it("is asked of the agent with its paths", () => {
  expect(judgeRequest("host", { files: ["storage", "/etc/app.env"] })).toEqual({
    files: ["storage", "/etc/app.env"],
  });
  expect(judgeRequest("host", {})).toEqual({});
});
