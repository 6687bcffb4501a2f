/** What a route gives back; the listener adds the headers that every answer has. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Buffer;
}

/** An expected refusal: becomes a JSON answer with this status. Thrown, so that it may end a transaction too. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;
  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.name = "Refusal";
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

export function json(status: number, value: unknown, headers: Answer["headers"] = {}): Answer {
  return {
    status,
    headers: { "content-type": "application/json; charset=utf-8", "cache-control": "no-store", ...headers },
    body: JSON.stringify(value, (_, each: unknown) => (typeof each === "bigint" ? Number(each) : each)),
  };
}

export function refuse(refusal: Refusal): Answer {
  return json(refusal.status, { error: refusal.code, message: refusal.message }, refusal.headers);
}

export function redirect(location: string, headers: Answer["headers"] = {}): Answer {
  return { status: 303, headers: { location, "cache-control": "no-store", ...headers } };
}
