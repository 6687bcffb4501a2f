import { expect, it } from "vitest";
import type { Output, World } from "../wiring.ts";
import type { OpenScene } from "./scene.ts";
import { keepStop } from "./stop.ts";

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
