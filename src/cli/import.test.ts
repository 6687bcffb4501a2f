import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { UserError } from "../model/errors.ts";
import { openWorld, type World } from "../wiring.ts";
import { importCommand } from "./import.ts";
import type { DoubtsRecord, ImportRecord, NearRecord } from "./output/contracts/import.ts";
import { preparedHere } from "./prepared-here.ts";

let world: World;
let directory: string;
const made: string[] = [];
let told = "";

beforeAll(async () => {
  world = await openWorld();
  // What is learned once for all tests takes its time on a busy machine.
  await preparedHere(world);
}, 300_000);
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "gonogo-import-"));
  made.push(directory);
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  await Promise.all(made.map((each) => rm(each, { recursive: true })));
});

const FILE = "LAUNCH.md";
const put = (text: string | Uint8Array, name = FILE) => writeFile(path.join(directory, name), text);
const bytes = (name = FILE) => readFile(path.join(directory, name));

async function run(options: Record<string, string | boolean> = {}, files: readonly string[] = [FILE]) {
  told = "";
  const output = {
    ...world.output,
    write: (text: string) => {
      told += text;
    },
    columns: 100,
    rows: 24,
    colour: false,
  };
  return importCommand.run(
    { ...world, output, workingDirectory: directory, ...(options.world as object | undefined) },
    { args: files, options },
  );
}

const CONFIG = `import { defineLaunch, local, web } from "gonogo";
export default defineLaunch({
  name: "shop",
  components: { api: web({ start: "node ." }) },
  promises: { latency: { p95: "1s" } },
  environments: { staging: { target: local() } },
});
`;
const LIST = "- [x] HSTS enabled\r\n- [ ] Response times < 500ms\r\n- [ ] Team trained\r\n";

describe("gonogo import", () => {
  it("tells where a credential stands in a list, never which, and leaves it where it is", async () => {
    const canary = `4eC39HqLyjWDarjt${"T1zdp7dc"}`;
    const list = `- [ ] \`STRIPE_KEY=sk_live_${canary}\` is set\n- [ ] Answers to a token\n  \`\`\`\n  curl -u admin:${canary} https://a.example\n  \`\`\`\n`;
    await put(list);
    for (const options of [{ dryRun: true }, { dryRun: true, format: "json" }, { explain: "1" }, {}]) {
      await run(options);
      expect(told).not.toContain(canary);
    }
    expect(told).toContain("line 1: a credential stands in the list");
    expect(told).toContain("line 4: a credential stands in the list");
    const text = String(await bytes());
    expect(text.replace(/ <!-- gonogo: .*? -->/g, "")).toBe(list);
    expect(text).toContain("(variable=STRIPE_KEY)");
  });

  it("shows what a check may answer, and has it answer the lines that are accepted", async () => {
    const list =
      "- [ ] HTTPS enabled\n- [ ] Rollback plan: previous image + DB restore, `npm run\n      restore`\n- [ ] Team informed\n";
    await put(list);
    await run();
    expect(told).toMatch(/1 {2}of these a check may answer: gonogo import LAUNCH\.md --near/);
    const before = String(await bytes());
    await run({ near: true, format: "json" });
    const near = JSON.parse(told) as NearRecord;
    expect(near.lines).toMatchObject([{ line: 2, check: "repo.document.present" }]);
    expect(near.lines[0]?.confidence).toBeLessThan(near.least);
    await run({ near: true });
    expect(told).toMatch(/2 {2}Rollback plan.*\n +\d\d % {2}repo\.document\.present: /);
    expect(String(await bytes())).toBe(before);
    await run({ accept: "2" });
    expect(told).toContain("a comment behind one line");
    const after = String(await bytes());
    expect(after).toBe(before.replace(/(?<=restore`.*)sign-off/, "repo.document.present"));
    expect(after).not.toBe(before);
    expect(after.match(/gonogo:/g)).toHaveLength(3);
    for (const [accept, says] of [
      ["1", /line 1 is answered already: HTTPS enabled/],
      ["4", /no check is near to answering line 4: Team informed/],
      ["3", /"3" is no line of the checklist/],
    ] as const)
      await expect(run({ accept })).rejects.toThrow(says);
    await expect(run({ near: true, accept: "2" })).rejects.toThrow("--near and --accept are two commands");
    expect(String(await bytes())).toBe(after);
  });

  it("shows what checks may not show, and has a person sign the lines that are named too", async () => {
    const list =
      "- [ ] HTTPS enabled\n- [ ] Structured logging enabled on all services (JSON, includes trace ID)\n- [ ] Team informed\n";
    await put(list);
    await run();
    expect(told).toMatch(/1 {2}of these may ask for more than is shown: gonogo import LAUNCH\.md --doubts/);
    const before = String(await bytes());
    await run({ doubts: true, format: "json" });
    const { lines } = JSON.parse(told) as DoubtsRecord;
    expect(lines).toMatchObject([{ line: 2, checks: [{ id: "log.structured" }] }]);
    expect(lines[0]?.open).toContain("trace");
    await run({ doubts: true });
    expect(told).toMatch(/2 {2}Structured logging.*\n +log\.structured: .*\n +none of it speaks of: .*trace/);
    expect(String(await bytes())).toBe(before);
    await run({ alsoSign: "2" });
    const after = String(await bytes());
    expect(after).toBe(before.replace("log.structured", "log.structured, sign-off"));
    await run({ doubts: true });
    expect(told).toContain("nothing tells that a line asks for more");
    for (const [alsoSign, says] of [
      ["2", /line 2 is signed by a person already: Structured logging/],
      ["3", /line 3 is signed by a person already: Team informed/],
      ["4", /"4" is no line of the checklist/],
    ] as const)
      await expect(run({ alsoSign })).rejects.toThrow(says);
    // Somebody who wrote another comment has read the line.
    await put(before.replace("log.structured", "log.structured, log.correlation"));
    await run({ doubts: true });
    expect(told).toContain("nothing tells that a line asks for more");
    await expect(run({ doubts: true, alsoSign: "2" })).rejects.toThrow(
      "--doubts and --also-sign are two commands",
    );
  });

  it("removes what a killed import left beside the list, and nothing else", async () => {
    await put("- [ ] HTTPS enabled\n");
    for (const name of [`${FILE}.708f4f9ecdc6.tmp`, `${FILE}.mine.tmp`, "other.708f4f9ecdc6.tmp"])
      await put("half", name);
    await run();
    expect((await readdir(directory)).sort()).toEqual([FILE, `${FILE}.mine.tmp`, "other.708f4f9ecdc6.tmp"]);
  });

  it("counts as people do, and does not call a line bound that can take no comment", async () => {
    await put("- [ ] Team trained\n");
    await run({ dryRun: true });
    expect(told).toContain("Nothing was written; 1 comment would be.");
    await run();
    expect(told).toContain("a comment behind one line,");
    await put("- [ ] Team <!-- trained\n");
    await run();
    expect(told).toContain("Nothing was written: 1 line cannot be bound here.");
  });

  it("writes comments and nothing else, keeps the file's mode, and finds nothing to do the second time", async () => {
    await put(`\uFEFF${LIST}`);
    await chmod(path.join(directory, FILE), 0o640);
    expect(await run()).toBe(0);
    const written = await bytes();
    const [hsts, quick, team, end] = written.toString().split("\r\n");
    expect(hsts).toBe("\uFEFF- [x] HSTS enabled <!-- gonogo: http.header.hsts -->");
    expect(quick).toMatch(/^- \[ \] Response times < 500ms <!-- gonogo: [\w.-]+ \(p95=500ms\) -->$/);
    expect([team, end]).toEqual(["- [ ] Team trained <!-- gonogo: sign-off -->", ""]);
    expect((await stat(path.join(directory, FILE))).mode & 0o777).toBe(0o640);
    expect(told).toContain("Next: gonogo init");
    await run();
    expect(await bytes()).toEqual(written);
    expect(told).toContain("Every line is bound; nothing was written.");
  });

  it("says what contradicts the declaration, what it lacks, and the line that names the list", async () => {
    await put(CONFIG, "gonogo.config.ts");
    await put(
      `${LIST}- [ ] FFmpeg installed\r\n- [ ] Redis persistence (AOF)\r\n- [ ] \`API_TOKEN\` set\r\n`,
    );
    await run({ format: "json" });
    const record = JSON.parse(told) as ImportRecord;
    expect(record).toMatchObject({ kind: "import", declared: false, written: true });
    expect(record.contradictions).toMatchObject([
      { line: 2, says: "< 500ms", where: "promises.latency.p95" },
    ]);
    const added = record.proposals.map(({ add, lines, why }) => [lines, add ?? why]);
    expect(added).toContainEqual([[5], "cache: redis(),"]);
    expect(added).toContainEqual([[6], 'API_TOKEN: { type: "string" },']);
    expect(record.proposals.find(({ lines }) => lines[0] === 4)?.why).toContain("line 4 speaks of FFmpeg");
    await run();
    expect(told).toContain('Add to the declaration:  checklist: "LAUNCH.md",');
  });

  it("takes the list that the declaration names", async () => {
    await put(CONFIG.replace("components", 'checklist: "docs.md",\n  components'), "gonogo.config.ts");
    await put(LIST, "docs.md");
    await run({}, []);
    expect((await bytes("docs.md")).toString()).toContain("http.header.hsts");
    expect(told).not.toContain("Add to the declaration");
  });

  it("previews, explains and repairs", async () => {
    await put("- [ ] HSTS enabled â†’ âœ…\n");
    const before = await bytes();
    await run({ dryRun: true });
    expect(told).toContain("1 + - [ ] HSTS enabled â†’ âœ… <!-- gonogo: http.header.hsts -->");
    await run({ explain: "1" });
    expect(told).toMatch(
      /http\.header\.hsts\n\s+\d+ %: asked as "HSTS[^"]*" by hsts[\s\S]*lines in such words ask for it/,
    );
    await expect(run({ explain: "7" })).rejects.toThrow(/"7" is no line/);
    expect(await bytes()).toEqual(before);
    await run({ repair: true });
    expect(told).toMatch(/Wrote LAUNCH.md: \d characters as they were meant, a comment behind one line/);
    expect((await bytes()).toString()).toBe("- [ ] HSTS enabled → ✅ <!-- gonogo: http.header.hsts -->\n");
  });

  const deep = Array.from({ length: 1_000 }, (_, depth) => `${"  ".repeat(depth)}- [ ] x\n`).join("");
  it.each<[string, string | Uint8Array, RegExp]>([
    ["not UTF-8", Buffer.from("- [ ] a\n- [ ] caf\xe9\n", "latin1"), /not UTF-8/],
    ["UTF-16", Buffer.from("\uFEFF- [ ] a\n", "utf16le"), /UTF-16/],
    ["binary", Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2]), /no text: byte 4 is a zero/],
    ["no lines to answer", "Just a text.\n", /no line to answer/],
    ["empty", "", /no line to answer/],
    ["100,000 lines", "- [ ] HSTS\n".repeat(100_000), /100000 lines to answer/],
    ["more than 10 MB", "x".repeat(10_500_000), /larger than 10\.0 MB/],
    ["1,000 levels", deep, /deeper than 100 levels/],
    [
      "an unknown check",
      "- [ ] a\n- [ ] b <!-- gonogo: http.header.htst -->\n",
      /line 2: .*did you mean http\.header\.hsts\?/,
    ],
    ["an odd comment", "- [ ] a <!-- gonogo: what is this -->\n", /line 1: "what" is not a check/],
  ])("refuses %s with a reason, and leaves it alone", async (_what, text, reason) => {
    await put(text);
    const before = await bytes();
    await expect(run()).rejects.toThrow(reason);
    await expect(run()).rejects.toBeInstanceOf(UserError);
    expect((await bytes()).equals(before)).toBe(true);
  });

  it("names the line that is not UTF-8", async () => {
    await put(Buffer.from("- [ ] a\n- [ ] caf\xe9\n", "latin1"));
    await expect(run()).rejects.toMatchObject({ where: path.join(directory, `${FILE}:2`) });
  });

  it("refuses what is no file, and what may not be written", async () => {
    await expect(run({}, ["nowhere.md"])).rejects.toThrow("there is no such file");
    await mkdir(path.join(directory, "docs"));
    await expect(run({}, ["docs"])).rejects.toThrow("it is a directory");
    await expect(run({}, ["/dev/zero"])).rejects.toThrow("it is no file, but a pipe, a socket or a device");
    await put(LIST);
    await chmod(path.join(directory, FILE), 0o444);
    await expect(run()).rejects.toThrow("read-only");
    expect((await bytes()).toString()).toBe(LIST);
  });

  it("does not write over what somebody changed meanwhile", async () => {
    await put(LIST);
    const { files } = world.doors;
    let reads = 0;
    const meanwhile = {
      ...files,
      async readBytes(file: string, options?: { maxBytes?: number }) {
        const found = await files.readBytes(file, options);
        reads += 1;
        if (reads === 1) await put(`${LIST}- [ ] One more\r\n`);
        return found;
      },
    };
    const changed = { doors: { ...world.doors, files: meanwhile } };
    await expect(run({ world: changed as never })).rejects.toThrow("was changed while it was being read");
    expect((await bytes()).toString()).toBe(`${LIST}- [ ] One more\r\n`);
  });

  it("writes through a link, which stays one", async () => {
    await put(LIST, "real.md");
    await symlink("real.md", path.join(directory, FILE));
    await run();
    expect((await bytes("real.md")).toString()).toContain("http.header.hsts");
  });
});
