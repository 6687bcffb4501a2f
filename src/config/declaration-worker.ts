import { readFileSync } from "node:fs";
import { registerHooks, stripTypeScriptTypes } from "node:module";
import { setImmediate } from "node:timers/promises";
import { parentPort } from "node:worker_threads";
import { LAUNCH_MARK } from "./define-launch.ts";
import { toPlainData } from "./plain-data.ts";
import type { WorkerMessage, WorkerRequest } from "./run-declaration.ts";

const PUBLIC_ENTRY = "gonogo:declaration";

// Not awaited: Node would print a warning of its own when the configuration never settles.
parentPort?.once("message", (request: WorkerRequest) => void run(request));
// The first call loads the compiler: now, while nobody waits for it yet.
stripTypeScriptTypes("");

// Whatever package type the project has, its configuration is an ES module; "gonogo" is what can be declared,
// without the checks and facts behind it: loading those would cost more than all the rest.
function hookModules({ url: configuration, entry }: WorkerRequest, source: string | undefined): void {
  registerHooks({
    resolve(specifier, context, next) {
      if (specifier === "gonogo" || specifier === PUBLIC_ENTRY)
        return { url: PUBLIC_ENTRY, format: "module", shortCircuit: true };
      return next(specifier, context);
    },
    load(url, context, next) {
      if (url === PUBLIC_ENTRY) return { format: "module", source: entry, shortCircuit: true };
      if (url !== configuration) return next(url, context);
      if (source !== undefined) return { format: "module", source, shortCircuit: true };
      return next(url, { ...context, format: "module-typescript" });
    },
  });
}

function tell(message: WorkerMessage): void {
  parentPort?.postMessage(message);
}

async function run(request: WorkerRequest): Promise<void> {
  const source = sourceOf(request);
  if (source !== undefined) tell({ type: "source", text: source });
  hookModules(request, source);
  process.once("beforeExit", () => tell({ type: "unsettled" }));
  process.once("unhandledRejection", (reason) => tell({ type: "thrown", ...partsOf(reason) }));
  try {
    // What stands for names that nobody imports is to be there before the file runs.
    await import(PUBLIC_ENTRY);
    const exported = (await import(request.url)) as { default?: unknown };
    const value: unknown = await exported.default;
    // What was rejected beside it is told by now, or was caught.
    await setImmediate();
    const launches = Object.entries(exported).flatMap(([name, each]) => (isLaunch(each) ? [name] : []));
    const exports = "default" in exported ? describe(value) : undefined;
    if (isLaunch(value)) tell({ type: "launch", ...toPlainData(value) });
    else tell({ type: "other", exports, launches });
  } catch (thrown) {
    tell({ type: "thrown", ...partsOf(thrown) });
  }
}

function isLaunch(value: unknown): boolean {
  return typeof value === "object" && value !== null && LAUNCH_MARK in value;
}

/** As JavaScript: types become blanks, lines and columns stay. */
function sourceOf({ url, isTypeScript }: WorkerRequest): string | undefined {
  try {
    const text = readFileSync(new URL(url), "utf8");
    return isTypeScript ? stripTypeScriptTypes(text) : text;
  } catch {
    // The import fails for the same reason and says it better.
    return undefined;
  }
}

/** Whatever was thrown, even something that throws when it is looked at. */
function partsOf(thrown: unknown): Omit<Extract<WorkerMessage, { type: "thrown" }>, "type"> {
  try {
    const { name, code, message, stack } = Object(thrown) as Record<string, unknown>;
    const words = thrown instanceof Error ? message : thrown;
    return {
      name: String(name ?? ""),
      code: String(code ?? ""),
      message: String(words),
      stack: String(stack ?? ""),
    };
  } catch {
    return { name: "", code: "", message: "something that cannot be read", stack: "" };
  }
}

function describe(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (value instanceof Object) return typeof value === "function" ? "a function" : "an object";
  return value === undefined ? "nothing" : `a ${typeof value}`;
}
