import { describe, expect, it } from "vitest";
import { createGitFolder } from "../../../../test/fixtures/git-folder.ts";
import { answerAbout } from "../repository.fixture.ts";
import { todoAbsent } from "./checks.ts";
import { commentStyleOf, todosIn } from "./todos.ts";

function todosOf(path: string, text: string): string[] {
  const style = commentStyleOf(path);
  return style ? todosIn(style, text).map(({ line, word, said }) => `${line} ${word} ${said}`.trim()) : [];
}

describe("a TODO", () => {
  it.each([
    ["a.ts", "const a = 1; // TODO: ask the bank\n/* FIXME */", ["1 TODO ask the bank", "2 FIXME"]],
    ["a.tsx", "return <p>{/* TODO(ann) texts */}</p>;", ["1 TODO ann) texts"]],
    ["a.vue", "<!-- todo: texts -->", ["1 TODO texts"]],
    ["a.py", "x = '#'  # FIXME later", ["1 FIXME later"]],
    ["a.sql", "-- TODO index", ["1 TODO index"]],
    ["Dockerfile", "# TODO pin", ["1 TODO pin"]],
  ])("stands in %s: %s", (path, text, expected) => {
    expect(todosOf(path, text)).toEqual(expected);
  });

  it.each([
    ["a.ts", "const TODO = 'TODO: x'; const s = `// TODO`; show(TODO_LIST); // the todo list"],
    ["a.ts", "// todo el mundo, TODO_LIST, no-TODO"],
    ["a.py", 'x = "# TODO"'],
    ["notes.md", "TODO"],
  ])("does not stand in %s: %s", (path, text) => {
    expect(todosOf(path, text)).toEqual([]);
  });
});

describe("repo.code.todo", () => {
  it("tells what is left in the code that is written here, tests too", async () => {
    using project = createGitFolder({ "a.ts": "export {};", "vendor/b.ts": "// TODO", "README.md": "TODO" });
    const answer = (todo?: object) => answerAbout(todoAbsent, project.directory, { options: { todo } });
    expect(await answer({})).toMatchObject({ status: "pass", measured: { files: 1 } });
    project.write({ "test/a.test.ts": "\n// TODO: the other case" });
    expect(await answer({})).toMatchObject({
      status: "fail",
      found: "test/a.test.ts:2 TODO the other case",
      findings: ["test/a.test.ts: TODO"],
    });
    expect(await answer({ most: 1 })).toMatchObject({
      status: "pass",
      summary: expect.stringContaining("1 of the 1"),
    });
    expect(await answer({ ignore: ["test"] })).toMatchObject({ status: "pass" });
    expect((await answer()).status).toBe("not applicable");
    project.write({ "huge.ts": "x;\n".repeat(400_000) });
    expect((await answer({ most: 1 })).status).toBe("unknown");
    const nowhere = await answerAbout(todoAbsent, "/nowhere/at/all", { options: { todo: {} } });
    expect(nowhere.status).toBe("unknown");
  });
});
