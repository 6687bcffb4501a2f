import { expect, it } from "vitest";
import { meaningsOf } from "./meanings.ts";
import { rawWords } from "./word-forms.ts";

const said = (text: string): string[] => meaningsOf(rawWords(text)).map(({ meaning }) => meaning);

it("takes no English word for the beginning of a foreign one", () => {
  expect(said("users that were customized")).not.toContain("cost");
  expect(said("backupscheduler")).not.toContain("backup");
  expect(said("001_create_tables.sql")).toEqual(["migration-file"]);
  expect(said("konfiguriert")).toEqual(["configur"]);
});
