import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { backupSceneFor } from "../../test/fixtures/backup-scene.ts";
import { startPostgres, type TestPostgres } from "../../test/fixtures/postgres.ts";
import type { Component } from "../model/launch.ts";
import { Secret } from "../model/secret.ts";
import { openDoors } from "../system/doors.ts";
import { connectionTo, psqlLine } from "./connection.ts";

const CANARY = "canary4711canary4711canary4711";
const doors = openDoors();
let server: TestPostgres;
let project = "";
beforeAll(async () => {
  project = await mkdtemp(path.join(tmpdir(), "gonogo-test-connection-"));
  server = await startPostgres();
  await server.admin(
    `create role soulseer_owner login password '${CANARY}'; grant connect on database app to soulseer_owner`,
  );
});
afterAll(async () => {
  await server.stop();
  await doors[Symbol.asyncDispose]();
  await rm(project, { recursive: true });
});

async function connection(url: string) {
  const store = { copyTo: () => Promise.reject(new Error("nothing is copied")) };
  const scene = backupSceneFor({ project, url: new Secret(url), store, doors });
  const [component] = scene.launch.components as [Component];
  return { scene, found: await connectionTo(scene, component, "app") };
}

it("names the variable with the password of a database that somebody else runs, and nothing secret of its address", async () => {
  const { found } = await connection(
    `postgres://shop:${CANARY}@db.example:6432/live?sslmode=verify-full&sslpassword=${CANARY}`,
  );
  expect(found).toEqual({
    address: "postgres://shop@db.example:6432/app?sslmode=verify-full",
    password: { variable: "DATABASE_URL" },
  });
  expect(psqlLine(found)).toBe("psql 'postgres://shop@db.example:6432/app?sslmode=verify-full'");
});

it("gives a line for a database that Gonogo runs which opens it, and names the file with its password", async () => {
  const { port } = new URL(server.adminUrl.reveal());
  const url = `postgres://soulseer_owner:${CANARY}@127.0.0.1:${port}/live`;
  const directory = path.join((await connection(url)).scene.directory, "db");
  await mkdir(directory, { recursive: true });
  const passwords = { superuser: "a", owner: CANARY, application: "b" };
  await writeFile(path.join(directory, "passwords.json"), JSON.stringify(passwords));
  const { found } = await connection(url);
  expect(found).toEqual({
    address: `postgres://soulseer_owner@127.0.0.1:${port}/app`,
    password: { file: path.join(directory, "passwords.json"), key: "owner" },
  });
  const line = psqlLine(found);
  expect(line).not.toContain(CANARY);
  const asked = `${line} --no-psqlrc --tuples-only --no-align --command 'select current_user, current_database()'`;
  expect(await doors.shell.run({ line: asked, cwd: project })).toMatchObject({
    code: 0,
    stdout: "soulseer_owner|app\n",
  });
});
