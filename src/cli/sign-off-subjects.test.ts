import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchOf } from "../../test/fixtures/check-record.ts";
import { heldAgainst } from "../checklist/line-figures.ts";
import { parseChecklist } from "../checklist/markdown/parse.ts";
import type { Item } from "../model/item.ts";
import { isSamePerson } from "../model/sign-off.ts";
import { openDoors } from "../system/doors.ts";
import { takeEvidence } from "./sign-evidence.ts";
import { withSubjects } from "./sign-off-subjects.ts";

const doors = openDoors();
let directory = "";
beforeAll(() => {
  directory = mkdtempSync(path.join(tmpdir(), "gonogo-subjects-"));
  execFileSync("mkfifo", [path.join(directory, "pipe")]);
});
afterAll(async () => {
  await doors[Symbol.asyncDispose]();
  rmSync(directory, { recursive: true });
});

async function signed(list: string): Promise<Item[]> {
  const launch = { ...launchOf({}), directory };
  return await withSubjects(heldAgainst(launch, parseChecklist(list).items), launch, doors.files);
}
const subjectsOf = async (list: string) => (await signed(list)).map(({ subject }) => subject);

const LINE = "- [ ] Approved <!-- gonogo: sign-off -->\n";
const LIST = `# Launch\n## Payments\n${LINE}## Search\n${LINE}`;

it("is another one for the same words below another heading", async () => {
  const [payments, search] = await subjectsOf(LIST);
  expect(payments).not.toBe(search);
  expect(await subjectsOf(LIST.replace(`## Payments\n${LINE}`, ""))).toEqual([search]);
  expect(
    await subjectsOf(LIST.replace("# Launch", "# Launch of May").replace("Approved <", "**Approved** <")),
  ).toEqual([payments, search]);
});

it.each([
  ["what is added below", LIST.replace(LINE, `${LINE}  - in the EU only\n`)],
  ["another heading", LIST.replace("Payments", "Payouts")],
  ["another approver", LIST.replace("sign-off", "sign-off (approver=cto)")],
  ["other words", LIST.replace("Approved", "Approved by security")],
])("is another one with %s", async (_what, list) => {
  const [before, other] = await subjectsOf(LIST);
  const [after, untouched] = await subjectsOf(list);
  expect(after).not.toBe(before);
  expect(untouched).toBe(other);
});

it("changes for what checks leave open when the line says something else", async () => {
  const list =
    '- [ ] Keys rotated yearly <!-- gonogo: config.env.dotenv-ignored, sign-off (rest="rotated") -->\n';
  const rest = async (text: string) =>
    (await signed(text)).find(({ restOf }) => restOf !== undefined)?.subject;
  expect(await rest(list)).toEqual(expect.any(String));
  expect(await rest(list.replace("yearly", "daily"))).not.toBe(await rest(list));
});

it("is none of a row's other cells", async () => {
  const row = "| Line | Owner | Done |\n|---|---|---|\n| Approved <!-- gonogo: sign-off --> | Ann | [ ] |\n";
  expect(await subjectsOf(row)).toEqual(await subjectsOf(row.replace("Ann", "Bob")));
});

it("waits for no pipe, as a document or as evidence", async () => {
  const [item] = await signed("- [ ] Runbook <!-- gonogo: sign-off (file=pipe) -->\n");
  expect(item?.obstacle).toBe("pipe is a pipe or a device, not a document");
  const places = { workingDirectory: directory, directory, secrets: [] };
  await expect(takeEvidence("./pipe", { rules: undefined, places, doors })).rejects.toThrow(
    "a pipe or a device is no evidence",
  );
});

it("is signed by one person, whatever stands unseen in a name", () => {
  expect(isSamePerson("cto\u200B", " CTO")).toBe(true);
  expect(isSamePerson("Ada", "Ida")).toBe(false);
});
