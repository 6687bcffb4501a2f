import { defineFact } from "../../model/fact.ts";
import { httpAnswer } from "./connection.ts";
import { headerValue } from "./headers.ts";
import type { HttpOptions } from "./options.ts";
import { isText } from "./page.ts";
import { httpPages } from "./pages.ts";
import { requestsTo } from "./requests.ts";

export interface Compressible {
  readonly label: string;
  readonly plainBytes: number;
  readonly sentBytes: number;
  readonly encoding: string | undefined;
  readonly vary: string | undefined;
}

/** Smaller answers gain nothing: they fit into one packet as they are. */
const WORTH_BYTES = 1_024;

/** Every text of some size, asked for again by a client that takes compressed answers. */
export const httpCompression = defineFact<readonly Compressible[], HttpOptions>({
  id: "http.compression",
  access: "read",
  reach: "application",
  timeoutMs: 30_000,
  async collect(context) {
    const address = await context.get(httpAnswer);
    const { list } = await context.get(httpPages);
    const big = list.filter(
      (page) => page.status === 200 && isText(page) && page.sizeBytes > WORTH_BYTES && page.kind !== "error",
    );
    const answers = await requestsTo(context, address).sendAll(
      big.map(({ path }) => ({ path, headers: { "accept-encoding": "gzip, br, zstd" } })),
    );
    return answers.map(({ headerLines, body }, index) => ({
      label: big[index]?.label ?? "",
      plainBytes: big[index]?.sizeBytes ?? 0,
      sentBytes: body.byteLength,
      encoding: headerValue(headerLines, "content-encoding"),
      vary: headerValue(headerLines, "vary"),
    }));
  },
});
