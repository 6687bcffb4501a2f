import { generateKeyPairSync } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answerOf } from "../../../test/fixtures/component-answer.ts";
import { startDnsServer, type TestDnsServer } from "../../../test/fixtures/dns-server.ts";
import { stateOfLine } from "../../../test/fixtures/held-line.ts";
import type { Doors } from "../../model/doors.ts";
import type { Outcome } from "../../model/outcome.ts";
import { openDoors } from "../../system/doors.ts";
import * as checks from "./checks.ts";
import { mail } from "./mail.ts";
import { parseSpf } from "./spf.ts";

const text = (name: string, ...strings: string[]): string => `txt-record=${name},${strings.join(",")}`;

function dkim(selector: string, bits: number): string {
  const { publicKey } = generateKeyPairSync("rsa", { modulusLength: bits });
  const key = publicKey.export({ format: "der", type: "spki" }).toString("base64");
  const strings = `v=DKIM1; k=rsa; p=${key}`.match(/.{1,200}/g) ?? [];
  return text(`${selector}._domainkey.good.example`, ...strings);
}

let doors: Doors & AsyncDisposable;
let server: TestDnsServer;
beforeAll(async () => {
  doors = openDoors();
  server = await startDnsServer([
    text("good.example", "v=spf1 include:spf.sender.example -all"),
    text("spf.sender.example", "v=spf1 ip4:192.0.2.0/24 -all"),
    dkim("s1", 2048),
    dkim("short", 1024),
    text("withdrawn._domainkey.good.example", "v=DKIM1; p="),
    text("_dmarc.good.example", "v=DMARC1; p=reject; rua=mailto:dmarc@good.example"),
    "mx-host=good.example,mail.good.example,10",
    "host-record=mail.good.example,192.0.2.25",
    text("twice.example", "v=spf1 -all"),
    text("twice.example", "v=spf1 mx -all"),
    text("open.example", "v=spf1 include:spf.sender.example ?all"),
    text("missing.example", "v=spf1 include:nobody.example -all"),
    text("loop.example", "v=spf1 include:loop.example -all"),
    text(
      "deep.example",
      `v=spf1 ${Array.from({ length: 11 }, (_, at) => `exists:e${at}.example`).join(" ")} -all`,
    ),
    text("_dmarc.open.example", "v=DMARC1; p=none"),
    "mx-host=open.example,mail.nowhere.example,10",
  ]);
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await doors[Symbol.asyncDispose]();
});

function answer(id: string, domain: string, more: object = {}): Promise<Outcome> {
  return answerOf(mail.definition, id, { doors, options: { domain, resolvers: [server.address], ...more } });
}

describe.each(Object.values(checks).map(({ id }) => id))("%s", (id) => {
  it("passes on a domain in order", async () => {
    const more = { provider: "spf.sender.example", selectors: ["s1"], receives: true };
    expect(await answer(id, "good.example", more)).toMatchObject({ status: "pass" });
  });

  it("is unknown when no resolver answers", async () => {
    const more = { resolvers: ["127.0.0.1:9"], selectors: ["s1"] };
    expect(await answer(id, "good.example", more)).toMatchObject({ status: "unknown" });
  });
});

it.each<[string, string, string, object, string]>([
  ["email.spf.valid", "fail", "nobody.example", {}, "no SPF record"],
  ["email.spf.valid", "fail", "twice.example", {}, "v=spf1 mx -all"],
  ["email.spf.valid", "fail", "open.example", {}, "everybody else may send (?all)"],
  ["email.spf.valid", "fail", "missing.example", {}, "nobody.example has no SPF record"],
  ["email.spf.valid", "fail", "deep.example", {}, "11 look-ups"],
  ["email.spf.valid", "fail", "loop.example", {}, "21 look-ups"],
  ["email.spf.valid", "fail", "good.example", { provider: "sendgrid.net" }, "sendgrid.net is not included"],
  ["email.dkim.selector", "fail", "good.example", { selectors: ["s1", "s2"] }, "s2: no record"],
  ["email.dkim.selector", "fail", "good.example", { selectors: ["withdrawn"] }, "withdrawn: withdrawn"],
  ["email.dkim.selector", "warn", "good.example", { selectors: ["short"] }, "1024 bits"],
  ["email.dmarc.policy", "warn", "nobody.example", {}, "none"],
  ["email.dmarc.policy", "warn", "open.example", {}, "p=none"],
  ["email.mx.reachable", "warn", "nobody.example", { receives: true }, "no MX record"],
  ["email.mx.reachable", "warn", "open.example", { receives: true }, "mail.nowhere.example does not resolve"],
])("%s says %s of %s %j", async (id, status, domain, more, found) => {
  expect(await answer(id, domain, more)).toMatchObject({ status, found: expect.stringContaining(found) });
});

it("email.dmarc.policy is held to the policy that a line names", async () => {
  const rejects = await answer("email.dmarc.policy", "good.example");
  const lets = await answer("email.dmarc.policy", "open.example");
  const { dmarcPolicy: check } = checks;
  for (const line of ["DMARC p=reject", "DMARC set to quarantine", "DMARC: quarantine or reject"])
    expect(stateOfLine(line, check, rejects)).toBe("go");
  expect(stateOfLine("DMARC p=reject", check, lets)).toBe("failing");
  expect(lets).toMatchObject({ measured: { policy: "none" } });
});

it("email.dkim.selector does not apply while no selector is declared", async () => {
  expect(await answer("email.dkim.selector", "good.example")).toMatchObject({ status: "not applicable" });
});

it.each([
  ["v=spf1 a mx/24 ptr exists:%{i}.x include:y redirect=z -all", 6],
  ["v=spf1 ip4:192.0.2.1 ip6:2001:db8::/32 all", 0],
  ["v=spf1 aall.example ~all", 0],
])("counts the look-ups of %s (RFC 7208 section 4.6.4)", (record, lookups) => {
  expect(parseSpf(record)?.lookups).toBe(lookups);
});

it.each(["v=spf10 -all", "spf2.0/pra -all", ""])("does not take %j for SPF", (record) => {
  expect(parseSpf(record)).toBeUndefined();
});
