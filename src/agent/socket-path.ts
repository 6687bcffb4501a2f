import { createHash } from "node:crypto";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";

// sun_path has 108 bytes on Linux, 104 on BSD, the closing NUL included.
const LONGEST_BYTES = 100;

/** Where the agent of this state directory listens. Deep projects get a short path outside of them. */
export function socketPathOf(stateDirectory: string): string {
  const beside = join(stateDirectory, "agent.sock");
  if (Buffer.byteLength(beside) <= LONGEST_BYTES) return beside;
  const hash = createHash("sha256").update(stateDirectory).digest("hex").slice(0, 16);
  return join(shortDirectory(), `${hash}.sock`);
}

/** A directory of this user's own for sockets of deep projects. */
export function shortDirectory(): string {
  return join(tmpdir(), `gonogo-${userInfo().uid}`);
}
