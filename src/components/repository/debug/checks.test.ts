import { describe, expect, it } from "vitest";
import { createGitFolder } from "../../../../test/fixtures/git-folder.ts";
import { answerAbout } from "../repository.fixture.ts";
import { debugOutputAbsent } from "./checks.ts";
import { outputInJavaScript } from "./javascript-output.ts";
import { languageOf, outputInWords } from "./plain-output.ts";

function outputIn(path: string, text: string): string[] {
  const language = languageOf(path);
  const found = language
    ? outputInWords(language, text)
    : outputInJavaScript(path, text, ["info", "warn", "error"]);
  return found.map(({ line, what }) => `${line} ${what}`);
}

describe("debugging output", () => {
  it.each([
    ["a.ts", "const a: number = 1;\nconsole.log(a);", ["2 console.log"]],
    ["a.js", "items.forEach(console.log)", ["1 console.log"]],
    ["a.js", "window.console?.['debug'](1); const { table } = console; debugger", 3],
    ["a.mjs", "if (on) { console.trace() }", ["1 console.trace"]],
    ["a.tsx", "const A = () => <p onClick={() => console.log('x')}>It's</p>;", ["1 console.log"]],
    ["a.ts", "enum A { b }\nconsole.log(A.b)", ["2 console.log"]],
    [
      "a.tsx",
      "const a = <a>{b.replace(/\\/*$/, '').replace(/`/g, '')}</a>;\nconst c = <p>See https://x.org {console.log(b)}</p>;",
      ["2 console.log"],
    ],
    ["a.vue", "<script>\n  debugger;\n</script>", ["2 debugger"]],
    ["app.py", '"""print(1)"""\nprint(user)\nimport pdb; pdb.set_trace()', ["2 print", "3 pdb.set_trace"]],
    ["app.rb", "# puts 1\n  puts user.inspect\n  p user\n  binding.pry", ["2 puts", "3 p", "4 binding.pry"]],
    ["a.php", "<?php\nvar_dump($a);\n$q->dd();\nprint_r($a);", ["2 var_dump", "3 dd", "4 print_r"]],
    ["a.go", 'fmt.Println("here", x)\nspew.Dump(x)', ["1 fmt.Println", "2 spew.Dump"]],
    ["A.java", "System.out.println(x);\ne.printStackTrace();", 2],
    ["a.cs", "Console.WriteLine(x);", ["1 Console.WriteLine"]],
    ["a.rs", "dbg!(x);\n#[cfg(test)]\nmod tests { println!() }", ["1 dbg!"]],
    ["a.ex", "user |> IO.inspect()", ["1 IO.inspect"]],
  ])("is found in %s: %s", (path, text, expected) => {
    const found = outputIn(path, text);
    expect(typeof expected === "number" ? found.length : found).toEqual(expected);
  });

  it.each([
    ["a.ts", "// console.log(1)\nconst a = 'console.log(1)';\nconsole.error(a); console.info(a)"],
    ["a.js", "console.log = () => {}; my.console.log(1); /debugger/.test(x)"],
    ["a.js", "if (process.env.NODE_ENV !== 'production') console.log(1)"],
    ["a.ts", "import.meta.env.DEV && console.log(1)"],
    ["a.tsx", "// console.log(1)\n/* console.log */ const A = () => <p>{`console.log(1)`}</p>;"],
    ["a.py", "logger.print(1)\ndef print(x): pass\nif __name__ == '__main__':\n    print(1)"],
    ["a.rb", "puts = 1\nparams.p\nlogger.info 'puts x'"],
    ["a.php", "<?php\n$a = print_r($b, true); // var_dump(1)\nfunction dd($x) {}\nVarDumper::dump($x);"],
    ["a.go", 'log.Println("x") // fmt.Println\nfmt.Fprintln(w, "x"); s := fmt.Sprintf("x")'],
    ["A.java", "log.info(System.out.toString());"],
  ])("is not what stands in %s: %s", (path, text) => {
    expect(outputIn(path, text)).toEqual([]);
  });

  it("in a branch of development only is none, beside it is some", () => {
    const text = "if (process.env.NODE_ENV === 'development') console.log(1); else console.log(2);\n";
    expect(outputIn("a.js", text)).toEqual(["1 console.log"]);
    const either = "if (process.env.NODE_ENV !== 'production' || x) console.log(1);";
    expect(outputIn("a.js", either)).toEqual(["1 console.log"]);
  });
});

describe("repo.code.debug-output", () => {
  const answer = (directory: string, debugOutput: object = {}) =>
    answerAbout(debugOutputAbsent, directory, { options: { debugOutput } });

  it("tells what is left in the deployed code, and only there", async () => {
    using project = createGitFolder({
      "package.json": '{"bin":{"app":"./src/cli.js"}}',
      "src/cli.js": "console.log(1)",
      "src/a.ts": "export {};\n",
      "src/a.test.ts": "console.log(1)",
      "scripts/seed.js": "console.log(1)",
      "tool.js": "#!/usr/bin/env node\nconsole.log(1)",
    });
    expect(await answer(project.directory)).toMatchObject({
      status: "pass",
      measured: { files: 1, leftOut: 4 },
    });
    project.write({ "public/scripts/b.js": "\nconsole.log(1)", "src/c.py": "print(1)" });
    expect(await answer(project.directory)).toMatchObject({
      status: "fail",
      found: "public/scripts/b.js:2 console.log; src/c.py:1 print",
      findings: ["public/scripts/b.js: console.log", "src/c.py: print"],
    });
    const rest = await answer(project.directory, { console: ["log"], ignore: ["src/c.py"] });
    expect(rest).toMatchObject({ status: "pass", summary: expect.stringContaining("(JavaScript)") });
    expect(await answer(project.directory, { console: ["log"] })).toMatchObject({
      findings: ["src/c.py: print"],
    });
  });

  it("looks at what a process starts with, wherever it lies", async () => {
    using project = createGitFolder({ "bin/server.js": "console.log(1)", "src/a.js": "" });
    expect((await answer(project.directory)).status).toBe("pass");
    const siblings = [{ name: "api", kind: "web", options: { start: "node ./bin/server.js --quiet" } }];
    expect(await answerAbout(debugOutputAbsent, project.directory, { siblings })).toMatchObject({
      found: "bin/server.js:1 console.log",
    });
  });

  it("does not apply without deployed code; cannot tell of what it cannot read", async () => {
    using project = createGitFolder({ "README.md": "console.log(1)", "test/a.js": "console.log(1)" });
    expect((await answer(project.directory)).status).toBe("not applicable");
    project.write({ "src/huge.js": "x;\n".repeat(400_000) });
    expect((await answer(project.directory)).status).toBe("unknown");
    expect((await answer("/nowhere/at/all")).status).toBe("unknown");
  });
});
