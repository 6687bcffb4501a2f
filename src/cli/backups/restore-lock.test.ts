import { expect, it } from "vitest";
import { openLocalEnvironment } from "../../../test/fixtures/local-environment.ts";
import type { World } from "../../wiring.ts";
import type { OpenScene } from "../scene.ts";
import { lockForRestore } from "./restore-lock.ts";

it("keeps an environment from being ended or deployed to while its data is replaced, and stops with it", async () => {
  await using env = await openLocalEnvironment();
  const { target, signal } = env;
  const world = { who: "ada@laptop", signal } as World;
  const scene = { target } as OpenScene;
  {
    await using lock = await lockForRestore(world, scene);
    const held = /^ada@laptop holds the lock for restore since /;
    await expect(target.stop({ owner: "bob@desk", purge: true }, signal)).rejects.toThrow(held);
    await expect(target.lock("bob@desk", "deploy d2", signal)).rejects.toThrow(held);
    await expect(lockForRestore(world, scene)).rejects.toThrow(held);
    expect(lock.signal.aborted).toBe(false);
    await using _ = await target.lock("bob@desk", "deploy d2", signal, { steal: "she is gone" });
    await new Promise((resolve) => lock.signal.addEventListener("abort", resolve, { once: true }));
    expect(String(lock.signal.reason)).toContain("the lock was lost: bob@desk holds it now (deploy d2)");
  }
  await target.stop({ owner: "bob@desk", purge: false }, signal);
  await using lock = await lockForRestore(world, scene);
  expect(lock.signal.aborted).toBe(false);
});
