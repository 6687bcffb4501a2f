import { allPids, readLink, readNames, readText } from "./proc-files.ts";

/** A TCP port that somebody listens on. */
export interface ListeningPort {
  readonly loopbackOnly: boolean;
  readonly family: 4 | 6;
  readonly port: number;
  readonly inode: string;
}

/** TCP ports these processes listen on. */
export function listeningPorts(pids: readonly number[]): ListeningPort[] {
  const inodes = new Set(pids.flatMap(socketInodes));
  return allListeningPorts().filter(({ inode }) => inodes.has(inode));
}

/** Who listens on a port, as far as this user may see. */
export function holderOfPort(port: number): { readonly pid: number; readonly command: string } | undefined {
  const inodes = new Set(
    allListeningPorts()
      .filter((each) => each.port === port)
      .map(({ inode }) => inode),
  );
  if (inodes.size === 0) return undefined;
  const pid = allPids().find((each) => socketInodes(each).some((inode) => inodes.has(inode)));
  return pid === undefined ? undefined : { pid, command: commandOf(pid) };
}

function allListeningPorts(): ListeningPort[] {
  return ([4, 6] as const).flatMap((family) => {
    const table = readText(family === 4 ? "/proc/net/tcp" : "/proc/net/tcp6") ?? "";
    return table
      .split("\n")
      .slice(1)
      .flatMap((line) => {
        const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
        const [address, port] = (local ?? "").split(":");
        if (state !== "0A" || !address || !port || !inode) return [];
        return [{ loopbackOnly: isLoopback(address), family, port: Number.parseInt(port, 16), inode }];
      });
  });
}

/** Addresses stand there in hexadecimal, in the machine's order of bytes. */
function isLoopback(address: string): boolean {
  return address === "0100007F" || address === "00000000000000000000000001000000";
}

function socketInodes(pid: number): string[] {
  return readNames(`/proc/${pid}/fd`).flatMap((fd) => {
    const inode = /^socket:\[(\d+)\]$/.exec(readLink(`/proc/${pid}/fd/${fd}`) ?? "")?.[1];
    return inode === undefined ? [] : [inode];
  });
}

function commandOf(pid: number): string {
  const words = (readText(`/proc/${pid}/cmdline`) ?? "").split("\0").filter(Boolean);
  // Arguments may hold secrets; the program and its first argument are enough to recognise it.
  return words.slice(0, 2).join(" ").slice(0, 100);
}
