import { expect, it } from "vitest";
import { launchOf } from "../../test/fixtures/check-record.ts";
import { readingOf } from "../../test/fixtures/watched.ts";
import { openClock } from "../system/clock.ts";
import { readWatch } from "./watch-seen.ts";

const FILES = new Proxy({} as Parameters<typeof readWatch>[1]["doors"]["files"], {
  get: (_, name) => {
    throw new Error(`files.${String(name)} was used`);
  },
});

it("reads no file for the process that watches itself, and files for everybody else", async () => {
  const request = {
    store: { server: undefined },
    environment: { name: "staging" },
    directory: "/nowhere",
    doors: { clock: openClock(), files: FILES },
  };
  const own = { watcher: { who: "ada@laptop", since: 1 }, latest: [readingOf("api/up", "up", 1)] };
  expect(await readWatch(launchOf({}), request, own)).toMatchObject({
    ...own,
    toldOf: { P0: [], P1: [] },
    promises: { availability: undefined },
  });
  await expect(readWatch(launchOf({}), request)).rejects.toThrow("files.stat was used");
});
