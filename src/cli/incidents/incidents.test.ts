import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { notice } from "../../../test/fixtures/notice.ts";
import { createProject, type Project } from "../../../test/fixtures/project.ts";
import { openRealStore } from "../../../test/fixtures/store-file.ts";
import { typed, worldIn } from "../../../test/fixtures/typed.ts";
import type { Incident } from "../../model/incident.ts";
import { reviewItems } from "../../watch/incidents/review-items.ts";
import { incidentResult, incidentsResult, silencesResult } from "../output/contracts/incident.ts";
import { openScene } from "../scene.ts";

const HOUR = 3_600_000;
const OPENED = Date.now() - 2 * HOUR;

const INCIDENT: Omit<Incident, "id"> = {
  environment: "staging",
  state: "resolved",
  severity: "P1",
  title: "api: http.health.honest fails",
  component: "api",
  affected: ["api", "jobs"],
  openedAt: OPENED,
  firstFailureAt: OPENED - 40_000,
  release: "r2",
  suspect: { release: "r2", commit: "a1b2c3d4e5f6", liveSince: OPENED - 100_000 },
  toldAt: OPENED + 1_200,
  acknowledgedAt: undefined,
  acknowledgedBy: undefined,
  escalated: 0,
  mitigatedAt: undefined,
  resolvedAt: OPENED + HOUR,
  reviewDueAt: OPENED + 49 * HOUR,
  reviewedAt: undefined,
  reviewedBy: undefined,
};

let project: Project;
const type = (...args: string[]) => typed(project, args);

beforeAll(async () => {
  project = createProject();
  mkdirSync(path.join(project.directory, ".gonogo"));
  await using store = await openRealStore(path.join(project.directory, ".gonogo/gonogo.db"));
  const events = (id: string) => [
    {
      incident: id,
      at: OPENED,
      kind: "opened",
      by: undefined,
      text: "api/answers: no answer | <b>",
    } as const,
  ];
  const messages = (id: string) => [
    { channel: "mail", incident: id, notice: notice({ title: "api fails" }) },
  ];
  await store.incidents.open(INCIDENT, { events, messages });
  await store.incidents.open(
    { ...INCIDENT, state: "open", resolvedAt: undefined, reviewDueAt: undefined },
    { events, messages: () => [] },
  );
  await store.outbox.giveUpOthers("staging", []);
});
afterAll(() => project[Symbol.asyncDispose]());

it("lists what was broken, whether anybody looks after it, and what nobody was told", async () => {
  const { stdout, code } = await type("incidents");
  expect(code).toBe(0);
  expect(stdout).toContain("✗ i2    P1 api: http.health.honest fails");
  expect(stdout).toContain("not acknowledged");
  expect(stdout).toMatch(/✓ i1 .*\n.*review due in (46|47) h/);
  expect(stdout).toContain("1 mail: api fails (the channel is declared no more)");
  expect(stdout).toContain("Next: gonogo incidents ack i2 --env staging");
  const { incidents } = incidentsResult.parse(
    JSON.parse((await type("incidents", "--open", "--format", "json")).stdout),
  );
  expect(incidents.map(({ id }) => id)).toEqual(["i2"]);
});

it("takes it through its life, once each", async () => {
  expect((await type("incidents", "ack", "i2", "--by", "ada")).stdout).toMatch(
    /taken up {3}by ada after 2 h/,
  );
  const again = await type("incidents", "ack", "i2", "--by", "bo");
  expect([again.code, again.stderr]).toEqual([2, expect.stringContaining("acknowledged by ada already")]);
  expect((await type("incidents", "note", "i2")).stderr).toContain(
    'say what: gonogo incidents note i2 "..."',
  );
  await type("incidents", "note", "i2", "pool was full");
  await type("incidents", "mitigate", "i2", "raised", "the", "pool");
  expect((await type("incidents", "review", "i2", "done")).stderr).toContain("i2 is not over yet");
  await type("incidents", "resolve", "i2", "--by", "ada", "holds since an hour");
  const shown = incidentResult.parse(
    JSON.parse((await type("incidents", "show", "i2", "--format", "json")).stdout),
  );
  expect(shown.incident.state).toBe("resolved");
  expect(shown.timeline.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
    "opened api/answers: no answer | <b>",
    "acknowledged ",
    "note pool was full",
    "mitigated raised the pool",
    "resolved holds since an hour",
  ]);
});

it("drafts the post-mortem from what is known, and keeps what Markdown would run from running", async () => {
  const { stdout } = await type("incidents", "post-mortem", "i1", "--write", "i1.md");
  expect(stdout).toContain('gonogo incidents review i1 "i1.md"');
  const draft = readFileSync(path.join(project.directory, "i1.md"), "utf8");
  for (const fact of [
    "| detected | after 40 s |",
    "| notified | 1.2 s later |",
    "| acknowledged | by nobody |",
    "| messages | 1, 1 never delivered |",
    "| lasted | 1 h |",
    "| release then live | r2 |",
    "**opened**: api/answers: no answer | \\<b\\>",
    "`git show a1b2c3d4e5f6`",
  ]) {
    expect(draft).toContain(fact);
  }
});

it("is on the board until it was reviewed", async () => {
  const onBoard = async () => {
    await using world = await worldIn(project);
    await using scene = await openScene(world, { args: [], options: { env: "staging" } });
    return scene.items
      .filter(({ id }) => id.startsWith("post-mortem"))
      .map(({ answeredBy }) => answeredBy.by);
  };
  // Nobody has to yet; once its time is over a person has to, and until then it is NO-GO.
  expect(await onBoard()).toEqual(["nobody"]);
  const [item] = reviewItems([{ ...INCIDENT, id: "i1" }], OPENED + 50 * HOUR);
  expect(item?.answeredBy).toEqual({ by: "person" });
  expect((await type("incidents", "review", "i1", "i1.md")).code).toBe(0);
  expect(await onBoard()).toEqual([]);
});

it("silences what is watched, for a reason and a time, and nothing else", async () => {
  expect((await type("silence", "add", "api", "--for", "2h")).stderr).toContain("a silence needs a reason");
  expect((await type("silence", "add", "--for", "2h", "--reason", "x")).stderr).toContain(
    "say what is silenced",
  );
  expect((await type("silence", "add", "apu", "--for", "2h", "--reason", "x")).stderr).toContain(
    "nothing that is watched",
  );
  expect((await type("silence", "add", "api", "--for", "90d", "--reason", "x")).stderr).toContain(
    "lasts 30 d at most",
  );
  const { stdout } = await type(
    "silence",
    "add",
    "api",
    "http.",
    "--for",
    "2h",
    "--reason",
    "moving",
    "--by",
    "ada",
  );
  expect(stdout).toMatch(/s1 {3}api, http\.: (120 min|2 h) left, by ada: moving/);
  expect((await type("silence", "end", "s1")).stdout).toContain("none");
  const { silences } = silencesResult.parse(
    JSON.parse((await type("silence", "list", "--all", "-f", "json")).stdout),
  );
  expect(silences.map(({ id, active }) => [id, active])).toEqual([["s1", false]]);
});
