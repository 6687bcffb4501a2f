import { expect, it } from "vitest";
import type { Output, World } from "../wiring.ts";
import type { OpenScene } from "./scene.ts";
import { keepIntent, keepStop } from "./stop.ts";

it("takes an environment for stopped whose stop cannot be written down, and says what that leads to", async () => {
  const notes: string[] = [];
  const output = { note: (text: string) => void notes.push(text) } as unknown as Output;
  const keep = async (): Promise<void> => {
    throw new Error("no space left on the disk for the store");
  };
  const scene = { store: { stops: { keep } }, environment: { name: "staging" } } as unknown as OpenScene;
  await keepStop({ who: "ada@laptop", output } satisfies Pick<World, "who" | "output">, scene);
  expect(notes).toEqual([
    "it could not be written down that this was meant: no space left on the disk for the store; gonogo status --env staging will take its agent for lost\n",
  ]);
});

it("takes the word back that it stops where nothing was stopped, and not where it was broken off", async () => {
  const said: unknown[] = [];
  const before = { at: 1, by: "bob@desk" };
  const stops = {
    last: async () => before,
    keep: async (_: string, by: string) => void said.push(by),
    restore: async (_: string, stop: unknown) => void said.push(stop),
  };
  const scene = { store: { stops }, environment: { name: "staging" } } as unknown as OpenScene;
  const stop = async (signal: AbortSignal, isDone: boolean) => {
    said.length = 0;
    await using intent = await keepIntent({ who: "ada@laptop", signal }, scene);
    expect(said).toEqual(["ada@laptop"]);
    if (isDone) intent.done();
  };
  await stop(new AbortController().signal, false);
  expect(said).toEqual(["ada@laptop", before]);
  await stop(new AbortController().signal, true);
  expect(said).toEqual(["ada@laptop"]);
  await stop(AbortSignal.abort(), false);
  expect(said).toEqual(["ada@laptop"]);
});
