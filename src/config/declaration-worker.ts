import { readFileSync } from "node:fs";
import { registerHooks, stripTypeScriptTypes } from "node:module";
import { parentPort, workerData } from "node:worker_threads";
import { LAUNCH_MARK } from "./define-launch.ts";
import { toPlainData } from "./plain-data.ts";
import type { WorkerMessage, WorkerRequest } from "./run-declaration.ts";

const request = workerData as WorkerRequest;
const PUBLIC_ENTRY = "gonogo:declaration";

// Whatever package type the project has, its configuration is an ES module; "gonogo" is what can be declared,
// without the checks and facts behind it: loading those would cost more than all the rest.
registerHooks({
  resolve(specifier, context, next) {
    if (specifier === "gonogo") return { url: PUBLIC_ENTRY, format: "module", shortCircuit: true };
    return next(specifier, context);
  },
  load(url, context, next) {
    if (url === PUBLIC_ENTRY) return { format: "module", source: request.entry, shortCircuit: true };
    if (url !== request.url) return next(url, context);
    return next(url, { ...context, format: request.isTypeScript ? "module-typescript" : "module" });
  },
});

function tell(message: WorkerMessage): void {
  parentPort?.postMessage(message);
}

// Not awaited here: Node would print a warning of its own when the configuration never settles.
void run();
process.once("beforeExit", () => tell({ type: "unsettled" }));

async function run(): Promise<void> {
  try {
    const text = readFileSync(new URL(request.url), "utf8");
    // Types become blanks: lines and columns stay.
    tell({ type: "source", text: request.isTypeScript ? stripTypeScriptTypes(text) : text });
  } catch {
    // The import below fails for the same reason and says it better.
  }
  try {
    const exported = (await import(request.url)) as { default?: unknown };
    const value: unknown = await exported.default;
    const isLaunch = typeof value === "object" && value !== null && LAUNCH_MARK in value;
    if (isLaunch) tell({ type: "launch", ...toPlainData(value) });
    else tell({ type: "other", exports: "default" in exported ? describe(value) : undefined });
  } catch (thrown) {
    tell({ type: "thrown", ...partsOf(thrown) });
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
