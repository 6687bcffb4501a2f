import { join } from "node:path";
import { UserError } from "../model/errors.ts";
import type { Process } from "../model/process.ts";
import type { ReleaseOnWire } from "./protocol.ts";

/** Marks every program an agent starts, so that none can be lost between its start and its entry on disk. */
export const MARKER = "GONOGO_AGENT";

const PASSED_ON = ["PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LC_ALL", "TZ", "TMPDIR"] as const;

/** The little that programs get from the environment of whoever started the agent. */
export function baseEnvironment(source: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    PASSED_ON.flatMap((name) => {
      const value = source[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

interface Given {
  readonly base: Readonly<Record<string, string>>;
  readonly stateDirectory: string;
  readonly release: ReleaseOnWire;
  readonly process: Process;
  readonly index: number;
  readonly port: number | undefined;
  readonly heartbeatFile: string | undefined;
}

/** Everything one instance sees: the base, then the release's variables, then what only the agent knows. */
export function environmentOf(given: Given): Record<string, string> {
  const { base, release, process, index, port, heartbeatFile, stateDirectory } = given;
  if (release.variablesLost)
    throw new UserError(`the variables of release ${release.id} cannot be read any more`);
  return {
    ...base,
    PATH: `${join(release.directory, "node_modules", ".bin")}:${base.PATH ?? "/usr/local/bin:/usr/bin:/bin"}`,
    ...release.variables,
    GONOGO_RELEASE: release.id,
    GONOGO_PROCESS: process.name,
    GONOGO_INSTANCE: String(index),
    ...(port === undefined ? {} : { PORT: String(port) }),
    ...(heartbeatFile === undefined ? {} : { GONOGO_HEARTBEAT_FILE: heartbeatFile }),
    [MARKER]: stateDirectory,
  };
}
