#!/usr/bin/env node
import { enableCompileCache } from "node:module";

enableCompileCache();
const { runCommandLine } = await import("./cli/command-line.ts");
process.exitCode = await runCommandLine(process.argv.slice(2));
