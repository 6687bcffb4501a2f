import { defineComponent } from "../../model/component.ts";
import { connectionOkTlsAuth, dangerCommands, keyTtl, memoryPolicy } from "./checks.ts";
import { redisOptions } from "./options.ts";
import { persistenceMatchesUse } from "./persistence-check.ts";
import { provision } from "./provision.ts";

/** A Redis for queues, sessions or a cache: who may use it, what it does when it is full, what survives a restart. */
export const redis = defineComponent({
  kind: "redis",
  summary:
    "A Redis for queues, sessions or a cache: access, memory policy, persistence and lifetimes of keys.",
  options: redisOptions,
  variables: (options) => [
    {
      name: options.variable,
      is: { type: "url", protocols: ["redis:", "rediss:"] },
      required: true,
      secret: true,
      description: "Address of Redis: rediss://user:password@host:6379",
    },
  ],
  checks: [connectionOkTlsAuth, memoryPolicy, persistenceMatchesUse, dangerCommands, keyTtl],
  isBasis: true,
  probes: ({ variable }) => [
    {
      name: "up",
      title: "Redis takes connections and answers",
      consequence: "Queues stand still, sessions and limits are lost.",
      severity: "P0",
      every: "20s",
      probe: { type: "redis", variable },
    },
  ],
  provision,
  isSupplied: true,
});
