import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { KEPT_LINES, KEPT_RELEASES, keepLastWords } from "./last-words.ts";

test("what a failed release said last is kept, masked and bounded, of the last few of them", async () => {
  const stateDirectory = await mkdtemp(path.join(tmpdir(), "gonogo-words-"));
  const folderOf = (id: string): string => path.join(stateDirectory, "logs", id);
  const say = async (id: string, text: string, ageS: number): Promise<void> => {
    await mkdir(folderOf(id), { recursive: true });
    await writeFile(path.join(folderOf(id), "api.0.log"), text);
    await utimes(folderOf(id), Date.now() / 1_000 - ageS, Date.now() / 1_000 - ageS);
  };
  for (let number = 1; number <= KEPT_RELEASES + 1; number++) await say(`r${number}`, "old\n", 900 - number);
  await say("live", "users\n", 5_000);
  await say("services", "database\n", 5_000);
  await say("silent", "", 1);
  await say("r9", `${"x\n".repeat(KEPT_LINES)}token canary-77ab was refused\n`, 1);
  await writeFile(path.join(folderOf("r9"), "api.0.log.1"), "canary-77ab, earlier\n");
  const isKnown = (id: string): boolean => id === "live";

  const variables = { TOKEN: "canary-77ab" };
  await keepLastWords({ stateDirectory, release: "silent", variables, isKnown });
  await keepLastWords({ stateDirectory, release: "r9", variables, isKnown });

  expect(await readdir(folderOf("r9"))).toEqual(["api.0.log"]);
  const lines = (await readFile(path.join(folderOf("r9"), "api.0.log"), "utf8")).split("\n");
  expect(lines).toHaveLength(KEPT_LINES + 1);
  expect(lines.at(-2)).toBe("token [TOKEN] was refused");
  expect((await readdir(path.join(stateDirectory, "logs"))).sort()).toEqual(
    ["live", "r3", "r4", "r5", "r6", "r9", "services"].sort(),
  );

  // Nothing can be masked any more: nothing is kept.
  await keepLastWords({ stateDirectory, release: "r6", variables: undefined, isKnown });
  expect(existsSync(folderOf("r6"))).toBe(false);
  await rm(stateDirectory, { recursive: true });
});
