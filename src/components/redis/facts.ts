import { messageOf, OutsideError } from "../../model/errors.ts";
import { defineFact, type Fact, type FactContext, NotObserved, Undeclared } from "../../model/fact.ts";
import type { Secret } from "../../model/secret.ts";
import type { RedisOptions } from "./options.ts";

type Context = FactContext<RedisOptions>;

/** The parts of an address that may be shown. */
export interface ServerAddress {
  readonly host: string;
  readonly port: number;
  readonly isLoopback: boolean;
  readonly isTls: boolean;
  /** "default" where the address names none. */
  readonly user: string;
}

export interface Reached {
  readonly reached: true;
  readonly variable: string;
  readonly address: ServerAddress;
  readonly tookMs: number;
  /** Fields of INFO by name. */
  readonly info: ReadonlyMap<string, string>;
}

/** A Redis that cannot be reached is an answer: one check says so, everything else rests on it. */
export type ConnectionSeen =
  | Reached
  | { readonly reached: false; readonly variable: string; readonly isSet: boolean; readonly reason: string };

export const connection: Fact<ConnectionSeen, RedisOptions> = defineFact({
  id: "redis.connection",
  access: "read",
  reach: "environment",
  collect: async ({ subject, doors, signal }) => {
    const { variable } = subject.options;
    const url = subject.variables.values.get(variable)?.value;
    if (!url && subject.variables.toBeSupplied?.has(variable)) {
      throw new NotObserved(`the first deploy supplies ${variable}`);
    }
    if (!url) {
      const reason = `${variable} is not set in ${subject.environment.name}`;
      return { reached: false, variable, isSet: false, reason };
    }
    const started = doors.clock.monotonicMs();
    try {
      const address = addressOf(url);
      await using session = await doors.redis.open(url, { signal });
      await session.command("PING");
      const tookMs = Math.round(doors.clock.monotonicMs() - started);
      const info = parseInfo(String(await session.command("INFO")));
      return { reached: true, variable, address, tookMs, info };
    } catch (thrown) {
      if (!(thrown instanceof OutsideError)) throw thrown;
      return { reached: false, variable, isSet: true, reason: `${variable}: ${messageOf(thrown)}` };
    }
  },
});

export function addressOf(url: Secret): ServerAddress {
  const parsed = URL.parse(url.reveal());
  if (!parsed || !/^rediss?:$/.test(parsed.protocol)) {
    throw new OutsideError("is not an address of the form redis://user:password@host:port");
  }
  const host = parsed.hostname.replace(/^\[|\]$/g, "") || "localhost";
  return {
    host,
    port: Number(parsed.port || 6379),
    isLoopback: /^(?:127(?:\.\d+){3}|::1)$/.test(host) || /(^|\.)localhost\.?$/i.test(host),
    isTls: parsed.protocol === "rediss:",
    user: decodeURIComponent(parsed.username) || "default",
  };
}

function parseInfo(text: string): ReadonlyMap<string, string> {
  const lines = text.split(/\r?\n/).filter((line) => line.includes(":"));
  return new Map(lines.map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1)]));
}

async function reached(context: Context): Promise<Reached & { readonly url: Secret }> {
  const found = await context.get(connection);
  if (!found.reached) throw new NotObserved(found.reason, connection.id);
  const url = context.subject.variables.values.get(found.variable)?.value;
  if (!url) throw new NotObserved(`${found.variable} is not set`, connection.id);
  return { ...found, url };
}

export const session: Fact<Reached, RedisOptions> = defineFact({
  id: "redis.session",
  access: "read",
  reach: "environment",
  collect: reached,
});

/** What becomes of somebody who knocks without a password. */
export const knock: Fact<"answered" | "refused" | "unclear", RedisOptions> = defineFact({
  id: "redis.knock",
  access: "read",
  reach: "environment",
  collect: async (context) => {
    const found = await context.get(connection);
    if (!found.reached) return "unclear";
    const { host, port, isTls } = found.address;
    const send = "PING\r\nQUIT\r\n";
    const answer = await context.doors.sockets
      .exchange({ host, port, tls: isTls, send, timeoutMs: 3_000, signal: context.signal })
      .catch(() => new Uint8Array());
    const text = new TextDecoder().decode(answer);
    if (text.startsWith("+PONG")) return "answered";
    return /^-(NOAUTH|DENIED|NOPERM|ERR)/.test(text) ? "refused" : "unclear";
  },
});

/** Lines of the `save` setting; undefined when this user may not ask. */
export const savePoints: Fact<string | undefined, RedisOptions> = defineFact({
  id: "redis.save-points",
  access: "read",
  reach: "environment",
  collect: async (context) => {
    const { url } = await reached(context);
    await using opened = await context.doors.redis.open(url, { signal: context.signal });
    const answer = await opened.command("CONFIG", "GET", "save").catch(() => undefined);
    return Array.isArray(answer) ? String(answer[1] ?? "") : undefined;
  },
});

const DANGEROUS: readonly (readonly [name: string, ...args: string[]])[] = [
  ["FLUSHALL"],
  ["CONFIG", "GET", "maxmemory"],
  ["DEBUG", "OBJECT", "gonogo"],
];

export interface Permission {
  readonly command: string;
  readonly isAllowed: boolean;
}

/**
 * Whether this user may run them, without running one: inside MULTI the server looks at permissions when a command
 * is queued, and DISCARD throws the queue away.
 */
export const permissions: Fact<readonly Permission[], RedisOptions> = defineFact({
  id: "redis.permissions",
  access: "read",
  reach: "environment",
  collect: async (context) => {
    const { url } = await reached(context);
    await using opened = await context.doors.redis.open(url, { signal: context.signal });
    const found: Permission[] = [];
    for (const [command, ...args] of DANGEROUS) {
      await opened.command("MULTI");
      const isAllowed = await opened.command(command, ...args).then(
        (answer) => answer === "QUEUED",
        (thrown: unknown) => {
          if (/NOPERM|unknown command|not allowed|disabled/i.test(messageOf(thrown))) return false;
          throw thrown;
        },
      );
      await opened.command("DISCARD");
      found.push({ command, isAllowed });
    }
    return found;
  },
});

/** Keys of one prefix, a sample. Their names are never kept: they may be session tokens or addresses of people. */
export interface Lifetimes {
  readonly prefix: string;
  readonly sampled: number;
  readonly withoutLimit: number;
  /** Milliseconds; zero when none has a limit. */
  readonly longestMs: number;
}

const SAMPLE_KEYS = 200;
const SCAN_ROUNDS = 50;

export const lifetimes: Fact<readonly Lifetimes[], RedisOptions> = defineFact({
  id: "redis.lifetimes",
  access: "read",
  reach: "application",
  timeoutMs: 30_000,
  collect: async (context) => {
    const prefixes = Object.keys(context.subject.options.keys);
    if (prefixes.length === 0) throw new Undeclared("no keys are declared");
    const { url } = await reached(context);
    await using opened = await context.doors.redis.open(url, { signal: context.signal });
    const found: Lifetimes[] = [];
    for (const prefix of prefixes) {
      const names = await sample((...args) => opened.command("SCAN", ...args), prefix);
      const times = await Promise.all(names.map(async (name) => Number(await opened.command("PTTL", name))));
      const living = times.filter((ms) => ms !== -2);
      found.push({
        prefix,
        sampled: living.length,
        withoutLimit: living.filter((ms) => ms === -1).length,
        longestMs: Math.max(0, ...living),
      });
    }
    return found;
  },
});

async function sample(
  scan: (...args: (string | number)[]) => Promise<unknown>,
  prefix: string,
): Promise<string[]> {
  const pattern = `${prefix.replace(/[\\*?[\]^]/g, "\\$&")}*`;
  const names = new Set<string>();
  let cursor = "0";
  for (let round = 0; round < SCAN_ROUNDS && names.size < SAMPLE_KEYS; round++) {
    const answer = (await scan(cursor, "MATCH", pattern, "COUNT", 1_000)) as [string, string[]];
    cursor = String(answer[0]);
    for (const name of answer[1]) names.add(name);
    if (cursor === "0") break;
  }
  return [...names].slice(0, SAMPLE_KEYS);
}
