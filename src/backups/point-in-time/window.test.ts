import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Archive, Base } from "./archive.ts";
import { unneededOf } from "./prune-archive.ts";
import { chainFrom, nextSegment, objectOf, type Segment, segmentOf } from "./segments.ts";
import { stretchesOf, windowFor, windowsOf } from "./window.ts";

const MB = 1_048_576;
const MINUTE_MS = 60_000;
const SHA = "a".repeat(64);
const NOON = Date.UTC(2026, 10, 21, 12);

/** Number 0 is the first segment of the log; each covers one minute more. */
function segment(number: number): Segment {
  const name = `00000001${"0".repeat(8)}${number.toString(16).toUpperCase().padStart(8, "0")}`;
  const coversUntil = NOON + number * MINUTE_MS;
  return { name, coversUntil, sha256: SHA, sizeBytes: 9, object: `${name}.object` };
}
const log = (numbers: readonly number[]) => numbers.map(segment);

function base(first: number, change: Partial<Base> = {}): Base {
  return {
    version: 1,
    id: `p20261121T120000Z-${first.toString(16).padStart(4, "0")}`,
    launch: "soulseer",
    environment: "staging",
    component: "db",
    startedAt: NOON + first * MINUTE_MS,
    consistentAt: NOON + first * MINUTE_MS,
    system: "77",
    firstSegment: segment(first).name,
    segmentBytes: 16 * MB,
    serverVersion: "15.18",
    serverMajor: 15,
    platform: "linux-x64",
    superuser: "gonogo",
    database: "soulseer",
    recipients: ["age1x"],
    sizeBytes: 1,
    plainBytes: 1,
    sha256: SHA,
    ...change,
  };
}
const archive = (
  bases: Base[],
  segments: Segment[],
  covered?: { until: number; segment: string },
): Archive => ({
  bases,
  logs: new Map([["77", { segments, covered: covered && { version: 1, ...covered } }]]),
  unfinished: [],
});

describe("segments of a log", () => {
  it("follow each other as PostgreSQL names them, whatever their size", () => {
    expect(nextSegment("0000000100000000000000FE", 16 * MB)).toBe("0000000100000000000000FF");
    expect(nextSegment("0000000100000000000000FF", 16 * MB)).toBe("000000010000000100000000");
    expect(nextSegment("000000020000000A00000FFF", MB)).toBe("000000020000000B00000000");
  });

  it("say by their object's name what they are and until when they know the data", () => {
    const object = objectOf(segment(3).name, { finishedAt: NOON + 1_500, sha256: SHA });
    expect(segmentOf(object, 7)).toEqual({
      name: segment(3).name,
      coversUntil: NOON,
      sha256: SHA,
      sizeBytes: 7,
      object,
    });
    for (const other of ["covered.json", `${object}.partial`, object.replace("-", "_")])
      expect(segmentOf(other, 7)).toBeUndefined();
  });

  it("are a chain only as far as none is missing", () => {
    expect(chainFrom(segment(2).name, log([1, 2, 3, 5]), 16 * MB).map(({ name }) => name)).toEqual(
      log([2, 3]).map(({ name }) => name),
    );
    expect(chainFrom(segment(4).name, log([1, 2, 3, 5]), 16 * MB)).toEqual([]);
  });
});

describe("windows", () => {
  it("reach from a copy to the end of its chain, and on while nothing was written", () => {
    const [known] = windowsOf(
      archive([base(1)], log([1, 2, 3]), { until: NOON + 90 * MINUTE_MS, segment: segment(3).name }),
    );
    expect(known).toMatchObject({ from: NOON + MINUTE_MS, until: NOON + 90 * MINUTE_MS });
    const [broken] = windowsOf(
      archive([base(1)], log([1, 2, 4]), { until: NOON + 90 * MINUTE_MS, segment: segment(4).name }),
    );
    expect(broken).toMatchObject({ until: NOON + 2 * MINUTE_MS });
    expect(windowsOf(archive([base(1)], log([2, 3])))).toEqual([]);
    expect(windowsOf(archive([base(1, { consistentAt: NOON + 9 * MINUTE_MS })], log([1, 2])))).toEqual([]);
  });

  it("of several copies are joined where they meet, and the nearest copy is taken", () => {
    const windows = windowsOf(archive([base(1), base(3), base(7)], log([1, 2, 3, 4, 7, 8])));
    expect(stretchesOf(windows)).toEqual([
      { from: NOON + MINUTE_MS, until: NOON + 4 * MINUTE_MS },
      { from: NOON + 7 * MINUTE_MS, until: NOON + 8 * MINUTE_MS },
    ]);
    expect(windowFor(NOON + 3.5 * MINUTE_MS, windows)?.base.firstSegment).toBe(segment(3).name);
    expect(windowFor(NOON + 5 * MINUTE_MS, windows)).toBeUndefined();
  });
});

describe("what no recovery needs", () => {
  it("is what lies before the newest copy that is older than the window, and its log", () => {
    const all = archive([base(1), base(3), base(5)], log([1, 2, 3, 4, 5, 6]));
    const at = { component: "db", now: NOON + 10 * MINUTE_MS, windowMs: 6 * MINUTE_MS };
    const { bases, segments } = unneededOf(all, at);
    expect(bases.map(({ firstSegment }) => firstSegment)).toEqual([segment(1).name]);
    expect(segments).toEqual(
      ["point-in-time/db/wal-77/", "point-in-time/db/wal-77/"].map(
        (folder, index) => `${folder}${segment(index + 1).object}`,
      ),
    );
  });

  it("never is what reaches a time within the window, whatever was copied when and whatever is missing", () => {
    const numbers = fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { maxLength: 40 });
    fc.assert(
      fc.property(numbers, numbers, fc.integer({ min: 1, max: 40 }), (copies, segments, back) => {
        const all = archive(
          copies.toSorted((a, b) => a - b).map((first) => base(first)),
          log(segments),
        );
        const now = NOON + 41 * MINUTE_MS;
        const windowMs = back * MINUTE_MS;
        const gone = unneededOf(all, { component: "db", now, windowMs });
        const left = archive(
          all.bases.filter((each) => !gone.bases.includes(each)),
          log(segments).filter(({ object }) => !gone.segments.some((name) => name.endsWith(object))),
        );
        const [before, after] = [windowsOf(all), windowsOf(left)];
        for (let at = now - windowMs; at <= now; at += MINUTE_MS / 2)
          expect(windowFor(at, after)?.base.id).toBe(windowFor(at, before)?.base.id);
        expect(after.length > 0).toBe(before.length > 0);
      }),
    );
  });

  it("is what a server left that is no more, and never the log of a new one that has no copy yet", () => {
    const at = { component: "db", now: NOON + 60 * MINUTE_MS, windowMs: MINUTE_MS };
    const logs = new Map([
      ["66", { segments: log([0, 1]), covered: undefined }],
      ["77", { segments: log([5, 6]), covered: undefined }],
      ["88", { segments: log([7]), covered: undefined }],
    ]);
    const { segments } = unneededOf({ bases: [base(5)], logs, unfinished: [] }, at);
    expect(segments.map((name) => name.split("/")[2])).toEqual(["wal-66", "wal-66"]);
  });
});
