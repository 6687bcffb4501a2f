import { expect, it } from "vitest";
import { readingOf } from "../../test/fixtures/watched.ts";
import { createLiveBoard } from "../api/live-board.ts";
import type { DeployScene } from "../deploy/scene.ts";
import type { OwnSight, WatchSeen } from "../model/watch-seen.ts";
import { withOwnSight } from "./own-sight.ts";

const WATCHER = { who: "ada@laptop", since: 1 };

it("tells a check that asks what is watched what this process saw last, and has nothing read", async () => {
  const handed: (OwnSight | undefined)[] = [];
  const readWatch: DeployScene["readWatch"] = async (own) => {
    handed.push(own);
    return own as WatchSeen;
  };
  const board = createLiveBoard([readingOf("api/up", "up", 1), readingOf("db/up", "up", 1)]);
  const scene = withOwnSight({ readWatch } as DeployScene, { watcher: WATCHER, board });
  board.take([readingOf("api/up", "down", 2)]);
  await scene.readWatch?.();
  expect(handed).toEqual([
    { watcher: WATCHER, latest: [readingOf("api/up", "down", 2), readingOf("db/up", "up", 1)] },
  ]);
});

it("looks at nothing where nobody looks", () => {
  const scene = withOwnSight({} as DeployScene, { watcher: WATCHER, board: createLiveBoard() });
  expect(scene.readWatch).toBeUndefined();
});
