import { UserError } from "../../../model/errors.ts";

/** What a server asks for before it lets somebody in (PostgreSQL manual, "Message Formats"). */
export type StartupAnswer =
  | { readonly kind: "asks"; readonly method: "nothing" | "password" | "md5" | "scram-sha-256" | "other" }
  | { readonly kind: "refused"; readonly message: string }
  | { readonly kind: "unclear" };

const PROTOCOL_3 = 196_608;

/**
 * A start-up message without TLS, and behind it a goodbye, so that the server hangs up at once instead of waiting
 * for a password. Throws UserError on a name that the protocol cannot carry.
 */
export function startupMessage(login: { user: string; database: string }): Uint8Array {
  const texts = ["user", login.user, "database", login.database, "application_name", "gonogo"];
  if (texts.some((text) => text.includes("\0")))
    throw new UserError("a role or database name holds a zero byte");
  const body = new TextEncoder().encode(`${texts.join("\0")}\0\0`);
  const message = new Uint8Array(8 + body.length + 5);
  const view = new DataView(message.buffer);
  view.setUint32(0, 8 + body.length);
  view.setUint32(4, PROTOCOL_3);
  message.set(body, 8);
  message.set([88, 0, 0, 0, 4], 8 + body.length);
  return message;
}

export function authenticationAsked(answer: Uint8Array): StartupAnswer {
  const view = new DataView(answer.buffer, answer.byteOffset, answer.byteLength);
  const type = String.fromCharCode(answer[0] ?? 0);
  if (type === "R" && answer.length >= 9) return { kind: "asks", method: methodOf(view.getUint32(5)) };
  if (type !== "E" || answer.length < 6) return { kind: "unclear" };
  const end = Math.min(answer.length, 1 + view.getUint32(1));
  const fields = new TextDecoder().decode(answer.subarray(5, end)).split("\0");
  const message = fields.find((field) => field.startsWith("M"))?.slice(1);
  return { kind: "refused", message: message ?? "refused" };
}

function methodOf(code: number): "nothing" | "password" | "md5" | "scram-sha-256" | "other" {
  switch (code) {
    case 0:
      return "nothing";
    case 3:
      return "password";
    case 5:
      return "md5";
    case 10:
      return "scram-sha-256";
    default:
      return "other";
  }
}
