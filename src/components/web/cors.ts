import { httpAnswer } from "../../facts/http/connection.ts";
import { headerValue } from "../../facts/http/headers.ts";
import { htmlPaths } from "../../facts/http/options.ts";
import { requestsTo } from "../../facts/http/requests.ts";
import type { HttpResponse } from "../../model/doors.ts";
import { defineFact, NotObserved } from "../../model/fact.ts";
import type { WebOptions } from "./options.ts";

export interface CorsAnswer {
  readonly origin: string;
  readonly preflight: boolean;
  readonly status: number;
  readonly allowOrigin: string | undefined;
  readonly allowCredentials: boolean;
  readonly allowMethods: string | undefined;
  /** Seconds. */
  readonly maxAge: number | undefined;
  readonly vary: string | undefined;
}

export interface Cors {
  readonly path: string;
  /** An origin nobody declared, made up for this run. */
  readonly stranger: CorsAnswer;
  readonly strangerPreflight: CorsAnswer;
  readonly nullOrigin: CorsAnswer;
  /** A declared origin with something before or after it, as sloppy comparisons let through. */
  readonly lookalikes: readonly CorsAnswer[];
  readonly declared: readonly { readonly simple: CorsAnswer; readonly preflight: CorsAnswer }[];
}

/** The same path asked in the name of pages of other origins. */
export const webCors = defineFact<Cors, WebOptions>({
  id: "web.cors",
  access: "read",
  reach: "application",
  // Twice the longest wait that a limiter is granted.
  timeoutMs: 40_000,
  async collect(context) {
    const address = await context.get(httpAnswer);
    const { options } = context.subject;
    const { send } = requestsTo(context, address, { patient: true });
    const path = options.cors.path ?? options.pages.api[0] ?? htmlPaths(options)[0] ?? (address.base || "/");
    const ask = async (origin: string, preflight: boolean): Promise<CorsAnswer> => {
      const answer = await send({
        path,
        method: preflight ? "OPTIONS" : "GET",
        headers: {
          origin,
          ...(preflight && {
            "access-control-request-method": "POST",
            "access-control-request-headers": "content-type, authorization",
          }),
        },
        maxBodyBytes: 1_024,
      });
      // A limiter that stands before CORS sends none of its headers, whoever asks. nginx' limit_req says 503.
      if (answer.status === 429 || answer.status === 503)
        throw new NotObserved(`a rate limit answers ${path}: it hides which origins are let in`);
      return answerFrom(origin, preflight, answer);
    };
    const strange = `https://gonogo-${context.doors.random.hex(6)}.example`;
    const [stranger, strangerPreflight, nullOrigin] = [
      await ask(strange, false),
      await ask(strange, true),
      await ask("null", false),
    ];
    const origins = options.cors.origins.slice(0, 10);
    return {
      path,
      stranger,
      strangerPreflight,
      nullOrigin,
      lookalikes: await Promise.all(
        origins
          .slice(0, 1)
          .flatMap(lookalikesOf)
          .map((each) => ask(each, false)),
      ),
      declared: await Promise.all(
        origins.map(async (each) => ({ simple: await ask(each, false), preflight: await ask(each, true) })),
      ),
    };
  },
});

function lookalikesOf(origin: string): string[] {
  const { protocol, host } = new URL(origin);
  return [`${origin}.gonogo.example`, `${protocol}//gonogo${host}`];
}

function answerFrom(origin: string, preflight: boolean, answer: HttpResponse): CorsAnswer {
  const value = (name: string): string | undefined =>
    headerValue(answer.headerLines, `access-control-${name}`);
  const maxAge = Number(value("max-age") ?? Number.NaN);
  return {
    origin,
    preflight,
    status: answer.status,
    allowOrigin: value("allow-origin"),
    allowCredentials: value("allow-credentials")?.toLowerCase() === "true",
    allowMethods: value("allow-methods"),
    maxAge: Number.isNaN(maxAge) ? undefined : maxAge,
    vary: headerValue(answer.headerLines, "vary"),
  };
}
