import type { Doors, RunningProgram } from "../model/doors.ts";

// The pipe on descriptor 3 closes when this process ends, even by SIGKILL: then the server is told to stop.
const LEASH = `
home=$1; shift
exec 3<&0
"$@" </dev/null 3<&- &
server=$!
( exec >/dev/null 2>&1; read -r _ <&3; kill -s INT "$server" ) &
wait "$server"
code=$?
cd / && rm -rf "$home"
exit "$code"
`;

/** Starts a server that ends with this process, however that ends; its directory goes with it. */
export function startLeashed(
  doors: Pick<Doors, "shell">,
  server: {
    readonly file: string;
    readonly args: readonly string[];
    readonly home: string;
    readonly account: { readonly uid: number; readonly gid: number } | undefined;
    readonly signal: AbortSignal;
  },
): RunningProgram {
  const { file, args, home, account, signal } = server;
  const running = doors.shell.start({
    file: "/bin/sh",
    args: ["-c", LEASH, "sh", home, file, ...args],
    cwd: home,
    env: { LC_ALL: "C" },
    ...(account && { uid: account.uid, gid: account.gid }),
    signal,
  });
  running.stdout.resume();
  return running;
}

export async function endLeashed(running: RunningProgram): Promise<void> {
  running.stdin.end();
  await running.ended.catch(() => undefined);
}
