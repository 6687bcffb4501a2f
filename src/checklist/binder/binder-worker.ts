import { parentPort, workerData } from "node:worker_threads";
import { dictionary } from "../vocabulary/dictionary.ts";
import type { Answerer } from "./ask-index.ts";
import { createBinder } from "./bind.ts";
import type { BindingLine } from "./binding-line.ts";
import { choicesFor } from "./choices.ts";
import { unpacked } from "./prepared.ts";

parentPort?.once("message", (answerers: readonly Answerer[]) => {
  const bind = createBinder(answerers, { readings: prepared?.readings });
  parentPort?.on("message", (lines: readonly BindingLine[]) => {
    parentPort?.postMessage(lines.map((line) => choicesFor(line, bind)));
  });
});
// Read now, while nobody waits for it yet.
const prepared = workerData instanceof Uint8Array ? unpacked(workerData) : undefined;
dictionary();
