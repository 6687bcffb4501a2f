import { httpConnection } from "../../facts/http/connection.ts";
import { headerValue } from "../../facts/http/headers.ts";
import { masked, withoutQuery } from "../../facts/http/masking.ts";
import { isHtml, type Page, pageFrom } from "../../facts/http/page.ts";
import { requestsTo } from "../../facts/http/requests.ts";
import { defineFact } from "../../model/fact.ts";
import type { Variables } from "../../model/variable.ts";
import { USUAL_READY, type WebOptions } from "./options.ts";

export interface Probe {
  readonly path: string;
  readonly status: number;
  readonly tookMs: number;
  readonly location: string | undefined;
  readonly isHtml: boolean;
  /** At most 4 KiB, secrets masked. */
  readonly text: string;
}

export interface Health {
  readonly health: Probe;
  /** Undefined: none is declared, and the usual path is no page of its own. */
  readonly ready: Probe | undefined;
}

const MAX_BODY_BYTES = 4_096;
/** An answer that takes longer is asked for again: once may be the machine, or the check's own other probes. */
export const SLOW_MS = 1_000;
const MORE_TRIES = 2;

/** Both questions asked as an orchestrator would: from outside, on new connections, no redirect followed. */
export const webHealth = defineFact<Health, WebOptions>({
  id: "web.health",
  access: "read",
  reach: "application",
  attempts: 2,
  async collect(context) {
    const address = await context.get(httpConnection);
    const { health, ready } = context.subject.options;
    const { send } = requestsTo(context, address);
    const quickest = async (path: string): Promise<Probe> => {
      let answer = await send({ path, fresh: true, maxBodyBytes: MAX_BODY_BYTES });
      for (let tries = 0; tries < MORE_TRIES && answer.tookMs > SLOW_MS; tries++) {
        const again = await send({ path, fresh: true, maxBodyBytes: MAX_BODY_BYTES });
        if (again.tookMs < answer.tookMs || again.status !== answer.status) answer = again;
      }
      return probeFrom(pageFrom("api", path, answer), context.subject.variables);
    };
    const [first, second] = await Promise.all([quickest(health), quickest(ready ?? USUAL_READY)]);
    return { health: first, ready: ready === undefined && !isAnswered(second) ? undefined : second };
  },
});

/** Whether somebody wrote an answer for a path: a front end's fallback, a login and a "not found" are for every path. */
function isAnswered({ status, isHtml: isPage }: Probe): boolean {
  return !isPage && !(status >= 300 && status < 400) && ![401, 403, 404, 405].includes(status);
}

function probeFrom(page: Page, variables: Variables): Probe {
  const location = headerValue(page.headers, "location");
  return {
    path: page.path,
    status: page.status,
    tookMs: page.tookMs,
    location: location === undefined ? undefined : withoutQuery(location),
    isHtml: isHtml(page),
    text: masked(page.text, variables),
  };
}
