import { describe, expect, it } from "vitest";
import {
  HOUR,
  MINUTE,
  monitorOf,
  policyOf,
  readingOf,
  SECOND,
  type Watched,
  watched,
} from "../../../test/fixtures/watched.ts";
import type { Monitor } from "../../model/monitor.ts";

/** Probes of every monitor each 20 s, spread over the interval as jitter does, answered by `state`. */
function probe(
  world: Watched,
  monitors: readonly Monitor[],
  options: { from: number; until: number; state: (id: string, at: number) => "up" | "down" | "unknown" },
): void {
  const due = monitors.flatMap(({ id }, index) => {
    const first = options.from + Math.floor((index * 20 * SECOND) / monitors.length);
    const count = Math.ceil((options.until - first) / (20 * SECOND));
    return Array.from({ length: Math.max(0, count) }, (_, turn) => ({ id, at: first + turn * 20 * SECOND }));
  });
  for (const { id, at } of due.sort((a, b) => a.at - b.at)) {
    world.until(at);
    world.read(readingOf(id, options.state(id, at), at));
  }
  world.until(options.until);
}

const titles = (world: Watched) => world.messages.map(({ notice }) => `${notice.kind}: ${notice.title}`);

describe("what is believed", () => {
  const api = monitorOf("api/answers");

  it("is down after three readings in a row, told within two seconds", () => {
    const world = watched([api]);
    probe(world, [api], { from: 0, until: 5 * MINUTE, state: (_, at) => (at >= MINUTE ? "down" : "up") });
    expect(titles(world)).toEqual(["firing: api: answers fails"]);
    const confirmationMs = 2 * 20 * SECOND;
    expect(world.messages[0]?.at).toBeLessThanOrEqual(MINUTE + confirmationMs + 2 * SECOND);
  });

  it("is not down when a reading in between was good, or when two were bad", () => {
    const world = watched([api]);
    probe(world, [api], {
      from: 0,
      until: 10 * MINUTE,
      state: (_, at) => (at % MINUTE === 0 ? "up" : "down"),
    });
    expect(world.messages).toEqual([]);
  });

  it("is nothing at all while the watcher cannot tell", () => {
    const world = watched([api]);
    probe(world, [api], { from: 0, until: HOUR, state: () => "unknown" });
    expect(world.changes).toEqual([]);
  });

  it("forgets no failure over a reading that could not tell", () => {
    const world = watched([api]);
    for (const [at, state] of [
      [0, "down"],
      [20, "unknown"],
      [40, "down"],
      [60, "unknown"],
      [80, "down"],
    ] as const) {
      world.until(at * SECOND);
      world.read(readingOf("api/answers", state, at * SECOND));
    }
    world.until(90 * SECOND);
    expect(world.messages).toHaveLength(1);
    expect(world.changes[0]?.transitions[0]).toMatchObject({ to: "down", since: 0, at: 80 * SECOND });
  });
});

it("opens nothing for what is only good to know", () => {
  const note = monitorOf("api/policy", { severity: "P3", shownOnly: true });
  const world = watched([note, monitorOf("api/answers")]);
  expect(world.evaluator.isNews(readingOf(note.id, "down", 0))).toBe(false);
  probe(world, [note], { from: 0, until: HOUR, state: () => "down" });
  expect(world.changes).toEqual([]);
});

describe("200 monitors", () => {
  const many = Array.from({ length: 200 }, (_, index) => monitorOf(`part-${index}/answers`));

  it("that fail at once are one message, and one when they are back", () => {
    const world = watched(many);
    const state = (_: string, at: number) => (at >= MINUTE && at < HOUR ? "down" : "up");
    probe(world, many, { from: 0, until: 2 * HOUR, state });
    expect(world.messages.map(({ notice }) => notice.kind)).toEqual(["firing", "resolved"]);
    expect(world.messages[0]?.notice.title).toBe("part-0: answers fails and 199 more");
    expect(world.state.incidents.size + world.state.groups.size).toBe(0);
    expect(world.changes.flatMap((each) => each.transitions)).toHaveLength(400);
  });

  it("are no message while the watcher is offline", () => {
    const world = watched(many);
    const offline = { kind: "offline", detail: "no route to anywhere" } as const;
    world.evaluator.ill(offline, 0);
    probe(world, many, { from: MINUTE, until: HOUR, state: () => "down" });
    world.evaluator.ill(undefined, HOUR);
    probe(world, many, { from: HOUR, until: 2 * HOUR, state: () => "up" });
    expect(world.changes).toEqual([]);
  });

  it("are one message about the watcher when it is ill itself", () => {
    const world = watched(many);
    const keep = (at: number, detail: string | undefined) => {
      world.until(at);
      const change = world.evaluator.ill(detail === undefined ? undefined : { kind: "late", detail }, at);
      if (change) world.changes.push(change);
    };
    keep(0, "probes start 9 s late");
    probe(world, many, { from: SECOND, until: 30 * MINUTE, state: () => "down" });
    keep(30 * MINUTE, "probes start 12 s late");
    keep(31 * MINUTE, undefined);
    world.until(HOUR);
    expect(titles(world)).toEqual(["firing: gonogo: watcher fails", "resolved: gonogo: watcher fails: over"]);
  });
});

describe("what depends on each other", () => {
  const db = monitorOf("db/accepts", { severity: "P0" });
  const api = monitorOf("api/answers", { dependsOn: ["db"] });
  const page = monitorOf("page/loads", { dependsOn: ["api"] });

  it("is one incident that names the cause, whichever was seen first", () => {
    const world = watched([page, api, db]);
    const state = (_: string, at: number) => (at >= MINUTE && at < 20 * MINUTE ? "down" : "up");
    probe(world, [page, api, db], { from: 0, until: HOUR, state });
    expect(titles(world)).toEqual(["firing: db: accepts fails", "resolved: db: accepts fails: over"]);
    expect(world.messages[0]?.notice.facts).toContainEqual(["explained by it", "page: loads, api: answers"]);
    const opened = world.changes.flatMap((each) => each.events).filter(({ kind }) => kind === "opened");
    expect(opened).toHaveLength(1);
  });

  it("is told when the cause is over and it still fails", () => {
    const world = watched([api, db]);
    const state = (id: string, at: number) => {
      if (at < MINUTE) return "up";
      return id === "db/accepts" && at >= 20 * MINUTE ? "up" : "down";
    };
    probe(world, [api, db], { from: 0, until: 40 * MINUTE, state });
    expect(titles(world)).toEqual(["firing: db: accepts fails", "firing: api: answers fails"]);
  });

  it("in a circle is told by what failed first", () => {
    const chicken = monitorOf("chicken/lives", { dependsOn: ["egg"] });
    const egg = monitorOf("egg/lives", { dependsOn: ["chicken"] });
    const world = watched([chicken, egg]);
    probe(world, [chicken, egg], { from: 0, until: 10 * MINUTE, state: () => "down" });
    expect(titles(world)).toEqual(["firing: chicken: lives fails"]);
  });
});

describe("quiet", () => {
  const api = monitorOf("api/answers");
  const silence = {
    id: "s1",
    environment: "production",
    by: "ada",
    reason: "known",
    from: 0,
    until: HOUR,
    endedAt: undefined,
    fits: ["api"],
  };
  const nothing = { live: undefined, incidents: [] };

  it("lasts as long as a silence, and what still fails then is told", () => {
    const world = watched([api, monitorOf("db/accepts")]);
    world.evaluator.notice({
      ...nothing,
      muting: { silences: [silence], deploy: undefined, isStopped: false },
    });
    probe(world, [api], { from: 0, until: 2 * HOUR, state: () => "down" });
    expect(world.messages).toHaveLength(1);
    expect(world.messages[0]?.at).toBeGreaterThanOrEqual(HOUR);
    expect(world.messages[0]?.at).toBeLessThanOrEqual(HOUR + 5 * MINUTE);
  });

  it("does not keep the end of what was told from being told", () => {
    const world = watched([api]);
    probe(world, [api], { from: 0, until: 10 * MINUTE, state: () => "down" });
    world.evaluator.notice({
      ...nothing,
      muting: { silences: [{ ...silence, until: 9 * HOUR }], deploy: undefined, isStopped: false },
    });
    probe(world, [api], { from: 10 * MINUTE, until: HOUR, state: () => "up" });
    expect(world.messages.map(({ notice }) => notice.kind)).toEqual(["firing", "resolved"]);
  });

  it("covers what a deploy touches, from what failed after it began, until it is over", () => {
    const db = monitorOf("db/accepts");
    const world = watched([api, db], policyOf({ grouping: { ...policyOf().grouping, by: "component" } }));
    const deploy = { deploy: "d2", components: ["api"], since: 30 * SECOND, until: 10 * MINUTE };
    world.evaluator.notice({ ...nothing, muting: { silences: [], deploy, isStopped: false } });
    const state = (_: string, at: number) => (at >= MINUTE ? "down" : "up");
    probe(world, [api, db], { from: 0, until: 30 * MINUTE, state });
    expect(titles(world)).toEqual(["firing: db: accepts fails", "firing: api: answers fails"]);
    expect(world.messages[1]?.at).toBeGreaterThanOrEqual(10 * MINUTE);
  });

  it("is all that is heard of what was stopped on purpose, up the chain too, but not of the watcher", () => {
    const policy = policyOf({ escalation: [{ afterMs: 5 * MINUTE, to: ["mail"] }] });
    const world = watched([api], policy);
    probe(world, [api], { from: 0, until: 2 * MINUTE, state: () => "down" });
    const stopped = { silences: [], deploy: undefined, isStopped: true };
    world.evaluator.notice({ ...nothing, muting: stopped });
    probe(world, [api], { from: 2 * MINUTE, until: 9 * HOUR, state: () => "unknown" });
    expect(titles(world)).toEqual(["firing: api: answers fails"]);
    world.evaluator.ill({ kind: "store", detail: "the store is away" }, world.now);
    probe(world, [api], { from: 9 * HOUR, until: 10 * HOUR, state: () => "unknown" });
    expect(titles(world)[1]).toMatch(/^firing: gonogo: watcher fails/);
    world.evaluator.ill(undefined, world.now);
    world.evaluator.notice({ ...nothing, muting: { ...stopped, isStopped: false } });
    probe(world, [api], { from: 10 * HOUR, until: 11 * HOUR, state: () => "up" });
    expect(titles(world).at(-1)).toMatch(/^resolved: api/);
  });

  it("comes back each week in a maintenance window, by the clock of its zone", () => {
    const window = { name: "sunday", cron: "0 3 * * 0", timeZone: "Europe/Berlin", lastsMs: HOUR };
    const policy = policyOf({ maintenance: [window] });
    // Sunday 1 November 2026, 3:30 in Berlin, the week after its clocks went back: 2:30 UTC.
    for (const [hour, count] of [
      ["02:30", 0],
      ["03:30", 1],
    ] as const) {
      const at = Date.parse(`2026-11-01T${hour}:00Z`);
      const world = watched([api], policy);
      world.now = at;
      probe(world, [api], { from: at, until: at + 10 * MINUTE, state: () => "down" });
      expect(world.messages).toHaveLength(count);
    }
  });
});

describe("an incident", () => {
  const api = monitorOf("api/answers");
  const down = { from: 0, until: 20 * MINUTE, state: () => "down" as const };

  it("names the release that went live shortly before", () => {
    const world = watched([api]);
    const live = { release: "r8", commit: "a1b2c3d4e5f6", liveSince: -3 * MINUTE };
    world.evaluator.notice({
      live,
      incidents: [],
      muting: { silences: [], deploy: undefined, isStopped: false },
    });
    probe(world, [api], down);
    expect(world.messages[0]?.notice.facts).toContainEqual([
      "suspect",
      "release r8 (a1b2c3d), live for 3 min when it began",
    ]);
  });

  it("goes up the chain while nobody acknowledges, and whoever was called hears the end", () => {
    const policy = policyOf({ escalation: [{ afterMs: 5 * MINUTE, to: ["mail"] }] });
    const world = watched([api], policy);
    probe(world, [api], down);
    probe(world, [api], { from: 20 * MINUTE, until: 30 * MINUTE, state: () => "up" });
    expect(world.messages.map(({ channel, notice }) => `${channel} ${notice.kind}`)).toEqual([
      "oncall firing",
      "mail still firing",
      "oncall resolved",
      "mail resolved",
    ]);
    const openedAt = world.changes[0]?.at ?? 0;
    expect(world.messages[1]?.at).toBe(openedAt + 5 * MINUTE);
  });

  it("goes no further once somebody acknowledged", () => {
    const policy = policyOf({ escalation: [{ afterMs: 5 * MINUTE, to: ["mail"] }] });
    const world = watched([api], policy);
    probe(world, [api], { ...down, until: 2 * MINUTE });
    const [incident] = world.state.incidents.values();
    if (!incident) throw new Error("no incident");
    const incidents = [{ ...incident, acknowledgedAt: 2 * MINUTE, acknowledgedBy: "ada" }];
    world.evaluator.notice({
      live: undefined,
      incidents,
      muting: { silences: [], deploy: undefined, isStopped: false },
    });
    probe(world, [api], { ...down, from: 2 * MINUTE });
    expect(world.messages.map(({ channel }) => channel)).toEqual(["oncall"]);
  });

  it("is the same one when it comes back within a quarter of an hour", () => {
    const world = watched([api]);
    const state = (_: string, at: number) => (Math.floor(at / (10 * MINUTE)) % 2 === 0 ? "down" : "up");
    probe(world, [api], { from: 0, until: 50 * MINUTE, state });
    const kinds = world.changes.flatMap((each) => each.events).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "opened")).toHaveLength(1);
    expect(kinds.filter((kind) => kind === "reopened")).toHaveLength(2);
  });

  it("is to be reviewed within two days when it was grave", () => {
    for (const [severity, due] of [
      ["P1", true],
      ["P2", false],
    ] as const) {
      const world = watched([monitorOf("api/answers", { severity })]);
      probe(world, [api], { from: 0, until: 5 * MINUTE, state: () => "down" });
      probe(world, [api], { from: 5 * MINUTE, until: 6 * MINUTE, state: () => "up" });
      const last = world.changes.flatMap((each) => each.incidents).at(-1);
      expect(last?.state).toBe("resolved");
      expect(last?.reviewDueAt).toBe(due ? (last?.resolvedAt ?? 0) + 48 * HOUR : undefined);
    }
  });

  it("does not make what is graver wait for the next turn of its group", () => {
    const page = monitorOf("page/loads", { severity: "P3" });
    const api = monitorOf("api/answers", { severity: "P0" });
    const grouping = { ...policyOf().grouping, by: "environment" as const };
    const world = watched([page, api], policyOf({ grouping }));
    const state = (id: string, at: number) => (id.startsWith("page") || at > 2 * MINUTE ? "down" : "up");
    probe(world, [page, api], { from: 0, until: 10 * MINUTE, state });
    expect(world.messages.map(({ notice }) => notice.severity)).toEqual(["P3", "P0"]);
    expect(world.messages[1]?.at).toBeLessThan(4 * MINUTE);
  });
});
