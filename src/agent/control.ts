import { chmod, lstat, mkdir, rm } from "node:fs/promises";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { userInfo } from "node:os";
import { dirname } from "node:path";
import { messageOf, OutsideError, UserError } from "../model/errors.ts";
import { http } from "../system/node-http.ts";
import { LeaseLost } from "./lease-book.ts";
import type { AgentRequests, Answered, Refusal, RequestName, Sent } from "./protocol.ts";

export type Answers = {
  [Name in RequestName]: (sent: Sent<Name>) => Promise<Answered<Name>> | Answered<Name>;
};

// A release with the largest variables the kernel takes still fits; so does the request that is to be refused.
const LONGEST_BODY_BYTES = 67_108_864;

/** Listens on a unix socket that only this user may open. */
export async function openControl(socketPath: string, answers: Answers): Promise<Server> {
  const server = http.createServer((request, response) => {
    void answer(request, answers).then(
      (value) => send(response, 200, value),
      (thrown) => send(response, thrown instanceof UserError ? 409 : 500, refusalOf(thrown)),
    );
  });
  await mkdir(dirname(socketPath), { recursive: true, mode: 0o700 });
  await expectOwn(dirname(socketPath));
  await rm(socketPath, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(socketPath, resolve);
  });
  await chmod(socketPath, 0o600);
  return server;
}

/** In a shared temporary directory somebody else might have made it first, to stand between. */
async function expectOwn(directory: string): Promise<void> {
  const { uid, mode } = await lstat(directory);
  if (uid === userInfo().uid && (mode & 0o022) === 0) return;
  throw new UserError(`${directory} belongs to somebody else or may be written by others`);
}

async function answer(request: IncomingMessage, answers: Answers): Promise<unknown> {
  const path = (request.url ?? "").slice(1);
  const body = await readBody(request);
  // Loaded with the first request: a restarted agent serves users before it learns to judge commands.
  const { isRequest, judgeRequest } = await import("./requests.ts");
  if (!isRequest(path)) throw new UserError(`the agent has no request "${path}"`);
  const run = answers[path] as (sent: AgentRequests[RequestName][0]) => unknown;
  return await run(judgeRequest(path, body) as AgentRequests[RequestName][0]);
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LONGEST_BODY_BYTES) throw new UserError("the request to the agent is too large");
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString("utf8");
  try {
    return text === "" ? {} : (JSON.parse(text) as unknown);
  } catch {
    throw new UserError("the request to the agent is not JSON");
  }
}

function refusalOf(thrown: unknown): Refusal {
  const kind = thrown instanceof UserError ? "user" : thrown instanceof OutsideError ? "outside" : "bug";
  const { where, fix } = thrown instanceof UserError ? thrown : { where: undefined, fix: undefined };
  return {
    kind,
    message: messageOf(thrown),
    ...(where === undefined ? {} : { where }),
    ...(fix === undefined ? {} : { fix }),
    ...(thrown instanceof OutsideError && thrown.retryable ? { retryable: true } : {}),
    ...(thrown instanceof LeaseLost ? { leaseLost: true } : {}),
  };
}

function send(response: ServerResponse, status: number, value: unknown): void {
  const text = JSON.stringify(value ?? {});
  response.writeHead(status, { "content-type": "application/json" });
  response.end(text);
}
