import { httpAnswer } from "../../facts/http/connection.ts";
import { headerValue } from "../../facts/http/headers.ts";
import { httpPages, isRedirect, resolveUrl } from "../../facts/http/pages.ts";
import { type Ask, requestsTo } from "../../facts/http/requests.ts";
import type { HttpResponse } from "../../model/doors.ts";
import { defineFact, NotObserved } from "../../model/fact.ts";
import { DOC_SUSPECTS, GRAPHQL_PATHS, INTROSPECTED, INTROSPECTION } from "./api-doc-suspects.ts";
import type { WebOptions } from "./options.ts";

export interface OpenDoc {
  readonly path: string;
  readonly what: string;
  readonly isConsole: boolean;
}

export interface ApiDocs {
  readonly open: readonly OpenDoc[];
  /** Different addresses that were asked. */
  readonly asked: number;
  /** Introspection was asked with POST too, as most servers want it. */
  readonly posted: boolean;
}

const PAUSE_MS = 1_000;
const HEAD_BYTES = 262_144;
const MAX_REDIRECTS = 2;

/** What describes the API, or shows its inside, to somebody without credentials. */
export const webApiDocs = defineFact<ApiDocs, WebOptions>({
  id: "web.api-docs",
  access: "read",
  reach: "application",
  timeoutMs: 60_000,
  sends: "GET requests for the usual places of API documentation and consoles, and GraphQL's introspection",
  async collect(context) {
    const address = await context.get(httpAnswer);
    const { environment, options } = context.subject;
    const { list } = await context.get(httpPages);
    // An app that answers every path with the same page shows nothing that was asked for.
    const usual = new Set(
      list.filter(({ kind, path }) => kind === "not found" || path === "/").map(({ text }) => text),
    );
    const requests = requestsTo(context, address, { patient: true });
    const at = (path: string): string => `${address.base}${path}`;

    async function ask(question: Ask, isSecondTime = false): Promise<string> {
      let answer: HttpResponse = await requests.send({ maxBodyBytes: HEAD_BYTES, ...question });
      for (let hops = 0; hops < MAX_REDIRECTS && isRedirect(answer.status); hops++) {
        const to = resolveUrl(headerValue(answer.headerLines, "location") ?? "", answer.url);
        if (to?.origin !== new URL(answer.url).origin || /log-?in|sign-?in|auth/i.test(to.pathname))
          return "";
        answer = await requests.send({
          ...question,
          maxBodyBytes: HEAD_BYTES,
          path: to.pathname + to.search,
        });
      }
      // nginx' limit_req says 503 unless it is told otherwise, and an instance that comes back says so for a moment.
      if (answer.status === 503 && !isSecondTime) {
        await context.doors.clock.delay(PAUSE_MS, context.signal);
        return ask(question, true);
      }
      if (answer.status === 429 || answer.status === 503)
        throw new NotObserved(`a rate limit answers ${question.path}: it hides whether anything is open`);
      const text = Buffer.from(answer.body).toString("utf8");
      return answer.status === 200 && !usual.has(text) ? text : "";
    }

    const own = options.apiDocs.paths;
    const paths = [...new Set([...DOC_SUSPECTS.flatMap((suspect) => suspect.paths.map(at)), ...own])];
    const posts = environment.allows.includes("active");
    const introspections = [...new Set([...GRAPHQL_PATHS.map(at), ...own])].flatMap((path): Ask[] => [
      {
        path: `${path}?query=${encodeURIComponent(INTROSPECTION)}`,
        headers: { accept: "application/json", "apollo-require-preflight": "true" },
      },
      ...(posts
        ? [
            {
              path,
              method: "POST",
              headers: { accept: "application/json", "content-type": "application/json" },
              body: JSON.stringify({ query: INTROSPECTION }),
            },
          ]
        : []),
    ]);
    const texts = await inLanes(paths, async (path) => ({
      path,
      text: await ask({ path, headers: { accept: "text/html, application/json, */*" } }),
    }));
    const schemas = await inLanes(introspections, async (question) => ({
      path: question.path.split("?")[0] ?? "",
      text: await ask(question),
    }));
    const open = [
      ...texts.flatMap(({ path, text }) => docsIn(path, text, own.includes(path), at)),
      ...schemas.flatMap(({ path, text }) =>
        INTROSPECTED.test(text) ? [{ path, what: "GraphQL's introspection", isConsole: false }] : [],
      ),
    ];
    const unlike = open.filter(
      (each, index) => open.findIndex(({ path, what }) => path === each.path && what === each.what) === index,
    );
    return { open: unlike, asked: paths.length + GRAPHQL_PATHS.length, posted: posts };
  },
});

function docsIn(path: string, text: string, isOwn: boolean, at: (path: string) => string): OpenDoc[] {
  const found =
    text === ""
      ? undefined
      : DOC_SUSPECTS.find(({ paths, magic }) => (isOwn || paths.map(at).includes(path)) && magic.test(text));
  return found ? [{ path, what: found.what, isConsole: found.isConsole }] : [];
}

async function inLanes<From, To>(all: readonly From[], one: (each: From) => Promise<To>): Promise<To[]> {
  const found = new Array<To>(all.length);
  const queue = all.entries();
  const lane = async (): Promise<void> => {
    for (const [index, each] of queue) found[index] = await one(each);
  };
  await Promise.all(Array.from({ length: 6 }, lane));
  return found;
}
