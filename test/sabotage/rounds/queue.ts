import type { Sabotage } from "../sabotage.ts";

export const queue: readonly Sabotage[] = [
  {
    name: "let Redis forget jobs when it is full",
    changes: [{ redisLine: "maxmemory-policy noeviction", by: "maxmemory-policy allkeys-lru" }],
    turns: { "cache/redis.memory.policy": "failing" },
  },
  {
    name: "keep jobs in memory only",
    changes: [{ redisLine: "appendonly yes", by: "appendonly no" }],
    turns: { "cache/redis.persistence.matches-use": "warning" },
  },
  {
    name: "let the application flush and reconfigure Redis",
    changes: [{ redisLine: "-@dangerous -@admin", by: "+@dangerous" }],
    turns: { "cache/redis.danger-commands": "warning" },
  },
];
