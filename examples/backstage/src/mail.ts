import { type Log, reasonOf } from "./log.ts";
import type { Settings } from "./settings.ts";

const REAL = "https://api.sendgrid.com";

/** Best effort: nobody is kept out because a letter is late. */
export type SendMail = (to: string, subject: string, text: string) => Promise<void>;

/** By SendGrid's Mail Send (v3). Addresses that exist for checks only get none (RFC 2606: ".invalid"). */
export function createSendMail({ key, apiUrl, from }: Settings["mail"], log: Log): SendMail {
  return async (to, subject, text) => {
    if (to.endsWith(".invalid") && apiUrl === REAL) return;
    try {
      const response = await fetch(`${apiUrl}/v3/mail/send`, {
        method: "POST",
        headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
        body: JSON.stringify({
          personalizations: [{ to: [{ email: to }] }],
          from: { email: from, name: "BackstagePass" },
          subject,
          content: [{ type: "text/plain", value: text }],
        }),
        signal: AbortSignal.timeout(5_000),
        redirect: "error",
      });
      if (!response.ok) throw new Error(`SendGrid answered ${response.status}`);
    } catch (thrown) {
      log.error("no mail", { subject, reason: reasonOf(thrown) });
    }
  };
}
