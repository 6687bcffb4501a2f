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
  | {
      /** It ran, and what it exports by default is no launch. */
      readonly type: "other";
      /** Undefined: nothing. */
      readonly exports: string | undefined;
      /** Other names under which it exports a launch. */
      readonly launches: readonly string[];
    }
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
  /** Names that are there without an import, and the kinds they declare or "defineLaunch". */
  readonly globals?: ReadonlyMap<string, string>;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Runs configurations, each in a thread of its own. */
export interface DeclarationRunner extends AsyncDisposable {
  /** Starts a thread for the next configuration: it comes up while the caller reads its own modules. */
  prepare(): void;
  run(request: RunRequest): Promise<Run>;
}

export function createDeclarationRunner(): DeclarationRunner {
  let prepared: DeclarationThread | undefined;
  return {
    prepare() {
      prepared ??= startThread();
    },
    async run(request) {
      request.signal.throwIfAborted();
      await using thread = prepared ?? startThread();
      prepared = undefined;
      return await runIn(thread, request);
    },
    async [Symbol.asyncDispose]() {
      await prepared?.[Symbol.asyncDispose]();
    },
  };
}

interface DeclarationThread extends AsyncDisposable {
  readonly worker: Worker;
  /** Never rejects. */
  readonly ended: Promise<Run>;
}

const MEMORY_MB = 256;

/**
 * A configuration has a thread of its own: it may hang, exit, print or throw without harm, and sees no environment
 * variable of ours.
 */
function startThread(): DeclarationThread {
  const worker = new Worker(siblingUrl("declaration-worker"), {
    env: {},
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  });
  worker.stdout.resume();
  worker.stderr.resume();
  const { promise: ended, resolve } = Promise.withResolvers<Run>();
  let source: string | undefined;
  worker.on("message", (message: WorkerMessage) => {
    if (message.type === "source") source = message.text;
    else resolve({ ...message, source });
  });
  worker.on("error", (error: Error & { code?: string }) => {
    if (error.code === "ERR_WORKER_OUT_OF_MEMORY") resolve({ type: "out of memory", source });
    else {
      const { name, code = "", message, stack = "" } = error;
      resolve({ type: "thrown", name, code, message, stack, source });
    }
  });
  worker.on("exit", (code) => resolve({ type: "exited", code, source }));
  return {
    worker,
    ended,
    async [Symbol.asyncDispose]() {
      await worker.terminate();
    },
  };
}

async function runIn({ worker, ended }: DeclarationThread, request: RunRequest): Promise<Run> {
  const { file, exported, globals = new Map(), timeoutMs, signal } = request;
  const { promise: stopped, resolve, reject } = Promise.withResolvers<Run>();
  const timer = setTimeout(() => resolve({ type: "timed out", source: undefined }), timeoutMs);
  const onAbort = (): void => reject(signal.reason as Error);
  signal.addEventListener("abort", onAbort, { once: true });
  worker.postMessage({
    url: pathToFileURL(file).href,
    isTypeScript: /\.m?ts$/.test(file),
    entry: entrySource(exported, globals),
  } satisfies WorkerRequest);
  try {
    return await Promise.race([ended, stopped]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
  }
}

function siblingUrl(name: string): URL {
  const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
  return new URL(`./${name}.${extension}`, import.meta.url);
}

/** A module with `defineLaunch` and one declaring function a kind. */
function entrySource(exported: ReadonlyMap<string, string>, globals: ReadonlyMap<string, string>): string {
  const lines = [...exported].map(
    ([name, kind], index) =>
      `const declare${index} = declare(${JSON.stringify(kind)}); export { declare${index} as ${name} };`,
  );
  const everywhere = [...globals].map(([name, kind]) => {
    const value = kind === "defineLaunch" ? kind : `declare(${JSON.stringify(kind)})`;
    return `globalThis[${JSON.stringify(name)}] = ${value};`;
  });
  return `
    import { defineLaunch } from ${JSON.stringify(siblingUrl("define-launch").href)};
    export { defineLaunch };
    const declare = (kind) => Object.assign((options = {}) => ({ kind, options }), { kind });
    ${[...lines, ...everywhere].join("\n")}
  `;
}
