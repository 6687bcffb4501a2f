import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import type { NotPlain, Plain } from "./plain-data.ts";

export interface WorkerRequest {
  /** file: URL of the configuration. */
  readonly url: string;
  readonly isTypeScript: boolean;
  /** Source text of what `import ... from "gonogo"` gets. */
  readonly entry: string;
}

export type WorkerMessage =
  /** The file as JavaScript, positions kept. */
  | { readonly type: "source"; readonly text: string }
  | { readonly type: "launch"; readonly data: Plain; readonly problems: readonly NotPlain[] }
  /** It ran, and what it exports is no launch; undefined: it exports nothing by default. */
  | { readonly type: "other"; readonly exports: string | undefined }
  /** It waits for something that can never come. */
  | { readonly type: "unsettled" }
  | {
      readonly type: "thrown";
      readonly name: string;
      readonly code: string;
      readonly message: string;
      readonly stack: string;
    };

/** What became of running a configuration file. */
export type Run = { readonly source: string | undefined } & (
  | Exclude<WorkerMessage, { type: "source" }>
  | { readonly type: "timed out" }
  | { readonly type: "exited"; readonly code: number }
  | { readonly type: "out of memory" }
);

export interface RunRequest {
  readonly file: string;
  /** Names that can be imported from "gonogo" and the kinds they declare. */
  readonly exported: ReadonlyMap<string, string>;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

const MEMORY_MB = 256;

/**
 * Runs a configuration in a thread of its own: it may hang, exit, print or throw without harm, and sees no
 * environment variable of ours.
 */
export async function runDeclaration(request: RunRequest): Promise<Run> {
  const { file, timeoutMs, signal } = request;
  signal.throwIfAborted();
  const worker = new Worker(siblingUrl("declaration-worker"), {
    workerData: {
      url: pathToFileURL(file).href,
      isTypeScript: /\.m?ts$/.test(file),
      entry: entrySource(request.exported),
    } satisfies WorkerRequest,
    env: {},
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  });
  worker.stdout.resume();
  worker.stderr.resume();
  const { promise, resolve, reject } = Promise.withResolvers<Run>();
  let source: string | undefined;
  const timer = setTimeout(() => resolve({ type: "timed out", source }), timeoutMs);
  const onAbort = (): void => reject(signal.reason as Error);
  signal.addEventListener("abort", onAbort, { once: true });
  worker.on("message", (message: WorkerMessage) => {
    if (message.type === "source") source = message.text;
    else resolve({ ...message, source });
  });
  worker.on("error", (error: Error & { code?: string }) => {
    if (error.code === "ERR_WORKER_OUT_OF_MEMORY") resolve({ type: "out of memory", source });
    else resolve({ type: "thrown", name: error.name, code: "", message: error.message, stack: "", source });
  });
  worker.on("exit", (code) => resolve({ type: "exited", code, source }));
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
    await worker.terminate();
  }
}

function siblingUrl(name: string): URL {
  const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
  return new URL(`./${name}.${extension}`, import.meta.url);
}

/** A module with `defineLaunch` and one declaring function a kind. */
function entrySource(exported: ReadonlyMap<string, string>): string {
  const lines = [...exported].map(
    ([name, kind], index) =>
      `const declare${index} = declare(${JSON.stringify(kind)}); export { declare${index} as ${name} };`,
  );
  return `
    export { defineLaunch } from ${JSON.stringify(siblingUrl("define-launch").href)};
    const declare = (kind) => Object.assign((options = {}) => ({ kind, options }), { kind });
    ${lines.join("\n")}
  `;
}
