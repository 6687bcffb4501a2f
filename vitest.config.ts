import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { LongestFirst } from "./test/longest-first.ts";

// Programs that tests start read the same thousand modules as the one before. The place is Node's own default.
process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), "node-compile-cache");

export default defineConfig({
  resolve: { alias: { gonogo: new URL("./src/index.ts", import.meta.url).pathname } },
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts", "examples/**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/.gonogo/**"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    allowOnly: false,
    // One more than the smallest machine has cores: what is launched and watched waits for a third of its time.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
  },
});
