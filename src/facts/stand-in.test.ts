import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDoors } from "../system/doors.ts";
import { provisionStandIn } from "./stand-in.ts";

const doors = openDoors();
let place: string;
const write = (file: string, text: string) => writeFile(path.join(place, "project", file), text);

beforeAll(async () => {
  place = await mkdtemp(path.join(tmpdir(), "gonogo-stand-in-"));
  for (const each of ["project/stand-ins", "state"]) await mkdir(path.join(place, each), { recursive: true });
  await write("stand-ins/main.ts", 'import { reply } from "./reply.ts";\nreply(1);\n');
  await write("stand-ins/reply.ts", "export { a as reply } from './deep.js';\n");
  await write("stand-ins/deep.ts", "export const a = (n: number) => n;\n");
  await write("stand-ins/other.ts", "one");
});
afterAll(async () => {
  await doors[Symbol.asyncDispose]();
  await rm(place, { recursive: true });
});

const provision = (line: string) =>
  provisionStandIn(
    {
      name: "payments",
      project: path.join(place, "project"),
      stage: "staging",
      directory: path.join(place, "state"),
      doors,
      port: async () => 4_803,
    },
    { line, told: "a stand-in for the bank", lacks: "no money", values: () => ({ BANK: "here" }) },
  );

test("a stand-in is another service once its code has changed, and that is said", async () => {
  const line = "node stand-ins/main.ts payments";
  const first = await provision(line);
  expect(first?.told).toBe("a stand-in for the bank on port 4803: no money, this machine only");
  await write("stand-ins/other.ts", "two");
  expect(await provision(line)).toEqual(first);
  // Two imports away, and named as TypeScript lets one name it.
  await write("stand-ins/deep.ts", "export const a = (n: number) => n + 1;\n");
  const second = await provision(line);
  expect({ ...second?.service, code: first?.service.code }).toEqual(first?.service);
  expect(second?.service.code).not.toBe(first?.service.code);
  expect(second?.told).toBe(`${first?.told}; started anew, for its code has changed`);
  expect((await provision(line))?.told).toBe(first?.told);
});
