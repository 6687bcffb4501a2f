import { createRequire } from "node:module";

/** Gonogo's own: "0.1.0". */
export function ownVersion(): string {
  const manifest = createRequire(import.meta.url)("../../package.json") as { version: string };
  return manifest.version;
}
