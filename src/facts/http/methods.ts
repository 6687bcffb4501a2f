import { defineFact } from "../../model/fact.ts";
import { httpAnswer } from "./connection.ts";
import type { HttpOptions } from "./options.ts";
import { htmlPaths } from "./options.ts";
import { requestsTo } from "./requests.ts";

export interface MethodAnswer {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** The answer repeats a header of the request. */
  readonly echoes: boolean;
}

const METHODS = ["TRACE", "TRACK", "GONOGO"];

/** How methods are met that no application means to serve. */
export const httpMethods = defineFact<readonly MethodAnswer[], HttpOptions>({
  id: "http.methods",
  access: "read",
  reach: "application",
  timeoutMs: 15_000,
  async collect(context) {
    const address = await context.get(httpAnswer);
    const mark = context.doors.random.hex(8);
    const path = htmlPaths(context.subject.options)[0] ?? (address.base || "/");
    const answers = await requestsTo(context, address).sendAll(
      METHODS.map((method) => ({ method, path, headers: { "x-gonogo-mark": mark }, fresh: true })),
    );
    return answers.map(({ status, body }, index) => ({
      method: METHODS[index] ?? "",
      path,
      status,
      echoes: new TextDecoder().decode(body).includes(mark),
    }));
  },
});
