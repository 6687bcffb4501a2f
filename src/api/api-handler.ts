import type { ListenerAnswer, ListenerHandler, ListenerRequest } from "../system/http-listener.ts";
import { createApi } from "./api.ts";
import type { ApiSources } from "./sources.ts";

const MOST_BODY_BYTES = 65_536;
const WITHOUT_BODY = ["GET", "HEAD"];

/** Answers whatever nobody before it has: the API and its pages. */
export function apiHandler(sources: ApiSources): ListenerHandler {
  const app = createApi(sources);
  return async (asked) => answerOf(await app.fetch(await requestOf(asked)));
}

async function requestOf({
  method,
  path,
  query,
  headers,
  readText,
  signal,
}: ListenerRequest): Promise<Request> {
  const host = [headers.host].flat()[0] ?? "localhost";
  const url =
    URL.parse(`http://${host}${path}${query === "" ? "" : `?${query}`}`) ??
    new URL(`http://localhost${path}`);
  const given = new Headers();
  for (const [name, values] of Object.entries(headers)) {
    for (const value of [values].flat()) if (value !== undefined) given.append(name, value);
  }
  const body = WITHOUT_BODY.includes(method) ? null : await readText(MOST_BODY_BYTES);
  return new Request(url, { method, headers: given, body, signal });
}

async function answerOf(response: Response): Promise<ListenerAnswer> {
  const { status } = response;
  const headers = Object.fromEntries(response.headers);
  const isStream =
    headers["content-type"]?.startsWith("text/event-stream") === true && response.body !== null;
  const body = isStream
    ? response.body.pipeThrough(new TextDecoderStream())
    : new Uint8Array(await response.arrayBuffer());
  return { status, headers, body };
}
