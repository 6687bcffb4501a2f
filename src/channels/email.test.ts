import { afterAll, beforeAll, expect, it } from "vitest";
import { createAuthority, type TestAuthority } from "../../test/fixtures/certificates.ts";
import { startMailServer } from "../../test/fixtures/mail-server.ts";
import { notice } from "../../test/fixtures/notice.ts";
import type { Notice } from "../model/channel.ts";
import type { Doors } from "../model/doors.ts";
import { messageOf } from "../model/errors.ts";
import { Secret } from "../model/secret.ts";
import { openDoors } from "../system/doors.ts";
import { email } from "./email.ts";

const PASSWORD = "canary/p@ss w0rd";
const ACCOUNT = { user: "alerts", password: PASSWORD };

let doors: Doors & AsyncDisposable;
let authority: TestAuthority;
beforeAll(async () => {
  doors = openDoors();
  authority = await createAuthority();
});
afterAll(() => doors[Symbol.asyncDispose]());

function send({ port }: { port: number }, what: Notice, scheme = "smtp", account = ""): Promise<string> {
  const options = email.definition.options.parse({
    to: ["ada@soulseer.example", "bo@soulseer.example"],
    from: "alerts@soulseer.example",
  });
  const variables = new Map([["SMTP_URL", new Secret(`${scheme}://${account}127.0.0.1:${port}`)]]);
  return email.definition.send(what, { options, variables, doors, signal: AbortSignal.timeout(10_000) });
}

const withAccount = `alerts:${encodeURIComponent(PASSWORD)}@`;

it("is taken by a real server, for everybody who is to be told", async () => {
  await using server = await startMailServer();
  expect(await send(server, notice())).toContain("250");
  const [mail] = server.taken;
  expect(mail?.to).toEqual(["ada@soulseer.example", "bo@soulseer.example"]);
  expect(mail?.text).toContain("Subject: [P1] soulseer production: the worker has stopped");
  expect(mail?.text).toContain("worker.heartbeat.fresh");
});

it("makes one thread of an incident, and the same message twice the same message", async () => {
  await using server = await startMailServer();
  await send(server, notice());
  await send(server, notice());
  await send(server, notice({ key: "msg_0002", kind: "resolved" }));
  const header = (name: string) =>
    server.taken.map(({ text }) => new RegExp(`^${name}: (.*)$`, "im").exec(text)?.[1]?.trim());
  const [first, again, resolved] = header("message-id");
  expect(first).toBe(again);
  expect(first).not.toBe(resolved);
  expect(new Set(header("in-reply-to")).size).toBe(1);
});

it("cannot be made to add headers by what an application logged", async () => {
  await using server = await startMailServer();
  await send(server, notice({ title: "down\r\nBcc: everybody@soulseer.example" }));
  const [head] = server.taken[0]?.text.split("\r\n\r\n") ?? [];
  expect(head).toContain("down");
  expect(head).not.toMatch(/^bcc:/im);
});

it("logs in", async () => {
  await using server = await startMailServer({ account: ACCOUNT });
  await send(server, notice(), "smtp", withAccount);
  expect(server.taken[0]?.user).toBe("alerts");
});

it.each(["smtp", "smtps"])(
  "sends nothing over %s to a server whose certificate is nobody's",
  async (scheme) => {
    const certificate = await authority.issue({ names: ["localhost", "127.0.0.1"] });
    await using server = await startMailServer({ account: ACCOUNT, certificate, secure: scheme === "smtps" });
    const thrown: unknown = await send(server, notice(), scheme, withAccount).catch(
      (error: unknown) => error,
    );
    expect(messageOf(thrown)).toContain("certificate");
    expect(messageOf(thrown)).not.toContain(PASSWORD);
    expect(server.taken).toEqual([]);
  },
);

it.each([
  ["greylisted", 451, true],
  ["no such mailbox", 550, false],
])("says whether a refused mail may be tried again: %s", async (says, code, retryable) => {
  await using server = await startMailServer({ refusal: { code, says } });
  await expect(send(server, notice())).rejects.toMatchObject({ retryable, status: code });
});

it("keeps the password out of what it says when the server repeats it", async () => {
  await using server = await startMailServer({ account: { ...ACCOUNT, password: "another" } });
  const thrown: unknown = await send(server, notice(), "smtp", withAccount).catch((error: unknown) => error);
  expect(thrown).toMatchObject({ retryable: false, status: 535 });
  expect(messageOf(thrown)).not.toContain(PASSWORD);
});

it("may be tried again when nobody is there", async () => {
  await expect(send({ port: 9 }, notice())).rejects.toMatchObject({ retryable: true });
});
