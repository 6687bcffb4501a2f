import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createSshProject, type SshProject } from "../../../test/fixtures/ssh-project.ts";
import { startSsh, type TestSsh } from "../../../test/fixtures/ssh-server.ts";
import { unprivilegedUser } from "../../../test/fixtures/unprivileged.ts";
import { fingerprintOf } from "./host-key.ts";

let server: TestSsh;
let host: SshProject;

beforeAll(async () => {
  server = await startSsh({ as: unprivilegedUser() });
  host = await createSshProject(server);
});

afterAll(async () => {
  await host?.[Symbol.asyncDispose]();
  await server?.[Symbol.asyncDispose]();
});

test("deploys, deploys again, and goes back", async () => {
  const first = host.gonogo("deploy");
  expect(first.stderr + first.stdout).toContain(`r1 is live at ${host.url}`);
  expect(first.code).toBe(0);
  const second = host.gonogo("deploy", "--format", "json");
  expect(JSON.parse(second.stdout)).toMatchObject({ deploy: { state: "done" }, downtime: { failed: 0 } });
  const back = host.gonogo("rollback");
  expect(back.stdout).toContain("r1 is live");
});

test("is refused where the key is another, and nobody logs in", async () => {
  await using stranger = await createSshProject(server, {
    hostKey: readFileSync(`${server.identity}.pub`, "utf8").split(" ").slice(0, 2).join(" "),
  });
  const refused = stranger.gonogo("deploy");
  expect(refused.code).toBe(1);
  expect(refused.stdout).toContain("is not the machine that is declared");
  expect(refused.stdout.replaceAll(/\s+/g, " ")).toContain(fingerprintOf(server.hostKey));
});
