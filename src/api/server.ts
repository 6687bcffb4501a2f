import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { messageOf, UserError } from "../model/errors.ts";
import { createApi } from "./api.ts";
import type { ApiSources } from "./sources.ts";

/** Answers requests for the API and its pages; whoever listens hands them on. */
export function apiListener(sources: ApiSources): RequestListener {
  const app = createApi(sources);
  return getRequestListener(app.fetch, { overrideGlobalObjects: false }) as RequestListener;
}

export interface ApiServer extends AsyncDisposable {
  /** "http://127.0.0.1:7676" */
  readonly url: string;
}

/** Listens by itself. Throws UserError when the port is taken. */
export async function serveApi(
  sources: ApiSources,
  { host, port }: { host: string; port: number },
): Promise<ApiServer> {
  const server = createServer(apiListener(sources));
  server.listen(port, host);
  try {
    await once(server, "listening");
  } catch (thrown) {
    throw new UserError(`cannot listen on ${host}:${port}: ${messageOf(thrown)}`, {
      fix: "watch: { listen: ... } in the declaration names another port",
    });
  }
  const address = server.address();
  const bound = typeof address === "object" && address ? address.port : port;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${bound}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
