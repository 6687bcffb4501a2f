import { describe, expect, it } from "vitest";
import { createGitFolder } from "../../../../test/fixtures/git-folder.ts";
import { publishedKinds } from "../../../../test/fixtures/published-kinds.ts";
import { answerersOf, declaredAnswerersOf } from "../../../checklist/answerers.ts";
import { createBinder } from "../../../checklist/binder/bind.ts";
import { repositoryOptions } from "../options.ts";
import { answerAbout } from "../repository.fixture.ts";
import { repository } from "../repository.ts";
import { documentPresent } from "./checks.ts";
import { readDocument } from "./document-text.ts";

const PROSE =
  "Run `gonogo rollback production`, then watch the error rate for ten minutes. Call the person on duty when it does not fall, and write down in the incident what was seen and when.";
const PLAN = `# Rollback\n\n${PROSE}\n\n## Who\n\nSee [the README](../README.md#people) and [the site](https://example.com/no).\n`;

function troubles(text: string): string[] {
  return readDocument(`${PROSE}\n\n${text}`).troubles.map((each) =>
    each.kind === "placeholder" ? `${each.line} ${each.what}` : each.kind,
  );
}

describe("a document", () => {
  it.each([
    ["Owner: TBD", ["3 TBD"]],
    ["- [ ] TODO: write this", ["3 TODO"]],
    ["The limit is to be defined.", ["3 to be defined"]],
    ["Call <your name here>, [insert phone number]", ["3 <your name here>"]],
    ["- Rewards are paid [NEEDS CLARIFICATION: in cash?]", ["3 [NEEDS CLARIFICATION: in cash?]"]],
    ["Signed by: ________", ["3 ____"]],
    ["## Steps\n\n## Next\n\nGo on.", ["empty section"]],
    ["## Steps\n\n### First\n\nGo on.\n\n# End", ["empty section"]],
  ])("with %j is not finished", (text, expected) => {
    expect(troubles(text).map((each) => each.replace(/_+$/, "____"))).toEqual(expected);
  });

  it.each([
    ["`TODO` comments are found, and so is\n\n```\n# TODO\n[x](nothing.md)\n```"],
    ["Todo el equipo lo sabe; the file to be written first is small."],
    ["## Steps\n\n### First\n\nGo on.\n\n____\n\n<!-- TODO -->"],
    ["[Your account](https://example.com) and __init__ and [ref]\n\n[ref]: https://example.com"],
  ])("with %j is", (text) => {
    expect(troubles(text)).toEqual([]);
  });
});

describe("repo.document.present", () => {
  const answer = (directory: string, documents: object) =>
    answerAbout(documentPresent, directory, { options: { documents } });
  const DECLARED = { README: "README.md", "rollback plan": "docs/ROLLBACK.md" };

  it("passes with what can be relied on, and names each thing that cannot", async () => {
    using project = createGitFolder({ "README.md": `# App\n${PROSE}`, "docs/ROLLBACK.md": PLAN });
    expect(await answer(project.directory, DECLARED)).toMatchObject({
      status: "pass",
      summary: expect.stringMatching(/^README \(\d+ words\), rollback plan .*: in git/),
    });
    project.write({ "docs/ROLLBACK.md": PLAN.replace("README.md", "READ.md"), "README.md": "# App\n\nTBD" });
    expect(await answer(project.directory, DECLARED)).toMatchObject({
      status: "fail",
      findings: ["README: hardly anything", "README: placeholder", "rollback plan: link to ../READ.md"],
    });
    project.write({ "README.md": `# App\n${PROSE}` });
    expect(await answer(project.directory, DECLARED)).toMatchObject({
      status: "warn",
      found: "docs/ROLLBACK.md line 7 links to ../READ.md, which does not exist",
    });
    project.write({ "docs/NEW.md": PLAN });
    expect(await answer(project.directory, { new: "docs/NEW.md", runbook: "docs/RUN.md" })).toMatchObject({
      status: "fail",
      found: "docs/NEW.md is not in git; docs/RUN.md does not exist",
    });
    expect(await answer(project.directory, { runbook: "docs/RUN.md" })).toMatchObject({
      summary: "1 declared document is not there",
    });
  });

  it("does not apply where none is declared; cannot tell without a folder", async () => {
    using project = createGitFolder({ "README.md": PROSE });
    expect(await answer(project.directory, {})).toMatchObject({
      status: "not applicable",
      reason: expect.stringContaining("repository({ documents:"),
    });
    expect((await answer("/nowhere/at/all", DECLARED)).status).toBe("unknown");
  });

  it("answers the lines that ask for a declared document, and no line that asks for more", () => {
    const kind = repository.definition;
    const options = repositoryOptions.parse({ documents: { ...DECLARED, Betriebshandbuch: "docs/OPS.md" } });
    const own = declaredAnswerersOf({ components: [{ name: "code", kind, options }] });
    const bind = createBinder([...answerersOf(publishedKinds().values()), ...own]);
    const answeredBy = (text: string) =>
      bind({ text, path: ["Launch"] }).chosen.map(({ answerer }) => answerer.id);
    for (const line of [
      "Rollback plan documented",
      "Rollback plan is written",
      "Rollback plan",
      "docs/ROLLBACK.md exists",
      "README.md created",
      "Betriebshandbuch geschrieben",
    ]) {
      expect(answeredBy(line), line).toEqual(["code/repo.document.present"]);
    }
    for (const line of [
      "Rollback plan tested",
      "Rollback tested in staging",
      "Rollback plan reviewed by the team",
      "README is up to date",
      "README explains setup",
      "Database plan chosen",
    ]) {
      expect(answeredBy(line), line).not.toContain("code/repo.document.present");
    }
  });
});
