import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPages } from "../fixtures/pages.ts";
import { createProject, ownPorts, type Project } from "../fixtures/project.ts";
import { typed } from "../fixtures/typed.ts";

const HOUR = 3_600_000;
const LIST = [
  "# Tiny",
  "",
  "## Before the first deploy",
  "- [ ] Every value has its type <!-- gonogo: config.env.typed -->",
  "- [x] No credential stands in the code <!-- gonogo: repo.secret.scan-tree -->",
  "- [x] Everything is fine",
  "- [ ] Runbook written <!-- gonogo: sign-off (file=docs/runbook.md) -->",
  "- [ ] Privacy approved <!-- gonogo: sign-off (approver=cto, approver-differs=yes, for=10d) -->",
  '- [ ] Values typed, vault audited <!-- gonogo: config.env.typed, sign-off (rest="vault audited") -->',
  '- [x] Values typed, copies burnt <!-- gonogo: config.env.typed, sign-off (rest="copies burnt") -->',
  "- [ ] People",
  "  - [ ] Team trained <!-- gonogo: sign-off -->",
  "",
  "| Task | Who | Done |",
  "|------|-----|------|",
  "| Keys rotated <!-- gonogo: sign-off --> | Bob | Open |",
  "",
  "## T-24 hours",
  "- [ ] Team told <!-- gonogo: sign-off -->",
  "",
  "## Weekly",
  "- [ ] Look at slow queries <!-- gonogo: sign-off -->",
  "",
].join("\r\n");

let project: Project;
beforeAll(async () => {
  project = createProject();
  await ownPorts(project);
  const file = path.join(project.directory, "gonogo.config.ts");
  const config = readFileSync(file, "utf8")
    .replace(
      'name: "tiny",',
      'name: "tiny", variables: { GREETING: { type: "string", secret: true } }, checklist: "LAUNCH.md", people: { roles: { cto: ["Ada Lovelace"] }, longestWaiver: "20d" },',
    )
    .replace(
      "environments: {",
      'environments: { production: { target: local({ port: 9, httpPort: 10 }), variables: ".env.staging" },',
    );
  project.write("gonogo.config.ts", config);
  project.write("LAUNCH.md", LIST);
  project.write(".env.staging", "GREETING=hello-from-the-vault\n");
  const secret = ["ghp_", "wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx"].join("");
  project.write("settings.mjs", `export const token = "${secret}";\n`);
  project.commit("A checklist");
  expect(
    (await typed(project, ["check", "--format", "json", "--only", "config.env.", "repo.secret."])).code,
  ).toBe(1);
}, 120_000);
afterAll(async () => {
  await project[Symbol.asyncDispose]();
});

const signing = (item: string, ...args: string[]) =>
  typed(project, ["sign", item, "--env", "staging", ...args]);
const report = (...args: string[]) => typed(project, ["report", "--env", "staging", ...args]);
const checklist = () => readFileSync(path.join(project.directory, "LAUNCH.md"), "utf8");

interface Reported {
  readonly check: {
    readonly items: readonly { id: string; state: string; reason: string }[];
    answers: readonly { check: string; findings: readonly { fingerprint: string }[] }[];
  };
  readonly countdown: {
    readonly dueNow: string[];
    readonly next: { phase: string; at: number; items: string[] }[];
  } | null;
  readonly signOffs: readonly { item: string; attachment: { sha256: string } | null }[];
}
const reported = async (...args: string[]) =>
  JSON.parse((await report("--format", "json", ...args)).stdout) as Reported;
const stateOf = async (item: string): Promise<string[]> => {
  const found = (await reported()).check.items.find(({ id }) => id === item);
  return [found?.state ?? "missing", found?.reason ?? ""];
};

describe("a person's answer", () => {
  it("to a line about a document asks for the document, keeps it, and ends when it changes", async () => {
    expect(await signing("runbook-written", "--evidence", "it is there", "--by", "Ada")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("docs/runbook.md is not there"),
    });
    mkdirSync(path.join(project.directory, "docs"));
    project.write("docs/runbook.md", "  \n");
    expect((await signing("runbook-written", "--evidence", "it is there", "--by", "Ada")).stderr).toContain(
      "is empty",
    );
    project.write("docs/runbook.md", "# Runbook\n");
    expect((await signing("runbook-written", "--evidence", "read it", "--by", "Ada")).code).toBe(0);
    expect(await stateOf("runbook-written")).toEqual(["go", "signed by Ada"]);
    const [signed] = (await reported()).signOffs;
    const kept = path.join(project.directory, ".gonogo", "evidence", signed?.attachment?.sha256 ?? "");
    expect(readFileSync(kept, "utf8")).toBe("# Runbook\n");
    project.write("docs/runbook.md", "# Runbook\nMore.\n");
    expect((await stateOf("runbook-written"))[1]).toMatch(
      /^what Ada signed on \d{4}-\d\d-\d\d has changed since$/,
    );
    expect(
      (await signing("runbook-written", "--evidence", "docs/runbook.md", "--by", "Ada")).stdout,
    ).toContain("runbook.md kept, sha256");
    expect((await stateOf("runbook-written"))[0]).toBe("go");
    const status = await typed(project, ["status", "--env", "staging", "--all"]);
    expect(status).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("Runbook written (signed by Ada)"),
    });
    expect(status.stdout).toContain("nothing is live");
  });

  it("needs the approver the line asks for, a second person, and no longer than it allows", async () => {
    const sign = (...args: string[]) => signing("privacy-approved", "--evidence", "read in full", ...args);
    expect((await sign("--by", "Grace")).stderr).toContain("it asks for cto");
    expect((await sign("--by", "Ada Lovelace", "--done-by", "ADA  LOVELACE")).stderr).toContain(
      "cannot approve it",
    );
    expect((await sign("--by", "Ada Lovelace", "--done-by", "Grace", "--for", "30d")).stderr).toContain(
      "10 d at most",
    );
    expect((await sign("--by", "Ada Lovelace", "--done-by", "Grace")).code).toBe(0);
    expect(await stateOf("privacy-approved")).toEqual(["go", "signed by Ada Lovelace"]);
  });

  it("is given to what the checks of a line leave open, by the line's number", async () => {
    const number = String(1 + LIST.split("\r\n").findIndex((line) => line.includes("vault audited")));
    expect((await signing(number, "--by", "Ada", "--evidence", "the audit of May")).code).toBe(0);
    expect(await stateOf("values-typed-vault-audited.rest")).toEqual(["go", "signed by Ada"]);
    expect((await stateOf("values-typed-copies-burnt"))[0]).toBe("go");
    expect(await stateOf("values-typed-copies-burnt.rest")).toEqual(["unsigned", "nobody has signed"]);
    const { stdout } = await typed(project, ["status", "--env", "staging", "--all"]);
    expect(stdout).toContain("the rest of it: copies burnt (claimed, nobody has signed");
    expect(stdout).toContain(`LAUNCH.md: ${(LIST.match(/\[[ x]\]/g) ?? []).length + 1} lines`);
    const told = (await report()).stdout;
    expect(told).toContain("line 9, what its checks leave open");
    expect(told).toContain("- [x] Values typed, vault audited");
    expect(told).toContain("- [ ] Values typed, copies burnt");
    const html = (await report("--format", "html")).stdout;
    expect(html).toMatch(/Before the first deploy<\/h3>\s*<table[^>]*><caption>\d of 9 earned/);
  });

  it("by a page needs the page to answer", async () => {
    await using pages = await startPages({ "/there": 200, "/private": 401, "/gone": 404, "/broken": 500 });
    const sign = (page: string) => signing("keys-rotated", "--by", "Bob", "--evidence", pages.url + page);
    expect((await sign("/gone")).stderr).toContain("answers 404");
    expect((await sign("/private")).code).toBe(0);
    expect((await sign("/there")).code).toBe(0);
    await pages[Symbol.asyncDispose]();
    expect((await sign("/there")).stderr).toContain("refused the connection");
  });

  it("rests on something: not on nothing, an empty file, a directory or a file that is not there", async () => {
    const sign = (evidence: string) => signing("team-trained", "--by", "Ada", "--evidence", evidence);
    writeFileSync(path.join(project.directory, "empty.txt"), "");
    const canary = ["ghp_", "4eC39HqLyjWDarjtT1zdp7dcQx8Vw2Lm0aB3"].join("");
    project.write("notes.txt", `checked with ${canary}\n`);
    project.write("values.txt", "greeting is hello-from-the-vault\n");
    for (const evidence of [`with ${canary}`, "notes.txt", "values.txt"]) {
      const { code, stdout, stderr } = await sign(
        evidence.endsWith(".txt") ? path.join(project.directory, evidence) : evidence,
      );
      expect([code, stderr]).toEqual([2, expect.stringContaining("a credential stands in")]);
      expect(stdout + stderr).not.toMatch(/4eC39H|hello-from-the-vault/);
    }
    for (const [evidence, told] of [
      [" ", "--evidence is empty"],
      [path.join(project.directory, "empty.txt"), "an empty file is no evidence"],
      [project.directory, "a directory is no evidence"],
      ["./minutes.pdf", "there is no file ./minutes.pdf"],
    ] as const) {
      expect(await sign(evidence)).toMatchObject({ code: 2, stderr: expect.stringContaining(told) });
    }
    expect((await sign("session of 12 May")).code).toBe(0);
  });
});

describe("a waiver", () => {
  it("accepts a finding there is, not longer than declared, and the report says what it would have been", async () => {
    const finding = (await reported()).check.answers.find((each) => each.check === "repo.secret.scan-tree")
      ?.findings[0];
    const waive = (...args: string[]) =>
      typed(project, ["waive", finding?.fingerprint ?? "", "--env", "staging", "--by", "Ada", ...args]);
    expect((await waive("--reason", "a key of the documentation")).stderr).toContain(
      "a waiver ends: say when",
    );
    expect((await waive("--reason", "x", "--for", "30d")).stderr).toContain("a waiver lasts 20 d at most");
    const nothing = await typed(project, [
      "waive",
      "0123456789ab",
      "--env",
      "staging",
      "--reason",
      "x",
      "--for",
      "1d",
    ]);
    expect(nothing.stderr).toContain("staging has no finding 0123456789ab");
    const day = new Date(Date.now() + 3 * 24 * HOUR).toISOString().slice(0, 10);
    const given = await waive("--reason", "a key of the documentation", "--until", day);
    expect(given.stdout).toContain(`repo.secret.scan-tree`);
    expect((await stateOf("no-credential-stands-in-the-code"))[0]).toBe("waived");
    const text = await typed(project, [
      "check",
      "--only",
      "repo.secret.scan-tree",
      "config.env.typed",
      "--format",
      "html",
    ]);
    expect(text.stdout).toContain("this would have been NO-GO");
  });
});

describe("the checklist written back", () => {
  it("has the earned ticks, no others, and not a byte besides", async () => {
    const dry = await report("--write", "--dry-run");
    expect(dry.stdout).toContain("+++ LAUNCH.md");
    expect(checklist()).toBe(LIST);
    expect((await report("--write")).code).toBe(0);
    const written = checklist();
    expect(written.replace(/ <!-- gonogo-ticked [^>]*-->/g, "")).toBe(
      LIST.replace("[ ] Every value", "[x] Every value")
        .replace("[x] No credential", "[ ] No credential")
        .replace("[x] Everything is fine", "[ ] Everything is fine")
        .replace("[ ] Runbook", "[x] Runbook")
        .replace("[ ] Privacy", "[x] Privacy")
        .replace("[ ] Values typed, vault", "[x] Values typed, vault")
        .replace("[x] Values typed, copies", "[ ] Values typed, copies")
        .replace("[ ] People", "[x] People")
        .replace("[ ] Team trained", "[x] Team trained")
        .replace("| Open |", "| Done |"),
    );
    const today = new Date().toISOString().slice(0, 10);
    expect(written).toMatch(
      new RegExp(
        `its type <!-- gonogo: config.env.typed --> <!-- gonogo-ticked ${today} staging - evidence \\d+ -->\r\n`,
      ),
    );
    const number = /evidence (\d+)/.exec(written)?.[1] ?? "";
    expect((await report("--evidence", number)).stdout).toContain(
      "config.env.typed in staging\n  outcome       pass",
    );
    expect(written).toMatch(/Runbook written .* <!-- gonogo-ticked .* staging - answer \d+ -->\r\n/);
    expect((await report("--write")).stdout).toContain("nothing to change");
    expect(checklist()).toBe(written);
    project.write("docs/runbook.md", "# Other\n");
    await report("--write");
    expect(checklist()).toContain(
      "- [ ] Runbook written <!-- gonogo: sign-off (file=docs/runbook.md) -->\r\n",
    );
    project.write("LAUNCH.md", written);
  });

  it("is refused when it may not be written", async () => {
    const file = path.join(project.directory, "LAUNCH.md");
    project.write("LAUNCH.md", LIST);
    chmodSync(file, 0o444);
    expect(await report("--write")).toMatchObject({ code: 2, stderr: expect.stringContaining("read-only") });
    expect(checklist()).toBe(LIST);
    chmodSync(file, 0o644);
  });
});

describe("the launch time", () => {
  it("says what is due now and what comes next, in production", async () => {
    const at = (hours: number) => new Date(Date.now() + hours * HOUR).toISOString().replace(/\.\d+/, "");
    const production = (...args: string[]) => typed(project, [...args, "--env", "production"]);
    const countdown = async (launchAt: string) =>
      (
        JSON.parse(
          (await production("report", "--format", "json", "--launch-at", launchAt)).stdout,
        ) as Reported
      ).countdown;
    const before = await countdown(at(30));
    expect(before?.dueNow).not.toContain("team-told");
    expect(before?.next[0]).toMatchObject({ phase: "launch-24h", items: ["team-told"] });
    const near = at(10);
    expect((await production("status", "--launch-at", near)).stdout).toMatch(
      /launch .* UTC, T-10 h\n.*due now.*team-told[\s\S]*next: weekly/,
    );
    expect((await countdown(at(-7 * 24 - 1)))?.dueNow).toContain("look-at-slow-queries");
    const signed = await typed(project, [
      "sign",
      "look-at-slow-queries",
      "--env",
      "production",
      "--by",
      "Ada",
      "--evidence",
      "looked",
    ]);
    expect(signed.code).toBe(0);
    const after = await countdown(at(-7 * 24 - 1));
    expect(after?.dueNow).not.toContain("look-at-slow-queries");
    expect(after?.next.find(({ phase }) => phase === "weekly")?.items).toEqual(["look-at-slow-queries"]);
  });
});

describe("the proof", () => {
  it("holds while nothing was touched, and names what was", async () => {
    const whole = await report("--verify");
    expect(whole).toMatchObject({ code: 0, stdout: expect.stringContaining("as it was written") });
    const anchor =
      /(\d+:[0-9a-f]{64}\+\d+:[0-9a-f]{64})/.exec(whole.stdout.split("Next:")[1] ?? "")?.[1] ?? "";
    expect((await report("--verify", "--anchor", anchor)).code).toBe(0);
    expect(
      (
        await report(
          "--verify",
          "--anchor",
          anchor.replace(/.$/, (last) => (last === "0" ? "1" : "0")),
        )
      ).code,
    ).toBe(1);
    const evidence = path.join(project.directory, ".gonogo", "evidence");
    const [kept = ""] = readdirSync(evidence);
    const bytes = readFileSync(path.join(evidence, kept));
    writeFileSync(path.join(evidence, kept), "something else");
    expect(await report("--verify")).toMatchObject({
      code: 1,
      stdout: expect.stringContaining("is changed"),
    });
    writeFileSync(path.join(evidence, kept), bytes);
    const file = path.join(project.directory, ".gonogo", "gonogo.db");
    expect(existsSync(file)).toBe(true);
    {
      using database = new DatabaseSync(file);
      database.exec("drop trigger evidence_no_update; drop trigger person_answer_no_update");
      database.exec(`update evidence set outcome_json = '{"status":"pass","summary":"fine"}' where check_id = 'repo.secret.scan-tree' and seq = (select min(seq) from evidence where check_id = 'repo.secret.scan-tree');
        update person_answer set answer_json = replace(answer_json, 'Lovelace', 'Byron') where answer_json like '%Lovelace%'`);
    }
    const { code, stdout } = await report("--verify");
    expect(code).toBe(1);
    expect(stdout.replace(/\s+/g, " ")).toMatch(
      /evidence \d+ \(code\/repo\.secret\.scan-tree, staging, \d{4}-.* UTC\) is not what was written|evidence \d+ \(repository\/repo\.secret\.scan-tree, staging, \d{4}-.* UTC\) is not what was written/,
    );
    expect(stdout).toMatch(/answer \d+ \(sign-off of privacy-approved by Ada Byron, staging, .* UTC\)/);
    expect(JSON.parse((await report("--verify", "--format", "json")).stdout)).toMatchObject({
      intact: false,
      kind: "verify",
    });
  });
});
