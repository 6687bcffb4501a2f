import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { createTransport } from "nodemailer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startImap, type TestImap } from "../../../test/fixtures/imap-server.ts";
import { startMailServer, type TestMailServer } from "../../../test/fixtures/mail-server.ts";
import { subjectFor } from "../../../test/fixtures/subject.ts";
import { ask } from "../../assess/ask.ts";
import { createObserver } from "../../facts/observer.ts";
import type { Doors } from "../../model/doors.ts";
import type { Outcome } from "../../model/outcome.ts";
import { openDoors } from "../../system/doors.ts";
import { mailOptions } from "./options.ts";
import { deliveryRoundTrip } from "./round-trip-check.ts";

const TO = "probe@inbox.example";
const GOOD =
  "mx.inbox.example;\r\n dkim=pass (2048-bit key; unprotected) header.d=app.example header.s=s1;\r\n spf=pass smtp.mailfrom=bounce@mail.app.example; dmarc=pass header.from=app.example";

/** How the receiving side treats the next mails. */
interface Receiver {
  results?: string | undefined;
  folder?: "INBOX" | "Junk";
  header?: string;
  isSilent?: boolean;
}

let imap: TestImap;
let smtp: TestMailServer;
let doors: Doors & AsyncDisposable;
let receiver: Receiver = {};
let directory: string;
beforeAll(async () => {
  doors = openDoors();
  imap = await startImap();
  smtp = await startMailServer({
    deliver({ text }) {
      const { results, folder, header = "", isSilent } = receiver;
      const told = results === undefined ? "" : `Authentication-Results: ${results}\r\n`;
      // Older fields stand below: they came with the mail, and are not the receiving server's.
      const before = "Authentication-Results: relay.example; dkim=fail header.d=app.example\r\n";
      if (!isSilent) imap.deliver(`${told}${header}${told ? before : ""}${text}`, folder);
    },
  });
  directory = mkdtempSync(path.join(tmpdir(), "gonogo-mail-"));
  const nodemailer = import.meta.resolve("nodemailer");
  writeFileSync(
    path.join(directory, "probe.mjs"),
    `import nodemailer from "${nodemailer}";
const [to, marker, from = "Shop <hello@app.example>"] = process.argv.slice(2);
if (process.env.PROBE_MAILBOX_URL) throw new Error("the mailbox is none of its business");
const transport = nodemailer.createTransport(process.env.SMTP_URL);
await transport.sendMail({ from, to, subject: "Ünser Test " + marker, text: "Hello" });
`,
  );
});
afterAll(async () => {
  await smtp[Symbol.asyncDispose]();
  await imap[Symbol.asyncDispose]();
  await doors[Symbol.asyncDispose]();
  rmSync(directory, { recursive: true });
});

async function answer(
  roundTrip: object | null = {},
  {
    how = {},
    variables = {},
    url,
  }: { how?: Receiver; variables?: Record<string, string>; url?: string } = {},
): Promise<Outcome> {
  receiver = how;
  const options = mailOptions.parse({
    domain: "app.example",
    ...(roundTrip && {
      roundTrip: { probe: "node probe.mjs {{to}} {{marker}}", to: TO, within: "20s", ...roundTrip },
    }),
  });
  const subject = subjectFor({
    options,
    directory,
    variables: { SMTP_URL: `smtp://127.0.0.1:${smtp.port}`, PROBE_MAILBOX_URL: imap.url, ...variables },
    ...(url !== undefined && { address: { url } }),
  });
  const { outcome } = await ask(createObserver(doors), subject, deliveryRoundTrip);
  expect(JSON.stringify(outcome)).not.toContain("canary");
  return outcome;
}

describe("email.delivery.roundtrip", () => {
  it("passes when the mail arrives, tells what the receiving server found out, and takes the mail away", async () => {
    imap.deliver("Subject: an older one\r\n\r\nHello");
    expect(await answer({}, { how: { results: GOOD } })).toMatchObject({
      status: "pass",
      summary: expect.stringMatching(
        /^in the inbox after [\d.]+ s; dkim=pass \(app.example\), spf=pass \(mail.app.example\), dmarc=pass/,
      ),
    });
    expect(imap.count()).toBe(1);
  });

  it("passes without a DMARC record, for which another check asks", async () => {
    const how = { results: GOOD.replace("dmarc=pass", "dmarc=none") };
    expect(await answer({}, { how })).toMatchObject({ status: "pass" });
  });

  it("passes by a request of the application, and says when the server tells nothing of the sender", async () => {
    const app = createServer(async (request, response) => {
      let body = "";
      for await (const chunk of request) body += chunk;
      const to = new URLSearchParams(body).get("email") ?? "";
      const mail = { from: "no-reply@app.example", to, text: "Welcome" };
      if (to !== "") await createTransport(`smtp://127.0.0.1:${smtp.port}`).sendMail(mail);
      response.writeHead(to === "" ? 400 : 303).end();
    });
    await new Promise<void>((resolve) => app.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(app.address() as AddressInfo).port}`;
    try {
      const to = "probe+{{marker}}@inbox.example";
      const probe = { path: "/newsletter", form: { email: "{{to}}" } };
      expect(await answer({ probe, to, from: "no-reply@app.example" }, { url })).toMatchObject({
        status: "pass",
        summary: expect.stringContaining("its server tells nothing of DKIM and SPF"),
      });
      expect(await answer({ probe: { ...probe, form: { mail: "{{to}}" } }, to }, { url })).toMatchObject({
        status: "fail",
        found: "POST /newsletter was answered 400",
      });
    } finally {
      app.close();
    }
  });

  it.each<[string, Receiver, object, string, RegExp]>([
    ["in the folder for junk", { folder: "Junk", results: GOOD }, {}, "spam", /^Junk; dkim=pass/],
    ["with a spam filter's mark", { header: "X-Spam-Flag: YES\r\n" }, {}, "spam", /INBOX/],
    ["nowhere", { isSilent: true }, { within: "1s" }, "arrive", /nothing in INBOX and Junk after 1 s/],
    ["from another sender", {}, { from: "other@app.example" }, "from", /hello@app.example/],
    [
      "with a DKIM signature that does not hold",
      { results: GOOD.replace("dkim=pass", "dkim=fail") },
      {},
      "dkim",
      /dkim=fail/,
    ],
    [
      "from a host that SPF does not name",
      { results: "mx; spf=softfail smtp.mailfrom=app.example" },
      {},
      "spf",
      /softfail/,
    ],
    [
      "against the domain's DMARC",
      { results: GOOD.replace("dmarc=pass", "dmarc=fail") },
      {},
      "dmarc",
      /dmarc=fail/,
    ],
    [
      "signed for the provider only",
      { results: "mx; dkim=pass header.d=provider.example; spf=pass smtp.mailfrom=x@provider.example" },
      {},
      "alignment",
      /dkim=pass \(provider.example\)/,
    ],
  ])("fails when the mail arrives %s", async (_, how, options, finding, found) => {
    expect(await answer(options, { how })).toMatchObject({
      status: "fail",
      findings: [finding],
      found: expect.stringMatching(found),
    });
  });

  it("fails when the application cannot send, without a word of its secrets", async () => {
    const variables = { SMTP_URL: "smtp://u:canary-secret@127.0.0.1:1" };
    const outcome = await answer({}, { variables });
    expect(outcome).toMatchObject({
      status: "fail",
      findings: ["send"],
      found: expect.stringContaining("ended with 1"),
    });
  });

  it("is unknown where the mailbox cannot be read or the receiving server could not look anything up", async () => {
    const wrong = await answer(
      {},
      { variables: { PROBE_MAILBOX_URL: imap.url.replace("probe:", "probe:not-") } },
    );
    expect(wrong).toMatchObject({
      status: "unknown",
      reason: expect.stringMatching(/refuses the mailbox's user and password/),
    });
    expect(await answer({}, { variables: { PROBE_MAILBOX_URL: "imap://a:b@127.0.0.1:1" } })).toMatchObject({
      status: "unknown",
      reason: expect.stringContaining("refused the connection"),
    });
    const untrusted = await answer({}, { variables: { PROBE_MAILBOX_URL: imap.untrustedUrl } });
    expect(untrusted).toMatchObject({
      status: "unknown",
      reason: expect.stringContaining("shows a self-signed certificate"),
    });
    const how = { results: "mx; dkim=temperror header.d=app.example" };
    expect(await answer({}, { how })).toMatchObject({ status: "unknown" });
  });

  it("does not apply without a declared mailbox, and refuses a probe whose mail nobody would know again", async () => {
    expect(await answer(null)).toMatchObject({ status: "not applicable" });
    const declare = (roundTrip: object) =>
      mailOptions.safeParse({ domain: "app.example", roundTrip }).success;
    expect(declare({ probe: "send {{to}}", to: TO })).toBe(false);
    expect(declare({ probe: "send {{marker}}", to: TO })).toBe(false);
    expect(declare({ probe: "send {{to}} {{marker}}", to: "a;rm -rf@x" })).toBe(false);
    expect(declare({ probe: "send {{to}}", to: "probe+{{marker}}@inbox.example" })).toBe(true);
  });
});
