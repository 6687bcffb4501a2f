/** A mistake the user can mend: says what is wrong, where, and what to do. Exit code 2, no stack. */
export class UserError extends Error {
  readonly where: string | undefined;
  readonly fix: string | undefined;
  constructor(what: string, detail: { where?: string; fix?: string; cause?: unknown } = {}) {
    super(what, { cause: detail.cause });
    this.name = "UserError";
    this.where = detail.where;
    this.fix = detail.fix;
  }
}

/** Something outside answered badly or not at all. `retryable` says whether asking again may help. */
export class OutsideError extends Error {
  readonly host: string | undefined;
  readonly status: number | undefined;
  readonly retryable: boolean;
  /** How long the other side asked us to wait (Retry-After). */
  readonly retryAfterMs: number | undefined;
  constructor(
    what: string,
    detail: {
      host?: string;
      status?: number;
      retryable?: boolean;
      retryAfterMs?: number | undefined;
      cause?: unknown;
    } = {},
  ) {
    super(what, { cause: detail.cause });
    this.name = "OutsideError";
    this.host = detail.host;
    this.status = detail.status;
    this.retryable = detail.retryable ?? false;
    this.retryAfterMs = detail.retryAfterMs;
  }
}

/** What failed first where the ending of several things failed after it, often for the same reason. */
export function firstFailure(thrown: unknown): unknown {
  return thrown instanceof SuppressedError ? firstFailure(thrown.suppressed) : thrown;
}

/** One line for people from whatever was thrown. Never prints a stack. */
export function messageOf(thrown: unknown): string {
  if (thrown instanceof AggregateError && thrown.errors.length > 0) {
    return thrown.errors.map(messageOf).join("; ");
  }
  if (thrown instanceof SuppressedError) return messageOf(firstFailure(thrown));
  if (thrown instanceof Error) return thrown.message || thrown.name;
  return String(thrown);
}
