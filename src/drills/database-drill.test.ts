import { expect, it } from "vitest";
import { launchOf } from "../../test/fixtures/check-record.ts";
import type { DeployScene } from "../deploy/scene.ts";
import { databaseDrill } from "./database-drill.ts";

const sceneOf = (components: readonly string[], hold?: () => void): DeployScene =>
  ({
    launch: launchOf(Object.fromEntries(components.map((name) => [name, []]))),
    target: { status: async () => ({ instances: [] }), hold },
  }) as unknown as DeployScene;

it("says that no database is declared where none is, and not that somebody else runs it", async () => {
  const hold = (): void => undefined;
  expect(await databaseDrill.unfit(sceneOf(["web"], hold))).toBe("no database is declared");
  expect(await databaseDrill.unfit(sceneOf(["postgres"]))).toBe("this target does not run the database");
  expect(await databaseDrill.unfit(sceneOf(["postgres"], hold))).toBe(
    "the database is not run by this target; stop it by its own means",
  );
});
