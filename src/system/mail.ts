import type { Mail, MailMessage } from "../model/doors.ts";
import { OutsideError } from "../model/errors.ts";
import type { Secret } from "../model/secret.ts";
import { isLoopbackAddress, isLoopbackName } from "./loopback-lookup.ts";
import { outsideFailure, withinTime } from "./outside-failure.ts";
import { redactionOf } from "./redaction.ts";

const DEFAULT_TIMEOUT_MS = 20_000;

export function openMail(): Mail {
  return { send };
}

async function send(
  server: Secret,
  message: MailMessage,
  { timeoutMs = DEFAULT_TIMEOUT_MS, signal }: { timeoutMs?: number; signal?: AbortSignal } = {},
): Promise<string> {
  const url = URL.parse(server.reveal());
  if (!url || (url.protocol !== "smtp:" && url.protocol !== "smtps:") || url.hostname === "") {
    throw new OutsideError("the mail server's address is not of the form smtps://user:password@host:465");
  }
  const staysHere = isLoopbackName(url.hostname) || isLoopbackAddress(url.hostname);
  const { createTransport } = await import("nodemailer");
  const transport = createTransport({
    host: isLoopbackName(url.hostname) ? "127.0.0.1" : url.hostname,
    secure: url.protocol === "smtps:",
    ...(url.port !== "" && { port: Number(url.port) }),
    ...(url.username !== "" && {
      auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
      // A password never leaves the machine in the clear: RFC 8314 section 3.
      requireTLS: !staysHere && url.protocol === "smtp:",
    }),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    const sent = await withinTime(
      { host: url.host, timeoutMs, signal, onGiveUp: () => transport.close() },
      transport.sendMail({ ...message, to: [...message.to] }),
    );
    return sent.response;
  } catch (thrown) {
    throw mailFailure(thrown, url.host, redactionOf(server));
  } finally {
    transport.close();
  }
}

/** 4yz may be tried again, 5yz not (RFC 5321 section 4.2.1); no answer at all may. */
function mailFailure(thrown: unknown, host: string, redact: (text: string) => string): OutsideError {
  if (thrown instanceof OutsideError) return thrown;
  const {
    responseCode: status,
    response,
    code,
  } = thrown as {
    responseCode?: number;
    response?: string;
    code?: string;
  };
  if (status !== undefined) {
    const what = `${host} refused the mail: ${redact(response ?? String(status))}`;
    return new OutsideError(what, { host, status, retryable: status < 500 });
  }
  const failure = outsideFailure(thrown, host, redact);
  const isConnection =
    code === "ECONNECTION" || code === "EDNS" || code === "ESOCKET" || code === "ETIMEDOUT";
  return new OutsideError(failure.message, { host, retryable: failure.retryable || isConnection });
}
