import { z } from "zod";
import { KEY_SCOPES } from "../../../model/api-key.ts";
import { instant } from "./check.ts";

const head = { version: z.literal(1), launch: z.string() };

/** `gonogo key add --format json`. */
export const keyResult = z.object({
  ...head,
  kind: z.literal("key"),
  name: z.string(),
  scope: z.enum(KEY_SCOPES),
  key: z.string().describe("shown this once: only its hash is kept"),
});

/** `gonogo key --format json`, and after `revoke`: the keys there are, without what opens. */
export const keysResult = z.object({
  ...head,
  kind: z.literal("keys"),
  keys: z
    .array(
      z.object({
        name: z.string(),
        scope: z.enum(KEY_SCOPES),
        madeBy: z.string(),
        madeAt: instant,
        lastUsedAt: instant.nullable(),
        revokedAt: instant.nullable(),
      }),
    )
    .readonly()
    .describe("newest first"),
});

export type KeyRecord = z.infer<typeof keyResult> | z.infer<typeof keysResult>;
