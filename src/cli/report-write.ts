import type { World } from "../wiring.ts";
import type { ExitCode, Given } from "./command.ts";

export async function writeReport(_world: World, _given: Given): Promise<ExitCode> {
  throw new Error("not yet");
}
