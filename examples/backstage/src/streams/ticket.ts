import { SignJWT } from "jose";
import type { Settings } from "../settings.ts";

export const TICKET_SECONDS = 1_200;

export interface Ticket {
  readonly host: string;
  /** Opens the LiveKit room of this stream only, and only to listen unless it is the creator's. */
  readonly live: string;
  /** Who somebody is in the chat. */
  readonly chat: string;
  readonly seconds: number;
}

/** Tokens as LiveKit (grants in "video") and GetStream ("user_id") publish them, good for twenty minutes. */
export async function ticketFor(
  { live, chat }: Pick<Settings, "live" | "chat">,
  { personId, streamId, isCreator }: { personId: string; streamId: string; isCreator: boolean },
): Promise<Ticket> {
  const sign = (claims: Record<string, unknown>, secret: string) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: "HS256", typ: "JWT" })
      .setIssuedAt()
      .setExpirationTime(`${TICKET_SECONDS}s`)
      .sign(new TextEncoder().encode(secret));
  const video = { room: streamId, roomJoin: true, canPublish: isCreator, canSubscribe: true };
  return {
    host: live.host,
    live: await sign({ iss: live.key, sub: personId, video }, live.secret),
    chat: await sign({ user_id: personId }, chat.secret),
    seconds: TICKET_SECONDS,
  };
}
