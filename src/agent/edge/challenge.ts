import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { answerPlainly } from "./plain-answer.ts";

const PATH = /^\/\.well-known\/acme-challenge\/([A-Za-z0-9_-]{1,128})$/;

/**
 * Answers an authority that asks whether this name is ours (RFC 8555 section 8.3) with the file that its client has
 * put below the directory, as `certbot --webroot` does. False when the request asks something else.
 */
export function answerChallenge(
  request: IncomingMessage,
  response: ServerResponse,
  directory: string | undefined,
): boolean {
  const [, token] = PATH.exec(request.url ?? "") ?? [];
  if (directory === undefined || token === undefined) return false;
  const file = join(directory, ".well-known", "acme-challenge", token);
  readFile(file).then(
    (text) => {
      response.writeHead(200, { "content-type": "application/octet-stream", "content-length": text.length });
      response.end(text);
    },
    () => answerPlainly(response, 404),
  );
  return true;
}
