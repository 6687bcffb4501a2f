#!/usr/bin/env node
// Plain JavaScript, so that the compile cache is on before the first TypeScript file is met: stripping types anew
// at every start would take longer than everything else `--help` does.
import { existsSync } from "node:fs";
import module from "node:module";

const OLDEST_NODE = 24;

if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
  process.stderr.write(
    `error: gonogo runs on Node ${OLDEST_NODE} or newer, and this is ${process.versions.node}\n` +
      `  Fix: npm install --save-dev node@${OLDEST_NODE}, which npx and npm run then take; or install it for the whole machine\n`,
  );
  process.exit(2);
}
module.enableCompileCache();
// Type stripping announces itself as experimental; that is Node's news, not the user's.
const { emitWarning } = process;
process.emitWarning = (warning, ...rest) => {
  const type = typeof rest[0] === "string" ? rest[0] : rest[0]?.type;
  if (type !== "ExperimentalWarning") emitWarning.call(process, warning, ...rest);
};
const source = new URL("../src/main.ts", import.meta.url);
await import(existsSync(source) ? source.href : new URL("../dist/bundle/main.js", import.meta.url).href);
