import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Shipment } from "../../agent/shipment.ts";
import { OutsideError, UserError } from "../../model/errors.ts";
import type { SshConnection } from "./connection.ts";

const LIMIT_MS = 120_000;

/* Unpacks one gzipped JSON object of paths and contents. No single quote inside: the shell over there reads it. */
const UNPACK = `
const fs = require("node:fs"), path = require("node:path");
const [into] = process.argv.slice(1);
fs.rmSync(into, { recursive: true, force: true });
const files = JSON.parse(require("node:zlib").gunzipSync(fs.readFileSync(0)));
for (const [name, content] of Object.entries(files)) {
  const file = path.join(into, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, Buffer.from(content, "base64"), { mode: 0o600 });
}
`;

/**
 * Brings the agent's program there and puts it in place of an earlier one. The path stays the same: the parent that
 * holds the public sockets finds the new agent where the old one was.
 */
export async function shipProgram(
  connection: SshConnection,
  { files, version }: Shipment,
  signal: AbortSignal,
): Promise<void> {
  const { base } = connection.greeting;
  const node = expectNode(connection);
  const contents = Object.fromEntries([...files].map(([path, bytes]) => [path, bytes.toString("base64")]));
  const packed = await promisify(gzip)(JSON.stringify(contents));
  const limit = AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]);
  const line = `umask 077; mkdir -p ${base} && ${node} -e '${UNPACK}' ${base}/runtime.new && printf %s ${version} > ${base}/runtime.new/version && rm -rf ${base}/runtime.old && { [ ! -e ${base}/runtime ] || mv ${base}/runtime ${base}/runtime.old; } && mv ${base}/runtime.new ${base}/runtime && rm -rf ${base}/runtime.old && echo in place`;
  const running = await connection.start(line, limit);
  let said = "";
  running.stdout.on("data", (chunk: Buffer) => {
    said += chunk.toString("utf8");
  });
  running.stdin.end(packed);
  const { code, stderr } = await running.ended;
  limit.throwIfAborted();
  if (code === 0 && said.includes("in place")) return;
  const words = stderr.trim().split("\n").slice(-3).join(" ");
  if (/Permission denied|EACCES/.test(words)) {
    throw new UserError(`${base} cannot be written over there: ${words}`, {
      fix: `sudo install -d -o <the user> ${base}, or another \`directory\` in ssh({ ... })`,
    });
  }
  throw new OutsideError(`the agent's program could not be put in place: ${words}`, { retryable: true });
}

/** The Node over there that is new enough. Throws UserError with the way to one. */
export function expectNode({ greeting: { node, oldNodes, system } }: SshConnection): string {
  if (!system.startsWith("Linux")) {
    throw new UserError(`the machine runs ${system || "something unknown"}; the agent needs Linux`);
  }
  if (node !== undefined) return node;
  const found = oldNodes.length === 0 ? "there is no Node.js" : `the only Node.js is ${oldNodes.join(", ")}`;
  throw new UserError(`${found} on the machine; the agent and the application need 24 or newer`, {
    fix: 'as root over there: curl -fsSL https://deb.nodesource.com/setup_24.x | bash - && apt-get install -y nodejs. When it lies elsewhere, say where: ssh({ node: "/opt/node/bin/node" })',
  });
}
