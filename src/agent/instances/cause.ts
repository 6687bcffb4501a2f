import type { HealthAnswer } from "./health-probe.ts";
import type { ListeningPort } from "./listening-ports.ts";

export interface Clues {
  readonly start: string;
  readonly port: number | undefined;
  readonly healthPath: string | undefined;
  readonly lastProbe: HealthAnswer | undefined;
  readonly exit: { readonly code: number | null; readonly signal: string | null } | undefined;
  readonly logLines: readonly string[];
  /** What the process and its children listen on. */
  readonly listening: readonly ListeningPort[];
  readonly variableNames: readonly string[];
  readonly heartbeatFile: string | undefined;
}

/** The likeliest reason a process did not become ready, in the user's own names; undefined when nothing points anywhere. */
export function guessCause(clues: Clues): string | undefined {
  return (
    guessFromLog(clues) ??
    guessFromExit(clues) ??
    guessFromPorts(clues) ??
    guessFromProbe(clues) ??
    guessFromSilence(clues)
  );
}

const NAME = "([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|PORT|NODE_ENV)";
const MISSING_VARIABLE = [
  new RegExp(
    `${NAME}\\b[^\\n]{0,40}?(?:is |was |must be )?(?:missing|required|undefined|not (?:set|defined|provided)|unset|set\\b)`,
  ),
  new RegExp(`(?:missing|required|undefined|unset|not set)[^\\n]{0,40}?\\b${NAME}`, "i"),
  new RegExp(`KeyError: ['"]${NAME}['"]`),
];

function guessFromLog({ logLines, variableNames, port, start }: Clues): string | undefined {
  const text = logLines.filter((line) => !line.startsWith("[gonogo]")).join("\n");
  const inUse = /EADDRINUSE[^\n]*?:(\d+)\b/.exec(text)?.[1];
  if (inUse !== undefined && Number(inUse) !== port) {
    return `it tries to listen on port ${inUse}, which is taken; it must listen on the port in PORT`;
  }
  const module = /Cannot find (?:module|package) '([^']+)'/.exec(text)?.[1];
  if (module !== undefined) return `it cannot find ${module}: not built, or not among its dependencies`;
  for (const pattern of MISSING_VARIABLE) {
    const name = pattern.exec(text)?.[1];
    if (name !== undefined && !variableNames.includes(name) && !name.startsWith("GONOGO_")) {
      return `it wants the variable ${name}, which this release does not have`;
    }
  }
  const refused = /ECONNREFUSED (\S+:\d+)/.exec(text)?.[1];
  if (refused !== undefined) return `something it depends on does not answer at ${refused}`;
  const unknownHost = /(?:ENOTFOUND|EAI_AGAIN) (\S+)/.exec(text)?.[1];
  if (unknownHost !== undefined) return `it cannot resolve the host name ${unknownHost}`;
  if (/heap out of memory/.test(text)) return "it ran out of memory while starting";
  const unknownCommand =
    /(?:sh|bash): (?:\d+: )?(?:line \d+: )?(?:exec: )?(\S+): (?:command )?not found/.exec(text)?.[1];
  if (unknownCommand !== undefined)
    return `there is no program "${unknownCommand}"; it is started with: ${start}`;
  return undefined;
}

function guessFromExit({ exit, start }: Clues): string | undefined {
  if (exit === undefined) return undefined;
  if (exit.code === 0) return `it ends by itself at once, without an error: "${start}" must keep running`;
  if (exit.code === 126) return `"${start}" cannot be executed`;
  if (exit.code === 127) return `the program of "${start}" is not found`;
  if (exit.signal === "SIGKILL" || exit.code === 137)
    return "it was killed from outside, perhaps for lack of memory";
  if (exit.code !== null) return `it exits at once with code ${exit.code}: see its last lines`;
  return undefined;
}

function guessFromPorts({ port, listening, lastProbe }: Clues): string | undefined {
  if (port === undefined || lastProbe?.status !== undefined) return undefined;
  const own = listening.filter((socket) => socket.port === port);
  if (own.length > 0 && own.every(({ family, loopbackOnly }) => family === 6 && loopbackOnly)) {
    return `it listens on ::1 only; it must listen on 127.0.0.1 (or on every address)`;
  }
  const others = [...new Set(listening.map((socket) => socket.port))];
  if (own.length === 0 && others.length > 0) {
    return `it listens on port ${others.join(", ")}; it must listen on the port in PORT (${port} here)`;
  }
  return undefined;
}

function guessFromProbe({ lastProbe, healthPath }: Clues): string | undefined {
  if (lastProbe === undefined) return undefined;
  const { status, location, error } = lastProbe;
  if (status === undefined) {
    if (error?.startsWith("no answer"))
      return `it accepts the connection for ${healthPath} but does not answer: it hangs`;
    return error === "connection refused" ? "it does not listen on any port yet" : undefined;
  }
  if (status >= 300 && status < 400) {
    return `${healthPath} redirects to ${location ?? "another page"}; a health page must answer 2xx itself`;
  }
  if (status === 404) return `there is no page ${healthPath}; declare the path the application really has`;
  if (status === 401 || status === 403)
    return `${healthPath} wants a login; a health page must answer without one`;
  if (status === 400 || status === 421) return `it may refuse the host name it was asked under`;
  if (status >= 500) return `it runs but says itself that it is not well (status ${status})`;
  return undefined;
}

function guessFromSilence({ heartbeatFile }: Clues): string | undefined {
  return heartbeatFile === undefined
    ? undefined
    : "it never touched the file named in GONOGO_HEARTBEAT_FILE, which is how a worker says that it is ready";
}
