import { Command } from "commander";
import { describe, expect, it } from "vitest";
import { joined, readLine } from "./line.ts";

const command = (): Command =>
  new Command("restore")
    .argument("[backup]")
    .argument("[what...]")
    .option("-e, --env <name>")
    .option("-o, --only <id...>")
    .option("-q, --quiet")
    .option("-a, --all")
    .option("--beside [name]")
    .option("--no-wait");

const read = (typed: string) => readLine(command(), typed.split(" "));

describe("a line that is being typed", () => {
  it.each([
    ["", { what: "value", of: "backup", typed: "", lead: "" }],
    ["b2", { what: "value", of: "backup", typed: "b2", lead: "" }],
    ["b2 x y", { what: "value", of: "what", typed: "y", lead: "" }],
    ["--", { what: "option", typed: "--" }],
    ["--env ", { what: "value", of: "--env", typed: "", lead: "" }],
    ["-e sta", { what: "value", of: "--env", typed: "sta", lead: "" }],
    ["--env=sta", { what: "value", of: "--env", typed: "sta", lead: "--env=" }],
    ["--quiet=sta", { what: "nothing" }],
    ["--env staging ", { what: "value", of: "backup", typed: "", lead: "" }],
    ["-qestaging ", { what: "value", of: "backup", typed: "", lead: "" }],
    ["-qe ", { what: "value", of: "--env", typed: "", lead: "" }],
    ["--only web d", { what: "value", of: "--only", typed: "d", lead: "" }],
    ["--only web --q", { what: "option", typed: "--q" }],
    ["--only --quiet ", { what: "value", of: "--only", typed: "", lead: "" }],
    ["--beside b", { what: "value", of: "--beside", typed: "b", lead: "" }],
    ["--beside --", { what: "option", typed: "--" }],
    ["--beside --quiet ", { what: "value", of: "backup", typed: "", lead: "" }],
    ["--unknown b", { what: "value", of: "backup", typed: "b", lead: "" }],
    ["-- --e", { what: "value", of: "backup", typed: "--e", lead: "" }],
  ])("%j asks for %j", (typed, wanted) => {
    expect(read(typed).wanted).toEqual(wanted);
  });

  it("asks for nothing where no more arguments are taken", () => {
    expect(readLine(new Command("plan"), ["x"]).wanted).toEqual({ what: "nothing" });
  });

  it("has told what was given so far", () => {
    const { options, args } = read("b2 -qa --env=staging --only web db --no-wait x -- -y z");
    expect([...options]).toEqual([
      ["--quiet", ""],
      ["--all", ""],
      ["--env", "staging"],
      ["--only", "db"],
      ["--no-wait", ""],
    ]);
    expect(args).toEqual(["b2", "x", "-y"]);
  });
});

it.each([
  [["check", "--env", "=", "sta"], ["check", "--env=sta"], true],
  [["check", "--env", "="], ["check", "--env="], true],
  [["check", "--env", "=", "staging", ""], ["check", "--env=staging", ""], false],
  [
    ["restore", "--at", "2026-11-21T10", ":", "00", ":", "00Z", "--ov"],
    ["restore", "--at", "2026-11-21T10:00:00Z", "--ov"],
    false,
  ],
  [["check", "--env=sta"], ["check", "--env=sta"], false],
])("words that bash took apart are put together: %j", (words, whole, isApart) => {
  expect(joined(words)).toEqual({ words: whole, isApart });
});

it("a value behind = is offered by itself where bash took it apart", () => {
  expect(readLine(command(), ["--env=sta"], { isApart: true }).wanted).toEqual({
    what: "value",
    of: "--env",
    typed: "sta",
    lead: "",
  });
});
