import { Worker } from "node:worker_threads";
import type { Answerer } from "./ask-index.ts";
import type { BindingLine } from "./binding-line.ts";
import type { Choice } from "./choices.ts";

/** A thread that binds some of the lines of a long list while the caller binds the others. */
export interface SecondBinder extends AsyncDisposable {
  /** Tells who can answer; it gets ready while the caller does. Once, before any line. */
  learn(answerers: readonly Answerer[]): void;
  /** Several times at once, if need be: they are answered in turn. Rejects when the thread ended. */
  choicesFor(lines: readonly BindingLine[]): Promise<Choices>;
}

type Choices = readonly (readonly Choice[])[];

export function startSecondBinder(prepared?: Uint8Array): SecondBinder {
  const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
  const worker = new Worker(new URL(`./binder-worker.${extension}`, import.meta.url), {
    env: {},
    execArgv: [],
    workerData: prepared,
  });
  const waiting: PromiseWithResolvers<Choices>[] = [];
  let failure: Error | undefined;
  const end = (error: Error): void => {
    failure ??= error;
    for (const each of waiting.splice(0)) each.reject(failure);
  };
  worker.on("message", (told: Choices) => waiting.shift()?.resolve(told));
  worker.on("error", end);
  worker.on("exit", () => end(new Error("the thread that binds lines has ended")));
  return {
    learn: (answerers) => worker.postMessage(answerers),
    async choicesFor(lines) {
      if (failure) throw failure;
      const asked = Promise.withResolvers<Choices>();
      waiting.push(asked);
      worker.postMessage(lines.map(({ text, path }) => ({ text, path })));
      return await asked.promise;
    },
    async [Symbol.asyncDispose]() {
      await worker.terminate();
    },
  };
}
