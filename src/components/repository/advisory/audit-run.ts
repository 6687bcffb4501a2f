import type { Doors, ShellResult } from "../../../model/doors.ts";
import { NotObserved } from "../../../model/fact.ts";
import { type Advisory, readNpmReport, readPnpmReport, readYarnReport } from "./report.ts";

/** A package manager that asks its registry for advisories about what a lock has. */
interface Auditor {
  readonly program: string;
  readonly args: readonly string[];
  /** Reads what it printed; throws where that is no report. */
  readonly read: (result: ShellResult) => Advisory[];
}

const NPM: Auditor = {
  program: "npm",
  args: ["audit", "--json", "--omit=dev", "--package-lock-only"],
  read: ({ stdout }) => readNpmReport(JSON.parse(stdout)),
};

/** By the name of the lock. Packages that only development needs are never asked about. */
const AUDITORS: Readonly<Record<string, Auditor>> = {
  "package-lock.json": NPM,
  "npm-shrinkwrap.json": NPM,
  "pnpm-lock.yaml": {
    program: "pnpm",
    args: ["audit", "--json", "--prod"],
    read: ({ stdout }) => readPnpmReport(JSON.parse(stdout)),
  },
  "yarn.lock": {
    program: "yarn",
    args: [
      ...["npm", "audit", "--all", "--recursive", "--json", "--no-deprecations"],
      ...["--environment", "production"],
    ],
    read: ({ code, stdout }) => {
      const lines = stdout.split("\n").filter((line) => line.trim() !== "");
      // It prints nothing when there is nothing to tell.
      if (lines.length === 0 && code !== 0) throw new Error("no report");
      return readYarnReport(lines.map((line): unknown => JSON.parse(line)));
    },
  },
};

const QUIET = {
  npm_config_fetch_retries: "0",
  npm_config_fetch_timeout: "30000",
  npm_config_update_notifier: "false",
  YARN_HTTP_RETRY: "0",
  YARN_ENABLE_TELEMETRY: "0",
  COREPACK_ENABLE_DOWNLOAD_PROMPT: "0",
  NO_COLOR: "1",
  FORCE_COLOR: undefined,
} as const;

/** Runs the project's own package manager. Throws NotObserved where it gives no report, with its reason. */
export async function runAudit(
  doors: Doors,
  request: {
    readonly directory: string;
    /** Name of the lock, without its folder. */
    readonly lock: string;
    readonly text: string;
    readonly signal: AbortSignal;
  },
): Promise<Advisory[]> {
  const { directory, lock, text, signal } = request;
  const auditor = AUDITORS[lock];
  if (!auditor) throw new NotObserved(`${lock} cannot be audited: only locks of npm, pnpm and yarn can`);
  if (lock === "yarn.lock" && !text.includes("\n__metadata:"))
    throw new NotObserved(
      "yarn 1 audits at an address that registries have given up; `yarn set version stable` brings one that can",
    );
  const { program, args, read } = auditor;
  const file = await doors.shell.find(program);
  if (file === undefined) throw new NotObserved(`there is no ${program} on PATH to audit ${lock} with`);
  const result = await doors.shell.run({
    file,
    args,
    cwd: directory,
    env: QUIET,
    timeoutMs: 45_000,
    maxOutputBytes: 64 * 1_048_576,
    signal,
  });
  try {
    return read(result);
  } catch {
    throw new NotObserved(whyNot(program, result));
  }
}

const REFUSED = /"statusCode": (\d{3})|responded with (\d{3})|Response Code: (\d{3})/;

function whyNot(program: string, { stdout, stderr, timedOut }: ShellResult): string {
  const printed = `${stdout}\n${stderr}`;
  const status = REFUSED.exec(printed)?.slice(1).find(Boolean);
  if (status !== undefined)
    return `the registry does not answer \`${program} audit\` (HTTP ${status}); name one that does in the project's .npmrc, or have the packages audited elsewhere and leave \`audit\` out`;
  if (timedOut) return `\`${program} audit\` was not done within 45 s`;
  const told =
    /"(?:message|summary)": "([^"]+)"/.exec(stdout)?.[1] ??
    printed.split("\n").find((line) => /\w/.test(line));
  return `\`${program} audit\` gave no report: ${withoutLogin(told ?? "it printed nothing").trim()}`;
}

/** A registry's address may carry a password. */
function withoutLogin(text: string): string {
  return text.replaceAll(/\/\/[^/\s@]*@/g, "//");
}
