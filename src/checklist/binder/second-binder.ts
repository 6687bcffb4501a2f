import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { Answerer } from "./ask-index.ts";
import type { BindingLine } from "./binding-line.ts";
import type { Choice } from "./choices.ts";

/** A thread that binds some of the lines of a long list while the caller binds the others. */
export interface SecondBinder extends AsyncDisposable {
  /** Tells who can answer; it gets ready while the caller does. Once, before any line. */
  learn(answerers: readonly Answerer[]): void;
  /** Rejects when the thread ended. */
  choicesFor(lines: readonly BindingLine[]): Promise<readonly (readonly Choice[])[]>;
}

export function startSecondBinder(): SecondBinder {
  const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
  const worker = new Worker(new URL(`./binder-worker.${extension}`, import.meta.url), {
    env: {},
    execArgv: [],
  });
  const ended = new AbortController();
  worker.once("exit", () => ended.abort(new Error("the thread that binds lines has ended")));
  return {
    learn: (answerers) => worker.postMessage(answerers),
    async choicesFor(lines) {
      const told = once(worker, "message", ended);
      worker.postMessage(lines.map(({ text, path }) => ({ text, path })));
      return (await told)[0] as readonly (readonly Choice[])[];
    },
    async [Symbol.asyncDispose]() {
      await worker.terminate();
    },
  };
}
