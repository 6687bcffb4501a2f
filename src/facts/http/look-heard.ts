import { z } from "zod";
import type { Heard } from "./browser-drive.ts";
import { withoutQuery } from "./masking.ts";

const LONGEST = 160;

const text = z.string().optional();
const exceptionShape = z.looseObject({
  exceptionDetails: z.looseObject({
    text: z.string(),
    exception: z.looseObject({ description: text, value: z.unknown().optional() }).optional(),
  }),
});
const consoleShape = z.looseObject({
  type: z.string(),
  args: z.array(z.looseObject({ value: z.unknown().optional(), description: text })),
});
const entryShape = z.looseObject({
  entry: z.looseObject({ source: z.string(), level: z.string(), text: z.string() }),
});
const answerShape = z.looseObject({ response: z.looseObject({ url: z.string(), status: z.number() }) });
const requestShape = z.looseObject({ requestId: z.string(), request: z.looseObject({ url: z.string() }) });
const failureShape = z.looseObject({
  requestId: z.string(),
  errorText: z.string(),
  canceled: z.boolean().optional(),
  blockedReason: text,
});

/** What a page told of errors, each as one line without the query of any address. */
export function errorsIn(
  heard: readonly Heard[],
  { origin, mask }: { origin: string; mask: (text: string) => string },
): string[] {
  const asked = new Map<string, string>();
  const brief = (words: string): string => briefly(mask(words));
  return heard.flatMap(({ method, params }): string[] => {
    switch (method) {
      case "Network.requestWillBeSent": {
        const { requestId, request } = requestShape.parse(params);
        asked.set(requestId, request.url);
        return [];
      }
      case "Network.responseReceived": {
        const { url, status } = answerShape.parse(params).response;
        // A browser asks for it without being told to, and once for many pages: page.icons asks about it.
        if (url === `${origin}/favicon.ico`) return [];
        return status >= 400 ? [`${brief(shown(url, origin))} answers ${status}`] : [];
      }
      case "Network.loadingFailed": {
        const { requestId, errorText, canceled, blockedReason } = failureShape.parse(params);
        // What a policy blocks is told by the log, in its own words.
        if (canceled || blockedReason === "csp" || !asked.has(requestId)) return [];
        return [`${brief(shown(asked.get(requestId) ?? "", origin))} does not load: ${errorText}`];
      }
      case "Runtime.exceptionThrown": {
        const { text: words, exception } = exceptionShape.parse(params).exceptionDetails;
        return [`${words}: ${brief(exception?.description ?? String(exception?.value ?? ""))}`];
      }
      case "Runtime.consoleAPICalled": {
        const { type, args } = consoleShape.parse(params);
        if (type !== "error" && type !== "assert") return [];
        return [
          `console.${type}: ${brief(args.map((each) => String(each.value ?? each.description ?? "")).join(" "))}`,
        ];
      }
      case "Log.entryAdded": {
        const { source, level, text: words } = entryShape.parse(params).entry;
        // Failed requests are told by the network with their status.
        return level === "error" && source !== "network" ? [`${source}: ${brief(words)}`] : [];
      }
      default:
        return [];
    }
  });
}

/** An address without its query; one of the page's own origin by its path. */
export function shown(url: string, origin: string): string {
  const bare = url.startsWith("data:") ? "data:" : withoutQuery(url);
  return bare.startsWith(`${origin}/`) ? bare.slice(origin.length) : bare;
}

function briefly(words: string): string {
  const line = (words.split("\n")[0] ?? "").replaceAll(/(https?:\/\/[^\s?#"']+)[?#][^\s"']*/g, "$1");
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}...` : line;
}

const endShape = z.looseObject({ requestId: z.string(), encodedDataLength: z.number() });

/** Bytes on the wire by address, with the head of each answer. */
export function bytesIn(heard: readonly Heard[]): ReadonlyMap<string, number> {
  const asked = new Map<string, string>();
  const bytes = new Map<string, number>();
  for (const { method, params } of heard) {
    if (method === "Network.requestWillBeSent") {
      const { requestId, request } = requestShape.parse(params);
      asked.set(requestId, request.url);
    } else if (method === "Network.loadingFinished") {
      const { requestId, encodedDataLength } = endShape.parse(params);
      const url = asked.get(requestId) ?? "";
      bytes.set(url, Math.max(encodedDataLength, bytes.get(url) ?? 0));
    }
  }
  return bytes;
}
