import type { Context } from "hono";
import { messageOf } from "../model/errors.ts";

/** Thrown by a route that cannot answer: becomes `{ error, fix }` with its status. */
export class ApiProblem extends Error {
  readonly status: 400 | 404 | 409;
  readonly fix: string | undefined;
  constructor(status: ApiProblem["status"], message: string, fix?: string) {
    super(message);
    this.name = "ApiProblem";
    this.status = status;
    this.fix = fix;
  }
}

export function answerProblem(thrown: unknown, context: Context): Response {
  if (!(thrown instanceof ApiProblem)) return context.json({ error: messageOf(thrown) }, 500);
  const { message: error, fix, status } = thrown;
  return context.json({ error, ...(fix !== undefined && { fix }) }, status);
}
