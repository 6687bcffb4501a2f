import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { AnyCheck } from "../src/model/check.ts";
import type { AnyComponentKind } from "../src/model/component.ts";
import { checkCalled } from "./fixtures/check-record.ts";
import { checkMistakes, doubles, folderMistakes, idMistakes, parseCheckIds } from "./registry-rules.ts";

const root = path.resolve(import.meta.dirname, "..");

function foldersIn(folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}

function testsBeside(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => readFileSync(path.join(root, folder, name), "utf8"));
}

describe("what the package publishes", () => {
  let components: AnyComponentKind[] = [];
  let targets: string[] = [];
  let channels: string[] = [];
  let destinations: string[] = [];

  beforeAll(async () => {
    const published: Readonly<Record<string, unknown>> = await import("../src/index.ts");
    const definitions = Object.values(published).flatMap((value) =>
      typeof value === "function" && "definition" in value ? [value.definition as { kind: string }] : [],
    );
    components = definitions.filter((each): each is AnyComponentKind => "checks" in each);
    targets = definitions
      .filter((each) => !("checks" in each) && !("send" in each) && !("openPlace" in each))
      .map((each) => each.kind);
    destinations = definitions.filter((each) => "openPlace" in each).map((each) => each.kind);
    channels = definitions.filter((each) => "send" in each).map((each) => each.kind);
  });

  it("is every component on disk and no other", () => {
    const kinds = components.map((each) => each.kind);
    expect(folderMistakes(foldersIn("src/components"), kinds)).toEqual([]);
  });

  it("is every target on disk and no other", () => {
    expect(folderMistakes(foldersIn("src/targets"), targets)).toEqual([]);
  });

  it("is every channel on disk and no other", () => {
    const files = readdirSync(path.join(root, "src/channels"))
      .filter((name) => /defineChannel\(/.test(readFileSync(path.join(root, "src/channels", name), "utf8")))
      .map((name) => name.replace(/\.ts$/, ""));
    expect(folderMistakes(files, channels)).toEqual([]);
  });

  it("is every destination of backups on disk and no other", () => {
    expect(destinations.length).toBeGreaterThan(0);
    const folder = path.join(root, "src/backups/destinations");
    const files = readdirSync(folder)
      .filter((name) => /defineDestination\(/.test(readFileSync(path.join(folder, name), "utf8")))
      .map((name) => name.replace(/\.ts$/, ""));
    expect(folderMistakes(files, destinations)).toEqual([]);
  });

  it("has whole checks, each with a test beside it or beside a component that shares it", () => {
    const mistakes = distinctChecks().flatMap((check) => {
      const folders = components.filter((each) => each.checks.includes(check)).map((each) => each.kind);
      const tests = folders.flatMap((kind) => testsBeside(`src/components/${kind}`));
      return checkMistakes(check, tests);
    });
    expect(mistakes).toEqual([]);
  });

  it("has check ids that each name one check, and none that was lost", () => {
    const ids = distinctChecks().map((check) => check.id);
    expect(ids.length).toBeGreaterThan(0);
    expect(doubles(ids)).toEqual([]);
    for (const { checks } of components) expect(doubles(checks.map((check) => check.id))).toEqual([]);
    const kept = parseCheckIds(readFileSync(path.join(root, "test/check-ids.txt"), "utf8"));
    expect(idMistakes(ids, kept)).toEqual([]);
  });

  function distinctChecks(): AnyCheck[] {
    return [...new Set(components.flatMap((each) => each.checks))];
  }
});

describe("the rule of folders", () => {
  it("tells what is not exported, what has no folder, what is there twice", () => {
    expect(folderMistakes(["redis", "web"], ["web", "web", "mail"])).toEqual([
      "redis is not exported",
      "mail has no folder of its own",
      "web is exported twice",
    ]);
    expect(folderMistakes(["web"], ["web"])).toEqual([]);
  });
});

describe("the rule of whole checks", () => {
  const whole = checkCalled("redis.policy.eviction", {
    title: "Keys are evicted as declared",
    asks: ["eviction policy", "maxmemory policy set", "cache does not lose jobs"],
    every: "1h",
  });
  const tests = ['it("redis.policy.eviction passes")'];

  it("accepts a whole one", () => {
    expect(checkMistakes(whole, tests)).toEqual([]);
  });

  it.each([
    ["id", { id: "Redis Policy" }],
    ["title", { title: "Keys are evicted as declared." }],
    ["title", { title: "" }],
    ["consequence", { consequence: "Jobs are lost" }],
    ["consequence", { consequence: "" }],
    ["severity", { severity: "error" as never }],
    ["phase", { phase: "someday" as never }],
    ["asked", { asks: ["eviction policy", "Eviction policy ", "maxmemory policy"] }],
    ["freshFor", { freshFor: "often" as never, every: "0s" as const }],
    ["every", { every: "often" as never }],
    ["stale", { every: "2d" as const }],
  ])("refuses a bad %s: %o", (word, change) => {
    const check = { ...whole, ...change };
    const mistakes = checkMistakes(check, [check.id]);
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]).toContain(word);
  });

  it("refuses one that no test speaks of", () => {
    expect(checkMistakes(whole, ["redis.policy"])).toEqual([
      "redis.policy.eviction: no test beside it mentions its id",
    ]);
  });
});

describe("the rule of ids", () => {
  const kept = parseCheckIds("# kept for ever\na.one\na.two\n\nb.old -> b.new\nb.new\n");

  it("accepts what is listed and what was renamed", () => {
    expect(idMistakes(["a.one", "a.two", "b.new"], kept)).toEqual([]);
  });

  it("tells what vanished, what is new, and a rename that leads nowhere or back", () => {
    expect(idMistakes(["a.one", "b.old", "c.new"], kept)).toEqual([
      "a.two has vanished",
      "b.new has vanished",
      "b.old became b.new, which is no check",
      "b.old was renamed and is used again",
      "b.old is not in test/check-ids.txt",
      "c.new is not in test/check-ids.txt",
    ]);
  });
});
