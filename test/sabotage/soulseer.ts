import { change, copyExample, type ExampleCopy } from "./example-copy.ts";

export function copySoulSeer(): Promise<ExampleCopy> {
  return copyExample("soulseer", (app) => {
    app.write("test/quick.mjs", TEST);
    change(app, "src/probe/queue.ts", "PATIENCE_SECONDS = 20", "PATIENCE_SECONDS = 5");
  });
}

/** The example's tests take 10 s: here two of them stand for all. */
const TEST = `import assert from "node:assert";
import { isOver, next } from "../src/sessions/state.ts";

assert.equal(next("active", "ended by client"), "ended");
assert.equal(isOver("finalized"), true);
`;
