import { defineConfig } from "vitest/config";
import { LongestFirst } from "./test/longest-first.ts";

export default defineConfig({
  resolve: { alias: { gonogo: new URL("./src/index.ts", import.meta.url).pathname } },
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts", "examples/**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/.gonogo/**"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    allowOnly: false,
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
  },
});
