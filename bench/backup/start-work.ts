import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import path from "node:path";

export interface Work {
  readonly tookMs: number;
  /** Of our process, without the programs it starts. */
  readonly peakMb: number;
  readonly storedBytes: number;
}

/** Backs up, restores or proves in a process of its own, so that its memory is its own. */
export function work(project: string, what: string, env: Record<string, string>): Work {
  const { stdout, stderr, status } = start(project, what, env);
  if (status !== 0) throw new Error(`${what} ended with ${status}: ${stderr}`);
  return JSON.parse(stdout) as Work;
}

/** Fills the cache of compiled sources, which an installed program has; without a backup it does nothing else. */
export function warmUp(project: string, env: Record<string, string>): void {
  start(project, "nothing", env);
}

function start(project: string, what: string, env: Record<string, string>) {
  const file = path.join(import.meta.dirname, "work.ts");
  return spawnSync(process.execPath, [file, project, what], {
    // As bin/gonogo.mjs does: without it the stripping of types would be measured.
    env: { ...process.env, NODE_COMPILE_CACHE: path.join(tmpdir(), "gonogo-bench-cache"), ...env },
    encoding: "utf8",
  });
}

export const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
export const mb = (bytes: number): string => `${Math.round(bytes / 1_048_576)} MB`;
