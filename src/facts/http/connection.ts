import { messageOf } from "../../model/errors.ts";
import { defineFact } from "../../model/fact.ts";
import { addressOf, type HttpAddress } from "./address.ts";
import { type HttpOptions, htmlPaths } from "./options.ts";
import { requestsTo } from "./requests.ts";

/** The address accepts connections: the root of everything that is seen over HTTP or TLS. */
export const httpConnection = defineFact<HttpAddress, HttpOptions>({
  id: "http.connection",
  access: "read",
  reach: "application",
  timeoutMs: 5_000,
  attempts: 2,
  async collect(context) {
    const address = addressOf(context);
    const { hostname: host, port } = address;
    try {
      await context.doors.sockets.connect({ host, port, timeoutMs: 4_000, signal: context.signal });
    } catch (thrown) {
      throw new Error(`${address.origin} accepts no connection: ${messageOf(thrown)}`);
    }
    return address;
  },
});

/** What a proxy says when the application behind it does not answer. */
const NOBODY_BEHIND: ReadonlySet<number> = new Set([502, 503, 504]);

/** The address answers HTTP requests of this component. */
export const httpAnswer = defineFact<HttpAddress, HttpOptions>({
  id: "http.answer",
  access: "read",
  reach: "application",
  timeoutMs: 10_000,
  attempts: 2,
  async collect(context) {
    const address = await context.get(httpConnection);
    const { options } = context.subject;
    const path = htmlPaths(options)[0] ?? options.pages.api[0] ?? (address.base || "/");
    const { send } = requestsTo(context, address);
    const answer = await send({ path, timeoutMs: 8_000, maxBodyBytes: 1_024 }).catch((thrown: unknown) => {
      throw new Error(`${address.origin} does not answer GET ${path}: ${messageOf(thrown)}`);
    });
    if (NOBODY_BEHIND.has(answer.status)) {
      throw new Error(
        `${address.origin} answers GET ${path} with ${answer.status}: nothing behind it is ready`,
      );
    }
    return address;
  },
});
