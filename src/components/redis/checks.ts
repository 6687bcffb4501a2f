import { defineCheck } from "../../model/check.ts";
import { durationMs, formatDuration } from "../../model/duration.ts";
import { fail, notApplicable, type Outcome, pass, unknown } from "../../model/outcome.ts";
import { quantity } from "../../model/quantity.ts";
import { formatSize } from "../../model/size.ts";
import { ways } from "../../model/ways.ts";
import { connection, knock, type Lifetimes, lifetimes, permissions, session } from "./facts.ts";

export const connectionOkTlsAuth = defineCheck({
  id: "redis.connection.ok-tls-auth",
  title: "Redis answers the application, and nobody without a password",
  consequence: "Jobs and sessions stop, or whoever reaches the port reads and deletes them.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1h",
  every: "1m",
  asks: ways(`
    Redis configured | set up production Redis | Redis connection works | REDIS_URL set
    Redis password protected | Redis TLS | Redis connection tested | Redis password set | Redis credentials
    Redis | Redis available | Redis connection | Redis health | Redis is running
    Redis reachable | Redis cache configured | Redis connected | Redis connection verified
    connection to Redis works | Redis secured with password | Redis cache working | Redis instance ready
    production Redis instance created | Redis deployed | Redis installed and running
    Redis password authentication enabled | Redis TLS enabled | requirepass set | Redis requirepass
    Redis ping returns PONG | cache connection works
    provision Redis instance | Redis connection variables set
    Redis asks for a password | Redis connection string
    Redis for caching and sessions | Upstash Redis database created
    Redis AUTH token and encryption in transit | ElastiCache in-transit encryption | ElastiCache AUTH token
    Redis needs a password | application connects to Redis | rediss URL and password | rediss://
    Redis connection from workers | cache connection healthy
    Redis broker configured | no Redis connection errors | Redis connection errors zero
    Redis connection failures | no connection errors to Redis | Redis cluster created | Redis cluster
    ElastiCache cluster created | ElastiCache Redis | Redis cluster running | Redis plugin added
    Redis add-on provisioned | Redis service added
  `),
  source: "https://redis.io/docs/latest/operate/oss_and_stack/management/security/",
  needs: { connection, knock },
  run({ connection: found, knock: knocked }, { environment }): Outcome {
    if (!found.reached) {
      return fail(found.isSet ? "Redis cannot be used" : `${found.variable} is not set`, {
        expected: `${found.variable} leads to a Redis that answers`,
        found: found.reason,
        fix: found.isSet
          ? fixOf(found.reason, found.variable)
          : `Set ${found.variable} for ${environment.name} to rediss://user:password@host:6379`,
      });
    }
    const { address, info, tookMs, variable } = found;
    const version = info.get("redis_version") ?? "of unknown version";
    const measured = { version, connectMs: tookMs, tls: address.isTls };
    if (!address.isLoopback && !address.isTls) {
      return fail("the application talks to Redis in the clear", {
        expected: "rediss:// for a Redis on another machine",
        found: `redis:// to ${address.host}`,
        fix: `Switch TLS on at the server and use rediss:// in ${variable}`,
        measured,
      });
    }
    if (knocked === "answered") {
      return fail("Redis answers without a password", {
        expected: "NOAUTH for whoever gives no password",
        found: `PING without a password was answered by ${address.host}:${address.port}`,
        fix: `ACL SETUSER app on >... ~* &* +@all -@dangerous +info, then ACL SETUSER default off, and put that user into ${variable}`,
        measured,
      });
    }
    if (knocked === "unclear")
      return unknown(
        "what becomes of whoever gives no password could not be told: the connection ended without an answer",
      );
    return pass(`Redis ${version} answered in ${tookMs} ms`, measured);
  },
});

function fixOf(reason: string, variable: string): string {
  if (/WRONGPASS|NOAUTH|invalid password/.test(reason)) return `Correct user and password in ${variable}`;
  if (/NOPERM/.test(reason)) return "Let the user run INFO: ACL SETUSER <user> +info";
  if (/refused the connection/.test(reason)) return `Start Redis, or correct host and port in ${variable}`;
  if (/LOADING/.test(reason)) return "Wait until Redis has read its data, then check again";
  return `Check that ${variable} is right and that Redis accepts connections from this machine`;
}

export const memoryPolicy = defineCheck({
  id: "redis.memory.policy",
  title: "Redis has a memory limit, and what it does there fits what it holds",
  consequence: "A full Redis silently throws jobs away, refuses every write, or takes the machine's memory.",
  severity: "blocker",
  phase: "staging",
  freshFor: "1d",
  every: "1h",
  asks: ways(`
    Redis maxmemory policy set | Redis eviction policy | allkeys-lru
    Redis memory limit | Redis maxmemory | eviction policy configured
    cache memory limits | Redis memory | maxmemory-policy | maxmemory set | Redis memory policy
    noeviction on the queue Redis | memory limit of Redis
    noeviction | eviction policy for cache and queue | Redis cannot use all RAM
    Redis memory limit suits the workload | ElastiCache memory limit
  `),
  source: "https://redis.io/docs/latest/develop/reference/eviction/",
  figures: { eviction: { quality: "policy", keeps: "the same" } },
  needs: { session },
  run({ session: { info } }, { options: { use } }): Outcome {
    const limit = Number(info.get("maxmemory") ?? Number.NaN);
    const policy = info.get("maxmemory_policy");
    if (Number.isNaN(limit) || policy === undefined)
      return unknown("INFO tells neither maxmemory nor its policy");
    const measured = { maxmemoryBytes: limit, policy, usedBytes: Number(info.get("used_memory") ?? 0) };
    const isQueue = use !== "cache";
    const wanted = isQueue ? "noeviction" : "allkeys-lru";
    if (isQueue ? policy !== "noeviction" : !policy.startsWith("allkeys-")) {
      return fail(policyTrouble(isQueue, policy), {
        expected: isQueue ? "maxmemory-policy noeviction" : "maxmemory-policy allkeys-lru or allkeys-lfu",
        found: `maxmemory-policy ${policy}`,
        fix: `CONFIG SET maxmemory-policy ${wanted}${use === "both" ? ", and keep the cache in a Redis of its own" : ""}`,
        measured,
      });
    }
    if (limit === 0) {
      return fail("Redis has no memory limit", {
        expected: "maxmemory below the machine's memory",
        found: "maxmemory 0 (as much as there is)",
        fix: "CONFIG SET maxmemory 256mb, and the same in redis.conf",
        measured,
      });
    }
    return pass(`${policy} at ${formatSize(limit)}`, measured);
  },
});

function policyTrouble(isQueue: boolean, policy: string): string {
  if (isQueue) return "a full Redis throws away data that must not be lost";
  return policy === "noeviction"
    ? "a full cache refuses every write"
    : "keys without a time limit are never given up";
}

export const dangerCommands = defineCheck({
  id: "redis.danger-commands",
  title: "The application cannot delete everything or reconfigure Redis",
  consequence: "One injected command or one mistake in a console empties every queue and session.",
  severity: "warning",
  phase: "staging",
  freshFor: "1d",
  every: "6h",
  asks: ways(`
    FLUSHALL disabled | dangerous Redis commands disabled | Redis ACL for the application
    dangerous commands renamed | FLUSHALL and CONFIG renamed | Rename CONFIG command
    application cannot wipe Redis | ACL restricts admin commands
    dangerous commands disabled | Redis user without admin commands
    rename-command FLUSHALL | application cannot flush Redis | ACL for Redis users
    dangerous commands denied for the app user | FLUSHALL and CONFIG blocked | app user limited by ACL
  `),
  source: "https://redis.io/docs/latest/operate/oss_and_stack/management/security/acl/",
  needs: { session, permissions },
  run({ session: { address }, permissions: asked }) {
    const allowed = asked.filter(({ isAllowed }) => isAllowed).map(({ command }) => command);
    if (allowed.length === 0)
      return pass(`${asked.map(({ command }) => command).join(", ")} refused to ${address.user}`);
    return fail(`${address.user} may run ${allowed.join(", ")}`, {
      expected: "refused (NOPERM)",
      found: `${allowed.join(", ")} would be run`,
      fix: `ACL SETUSER ${address.user} ${allowed.map((command) => `-${command.toLowerCase()}`).join(" ")}, and the same in the server's ACL file`,
      findings: allowed,
    });
  },
});

export const keyTtl = defineCheck({
  id: "redis.key.ttl",
  title: "Keys live as long as declared",
  consequence: "Keys without an end pile up until Redis is full; sessions outlive the log-out.",
  severity: "warning",
  phase: "production",
  freshFor: "1d",
  every: "1h",
  asks: ways(`
    Redis keys have TTL | cache entries expire | cache TTL configured
    session expiry in Redis | cache expiration | cache TTLs set
    TTL set on cache keys | Redis-backed sessions with TTL | session TTL configured | counters expire
    cache with a lifetime | cache keys with expiry | keys without expiry | every Redis key expires
    Redis keys expire | cached values expire | Redis keys expiry
  `),
  needs: { lifetimes },
  run({ lifetimes: found }, { options: { keys } }) {
    const sampled = found.reduce((sum, each) => sum + each.sampled, 0);
    if (sampled === 0) return notApplicable("there is no key of a declared prefix yet");
    const told = found.flatMap((each) => troubleOf(each, keys[each.prefix] ?? "none"));
    const measured = { sampledKeys: sampled };
    if (told.length === 0) return pass(`${quantity(sampled, "key")} looked at`, measured);
    return fail(`keys of ${told.length} of ${found.length} prefixes live longer than declared`, {
      expected: Object.entries(keys)
        .map(([prefix, limit]) => `${prefix}* ${limit === "none" ? "for ever" : `at most ${limit}`}`)
        .join(", "),
      found: told.map(({ text }) => text).join("; "),
      fix: "Give the time with the write (SET key value EX seconds) in the code that writes these keys",
      findings: told.map(({ prefix }) => prefix),
      measured,
    });
  },
});

/** A key that was just read may have been given its time a moment ago. */
const SLACK_MS = 1_000;

function troubleOf(
  found: Lifetimes,
  limit: Parameters<typeof durationMs>[0] | "none",
): { prefix: string; text: string }[] {
  const { prefix, sampled, withoutLimit, longestMs } = found;
  if (limit === "none") return [];
  if (withoutLimit > 0) return [{ prefix, text: `${prefix}*: ${withoutLimit} of ${sampled} have no end` }];
  return longestMs > durationMs(limit) + SLACK_MS
    ? [{ prefix, text: `${prefix}*: up to ${formatDuration(longestMs)}` }]
    : [];
}
