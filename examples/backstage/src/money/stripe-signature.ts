import { createHmac, timingSafeEqual } from "node:crypto";

const TOLERANCE_SECONDS = 300;

/**
 * Whether Stripe signed exactly these bytes not long ago. `header` is "t=<unix seconds>,v1=<hex>[,v1=...]";
 * several v1 stand there while a secret is being rotated. (Stripe, "Verify webhook signatures manually".)
 */
export function isSignedByStripe(given: {
  body: Buffer;
  header: string | undefined;
  secret: string;
  nowMs: number;
}): boolean {
  const parts = (given.header ?? "").split(",").map((part) => part.trim().split("="));
  const timestamp = parts.find(([name]) => name === "t")?.[1];
  if (!timestamp || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(given.nowMs / 1_000 - Number(timestamp)) > TOLERANCE_SECONDS) return false;
  const expected = createHmac("sha256", given.secret).update(`${timestamp}.`).update(given.body).digest();
  return parts.some(([name, value]) => {
    if (name !== "v1" || !/^[0-9a-f]{64}$/i.test(value ?? "")) return false;
    return timingSafeEqual(Buffer.from(value ?? "", "hex"), expected);
  });
}
