import type { ShellResult } from "../../model/doors.ts";
import { defineFact, type FactContext, NotObserved, Undeclared } from "../../model/fact.ts";
import type { BinaryOptions } from "./options.ts";

type Context = FactContext<BinaryOptions>;

const PATIENCE_MS = 10_000;

/** Undefined: it is nowhere on PATH. */
export const programPath = defineFact<{ readonly path: string | undefined }, BinaryOptions>({
  id: "binary.program-path",
  access: "read",
  reach: "environment",
  collect: async ({ subject, doors }) => ({ path: await doors.shell.find(subject.options.program) }),
});

export interface ProgramVersion {
  /** "5.1.7"; undefined: it says none. */
  readonly version: string | undefined;
}

export const programVersion = defineFact<ProgramVersion, BinaryOptions>({
  id: "binary.program-version",
  access: "read",
  reach: "environment",
  timeoutMs: PATIENCE_MS + 2_000,
  async collect(context) {
    const { least, versionArguments } = context.subject.options;
    if (least === undefined) throw new Undeclared("no version is asked for: binary({ least })");
    const { stdout, stderr } = await run(context, versionArguments);
    return { version: /\d+(\.\d+)+/.exec(`${stdout}\n${stderr}`)?.[0] };
  },
});

/** Names of the encoders it was built with, by `ffmpeg -encoders`. */
export const programEncoders = defineFact<{ readonly missing: readonly string[] }, BinaryOptions>({
  id: "binary.program-encoders",
  access: "read",
  reach: "environment",
  timeoutMs: PATIENCE_MS + 2_000,
  async collect(context) {
    const { encoders } = context.subject.options;
    if (encoders.length === 0) throw new Undeclared("no encoders are asked for: binary({ encoders })");
    const { stdout } = await run(context, ["-hide_banner", "-encoders"]);
    const known = new Set([...stdout.matchAll(/^ [VAS][\w.]{5} (\S+)/gm)].map(([, name]) => name));
    if (known.size === 0) throw new NotObserved(`${context.subject.options.program} lists no encoders`);
    return { missing: encoders.filter((each) => !known.has(each)) };
  },
});

export interface Proof {
  /** Null: ended by a signal, or by us after its time. */
  readonly code: number | null;
  readonly lastLine: string;
  readonly tookMs: number;
}

export const proof = defineFact<Proof, BinaryOptions>({
  id: "binary.proof",
  access: "read",
  reach: "environment",
  timeoutMs: 35_000,
  async collect(context) {
    const { doors, subject, signal } = context;
    const { proof: line } = subject.options;
    if (line === undefined) throw new Undeclared("no proof is declared: binary({ proof })");
    await pathOf(context);
    const { code, stderr, tookMs } = await doors.shell.run({
      line,
      cwd: subject.directory,
      timeoutMs: 30_000,
      signal,
    });
    return { code, lastLine: stderr.trim().split("\n").at(-1) ?? "", tookMs };
  },
});

async function run(context: Context, args: readonly string[]): Promise<ShellResult> {
  const file = await pathOf(context);
  const { doors, subject, signal } = context;
  const result = await doors.shell.run({
    file,
    args,
    cwd: subject.directory,
    timeoutMs: PATIENCE_MS,
    signal,
  });
  if (result.code === 0) return result;
  throw new NotObserved(
    `\`${subject.options.program} ${args.join(" ")}\` ended with ${result.code ?? "a signal"}`,
  );
}

async function pathOf(context: Context): Promise<string> {
  const { path } = await context.get(programPath);
  if (path === undefined) throw new NotObserved(`there is no ${context.subject.options.program} on PATH`);
  return path;
}
