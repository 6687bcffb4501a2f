import { durationMs } from "../../model/duration.ts";
import { defineFact, type FactContext, NotObserved, Undeclared } from "../../model/fact.ts";
import type { Mailbox, ReceivedMail } from "../../model/mailbox.ts";
import { createMask } from "../../model/masking.ts";
import { revealedValues } from "../../model/variable.ts";
import { type AuthenticationResult, authenticationResults } from "./authentication-results.ts";
import type { MailOptions, RoundTripOptions } from "./options.ts";

type Context = FactContext<MailOptions>;

/** What became of one mail that the application was told to send. */
export type RoundTrip =
  | { readonly how: "not sent"; readonly probe: string; readonly why: string }
  | { readonly how: "not arrived"; readonly lookedIn: readonly string[]; readonly waitedMs: number }
  | {
      readonly how: "arrived";
      readonly folder: string;
      readonly isSpam: boolean;
      readonly hasJunkFolder: boolean;
      readonly from: readonly string[];
      readonly results: readonly AuthenticationResult[];
      /** From when the application had sent it. */
      readonly tookMs: number;
    };

const SENDING_MS = 60_000;
const SLOWEST_LOOK_MS = 3_000;

export const roundTrip = defineFact<RoundTrip, MailOptions>({
  id: "mail.round-trip",
  access: "active",
  reach: "application",
  timeoutMs: 400_000,
  sends: "one mail to the declared mailbox, by the application; it is removed again when it is found",
  isAsked: ({ roundTrip: declared }) => declared !== undefined,
  async collect(context) {
    const { subject, doors, signal } = context;
    const declared = subject.options.roundTrip;
    if (!declared) throw new Undeclared("no mailbox is declared: mail({ roundTrip: { probe, to } })");
    const server = subject.variables.values.get(declared.mailboxVariable)?.value;
    if (!server) throw new NotObserved(`${declared.mailboxVariable} is not set`);
    await using mailbox = await doors.mailboxes.open(server, { signal });
    const marker = `gonogo${doors.random.hex(10)}`;
    const notSent = await send(context, declared, marker);
    if (notSent !== undefined) return notSent;
    const from = doors.clock.monotonicMs();
    const limitMs = durationMs(declared.within);
    const mail = await awaitMail(context, { mailbox, marker, limitMs });
    const tookMs = Math.round(doors.clock.monotonicMs() - from);
    if (!mail) return { how: "not arrived", lookedIn: ["INBOX", ...mailbox.junk], waitedMs: tookMs };
    await mailbox.remove(mail);
    return {
      how: "arrived",
      folder: mail.folder,
      isSpam: mail.isJunk || isFlaggedAsSpam(mail),
      hasJunkFolder: mailbox.junk.length > 0,
      from: mail.from,
      results: authenticationResults(mail.headerLines),
      tookMs,
    };
  },
});

/** Undefined when the application says that it is sent. */
async function send(
  context: Context,
  { probe, to, mailboxVariable }: RoundTripOptions,
  marker: string,
): Promise<RoundTrip | undefined> {
  const filled = (text: string): string => text.replaceAll("{{to}}", to).replaceAll("{{marker}}", marker);
  return typeof probe === "string"
    ? await run(context, { line: filled(probe), shown: probe, hidden: mailboxVariable })
    : await post(context, probe, filled);
}

async function run(
  { subject, doors, signal }: Context,
  { line, shown, hidden }: { line: string; shown: string; hidden: string },
): Promise<RoundTrip | undefined> {
  const values = revealedValues(subject.variables);
  const result = await doors.shell.run({
    line,
    cwd: subject.directory,
    // The application has no business in the mailbox of the probe.
    env: { ...values, [hidden]: undefined },
    timeoutMs: SENDING_MS,
    signal,
  });
  const masked = createMask(values);
  const lines = masked(`${result.stdout}\n${result.stderr}`).trim().split("\n");
  const said = (lines.findLast((each) => /error/i.test(each)) ?? lines.at(-1) ?? "").trim().slice(0, 300);
  if (result.code === 126 || result.code === 127)
    throw new NotObserved(`\`${masked(shown)}\` cannot be run here: ${said}`);
  if (result.timedOut) return { how: "not sent", probe: masked(shown), why: "was not done within a minute" };
  if (result.code === 0) return undefined;
  return {
    how: "not sent",
    probe: masked(shown),
    why: `ended with ${result.code ?? result.signal}: ${said}`,
  };
}

async function post(
  { subject, doors, signal }: Context,
  { path, json, form }: Exclude<RoundTripOptions["probe"], string>,
  filled: (text: string) => string,
): Promise<RoundTrip | undefined> {
  const { address } = subject;
  if (!address) throw new NotObserved("nothing is deployed yet");
  const body = form
    ? new URLSearchParams(
        Object.entries(form).map(([name, value]): [string, string] => [name, filled(value)]),
      ).toString()
    : filled(JSON.stringify(json));
  const type = form ? "application/x-www-form-urlencoded" : "application/json";
  const { status } = await doors.http.send({
    url: address.url + filled(path),
    method: "POST",
    headers: { "content-type": type, origin: address.url },
    body,
    timeoutMs: SENDING_MS,
    ...(address.ca !== undefined && { ca: address.ca }),
    signal,
  });
  if (status === 429) throw new NotObserved(`${path} answered 429: a rate limit stands before it`);
  return status < 400 ? undefined : { how: "not sent", probe: `POST ${path}`, why: `was answered ${status}` };
}

async function awaitMail(
  { doors, signal }: Context,
  { mailbox, marker, limitMs }: { mailbox: Mailbox; marker: string; limitMs: number },
): Promise<ReceivedMail | undefined> {
  const until = doors.clock.monotonicMs() + limitMs;
  for (let pauseMs = 200; ; pauseMs = Math.min(pauseMs * 1.5, SLOWEST_LOOK_MS)) {
    const [mail] = await mailbox.find(marker);
    const leftMs = until - doors.clock.monotonicMs();
    if (mail || leftMs <= 0) return mail;
    await doors.clock.delay(Math.min(pauseMs, leftMs), signal);
  }
}

/** As SpamAssassin and those who imitate it write it on a mail that they deliver all the same. */
function isFlaggedAsSpam({ headerLines }: ReceivedMail): boolean {
  return headerLines.some(([name, value]) => /^x-spam-(flag|status)$/i.test(name) && /^yes\b/i.test(value));
}
