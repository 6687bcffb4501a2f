#!/usr/bin/env node
// Plain JavaScript, so that the compile cache is on before the first TypeScript file is met: stripping types anew
// at every start would take longer than everything else `--help` does.
import { existsSync } from "node:fs";
import { enableCompileCache } from "node:module";

enableCompileCache();
// Type stripping announces itself as experimental; that is Node's news, not the user's.
const { emitWarning } = process;
process.emitWarning = (warning, ...rest) => {
  const type = typeof rest[0] === "string" ? rest[0] : rest[0]?.type;
  if (type !== "ExperimentalWarning") emitWarning.call(process, warning, ...rest);
};
const source = new URL("../src/main.ts", import.meta.url);
await import(existsSync(source) ? source.href : new URL("../dist/main.js", import.meta.url).href);
