import { afterAll, beforeAll, expect, it } from "vitest";
import { startDnsServer, type TestDnsServer } from "../../test/fixtures/dns-server.ts";
import { openDns } from "./dns.ts";

const dns = openDns();
let server: TestDnsServer;
beforeAll(async () => {
  server = await startDnsServer([
    "host-record=app.example,192.0.2.7,2001:db8::7",
    "cname=www.app.example,app.example",
    "mx-host=app.example,mail.app.example,10",
    "txt-record=app.example,v=spf1 ,include:sender.example -all",
    "dns-rr=app.example,257,000569737375657365722e6578616d706c65",
    "auth-server=ns1.app.example",
  ]);
});
afterAll(() => server[Symbol.asyncDispose]());

it.each([
  ["app.example", "A", [{ value: "192.0.2.7", ttlSeconds: 300 }]],
  ["app.example", "AAAA", [{ value: "2001:db8::7", ttlSeconds: 300 }]],
  ["www.app.example", "CNAME", [{ value: "app.example" }]],
  ["app.example", "MX", [{ value: "mail.app.example", priority: 10 }]],
  ["app.example", "TXT", [{ value: "v=spf1 include:sender.example -all" }]],
  ["app.example", "CAA", [{ value: 'issue "ser.example"' }]],
  ["app.example", "NS", []],
  ["nobody.example", "A", []],
] as const)("resolves %s %s", async (name, type, records) => {
  expect(await dns.resolve(name, type, { server: server.address })).toEqual(records);
});

it("throws when the server does not answer", async () => {
  await expect(
    dns.resolve("app.example", "A", { server: "127.0.0.1:9", timeoutMs: 500 }),
  ).rejects.toMatchObject({
    name: "OutsideError",
    retryable: true,
  });
});
