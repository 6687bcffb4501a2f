import type { z } from "@hono/zod-openapi";
import { errorShape } from "./shapes.ts";

/** The answers every route that needs a key may give, for the OpenAPI document. */
export const DENIED = {
  401: json(errorShape, "No key was shown, or one that opens nothing"),
  403: json(errorShape, "The key may only look"),
} as const;

export const MISSING = { 404: json(errorShape, "There is no such thing") } as const;

export const KEYED = [{ key: [] as string[] }];

export function json<Shape extends z.ZodType>(schema: Shape, description: string) {
  return { content: { "application/json": { schema } }, description };
}
