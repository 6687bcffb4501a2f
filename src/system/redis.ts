import type { Redis, RedisSession } from "../model/doors.ts";
import { OutsideError } from "../model/errors.ts";
import type { Secret } from "../model/secret.ts";
import { isLoopbackName } from "./loopback-lookup.ts";
import { outsideFailure, withinTime } from "./outside-failure.ts";
import { redactionOf } from "./redaction.ts";

const DEFAULT_TIMEOUT_MS = 5_000;

export function openRedis(): Redis {
  return { open };
}

type OpenOptions = NonNullable<Parameters<Redis["open"]>[1]>;

async function open(address: Secret, options: OpenOptions = {}): Promise<RedisSession> {
  const url = URL.parse(address.reveal());
  if (!url || (url.protocol !== "redis:" && url.protocol !== "rediss:")) {
    throw new OutsideError("the address of Redis is not one of the form redis://user:password@host:port");
  }
  const host = url.host;
  const redact = redactionOf(address);
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  if (isLoopbackName(url.hostname)) url.hostname = "127.0.0.1";
  const { Redis: Client } = await import("ioredis");
  const client = new Client(url.toString(), connectionOptions(timeoutMs));
  let lastError: Error | undefined;
  client.on("error", (error: Error) => {
    lastError = error;
  });
  const asked = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await withinTime(
        { host, timeoutMs, signal: options.signal, onGiveUp: () => client.disconnect() },
        work,
      );
    } catch (thrown) {
      // "Connection is closed." hides why; the event before it tells.
      const isVague = thrown instanceof Error && /Connection is closed|isn't writeable/.test(thrown.message);
      throw outsideFailure(isVague ? (lastError ?? thrown) : thrown, host, redact);
    }
  };
  await asked(client.connect()).catch((thrown: unknown) => {
    client.disconnect();
    throw thrown;
  });
  return {
    command: (name, ...args) => asked(client.call(name, ...args.map(String))),
    bytes: (name, ...args) => {
      const given = args.map((each) => (typeof each === "object" ? Buffer.from(each) : String(each)));
      return asked(client.callBuffer(name, ...given));
    },
    async [Symbol.asyncDispose]() {
      client.disconnect();
    },
  };
}

function connectionOptions(timeoutMs: number) {
  return {
    lazyConnect: true,
    connectTimeout: timeoutMs,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    enableReadyCheck: false,
    connectionName: "gonogo",
    disableClientInfo: true,
    protocol: 2,
    replyMapping: "legacy",
  } as const;
}
