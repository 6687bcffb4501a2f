import { createHmac } from "node:crypto";

/**
 * The `Stripe-Signature` header for exactly these bytes: "t=<unix seconds>,v1=<hex HMAC-SHA256 of t.body>".
 * Stripe, "Verify webhook signatures manually".
 */
export function signatureOf(body: string, secret: string, atSeconds: number): string {
  const hash = createHmac("sha256", secret).update(`${atSeconds}.${body}`).digest("hex");
  return `t=${atSeconds},v1=${hash}`;
}
