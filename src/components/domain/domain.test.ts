import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answerOf } from "../../../test/fixtures/component-answer.ts";
import { startDnsServer, type TestDnsServer } from "../../../test/fixtures/dns-server.ts";
import { stateOfLine } from "../../../test/fixtures/held-line.ts";
import type { Doors } from "../../model/doors.ts";
import type { Outcome } from "../../model/outcome.ts";
import { openDoors } from "../../system/doors.ts";
import { domain } from "./domain.ts";
import { ttlSane } from "./host-checks.ts";

/** RFC 8659: flags, length of the tag, tag, value. */
function caa(name: string, issuer: string): string {
  return `dns-rr=${name},257,0005${Buffer.from(`issue${issuer}`).toString("hex")}`;
}
/** A name server as a raw record: dnsmasq gives none of its own. */
function ns(zone: string, server: string): string {
  const labels = server.split(".").map((label) => [label.length, ...Buffer.from(label)]);
  return `dns-rr=${zone},2,${Buffer.from([...labels.flat(), 0]).toString("hex")}`;
}

const ZONES = [
  "host-record=app.good.example,192.0.2.7",
  "host-record=www.good.example,192.0.2.7",
  ns("good.example", "ns1.good.example"),
  ns("good.example", "ns2.good.example"),
  caa("good.example", "letsencrypt.org"),
  "host-record=slow.example,192.0.2.8,90000",
  "address=/wild.example/192.0.2.9",
  caa("wild.example", "cheap.example"),
  "cname=gone.good.example,bucket.elsewhere.example",
];

let doors: Doors & AsyncDisposable;
let twin: TestDnsServer;
let one: TestDnsServer;
let other: TestDnsServer;
beforeAll(async () => {
  doors = openDoors();
  [one, twin, other] = await Promise.all([
    startDnsServer(ZONES),
    startDnsServer(ZONES),
    startDnsServer(["host-record=app.good.example,192.0.2.99"]),
  ]);
});
afterAll(async () => {
  await Promise.all([one, twin, other, doors].map((each) => each[Symbol.asyncDispose]()));
});

function answer(id: string, hosts: readonly string[], more: object = {}): Promise<Outcome> {
  return answerOf(domain.definition, id, { doors, options: { hosts, resolvers: [one.address], ...more } });
}

const GOOD = ["app.good.example", "www.good.example"];

/** Besides the one that asks over HTTP, in apex.test.ts. */
const IDS = domain.definition.checks.map(({ id }) => id).filter((id) => id !== "dns.apex-and-www");

describe.each(IDS)("%s", (id) => {
  it("passes on a zone in order", async () => {
    const resolvers = [one.address, ...(id === "dns.propagation.done" ? [twin.address] : [])];
    expect(await answer(id, GOOD, { target: "192.0.2.7", resolvers })).toMatchObject({ status: "pass" });
  });

  it("does not apply to a name of this machine only", async () => {
    const subject = { address: { url: "https://app.localhost:8443" } };
    const said = await answerOf(domain.definition, id, { doors, options: {}, subject });
    expect(said).toMatchObject({ status: "not applicable" });
  });

  it("is unknown when no resolver answers", async () => {
    expect(await answer(id, GOOD, { resolvers: ["127.0.0.1:9"] })).toMatchObject({ status: "unknown" });
  });
});

it.each<[string, string, string[], object, string]>([
  ["dns.record.resolves", "fail", ["app.good.example", "nobody.example"], {}, "nobody.example"],
  ["dns.record.resolves", "fail", ["app.good.example"], { target: "192.0.2.1" }, "192.0.2.7"],
  ["dns.record.ttl-sane", "warn", ["slow.example"], {}, "90000 s"],
  ["dns.dangling-cname", "fail", ["gone.good.example"], {}, "bucket.elsewhere.example"],
  ["dns.ns.redundant", "warn", ["slow.example"], {}, "none"],
  ["dns.caa.present", "warn", ["slow.example"], {}, "no CAA record"],
  ["dns.caa.present", "warn", ["app.wild.example"], {}, "cheap.example"],
  ["dns.wildcard.intended", "warn", ["app.wild.example"], {}, "192.0.2.9"],
])("%s says %s of %j", async (id, status, hosts, more, found) => {
  expect(await answer(id, hosts, more)).toMatchObject({ status, found: expect.stringContaining(found) });
});

it("dns.propagation.done names the name on which resolvers disagree", async () => {
  const resolvers = [one.address, other.address];
  expect(await answer("dns.propagation.done", ["app.good.example"], { resolvers })).toMatchObject({
    status: "fail",
    findings: ["app.good.example"],
    found: expect.stringMatching(/192\.0\.2\.7.*192\.0\.2\.99/),
  });
});

it("dns.propagation.done says nothing by one resolver", async () => {
  expect(
    await answer("dns.propagation.done", ["app.good.example"], { resolvers: [one.address] }),
  ).toMatchObject({
    status: "not applicable",
    reason: expect.stringContaining("agrees with itself"),
  });
});

it("dns.record.ttl-sane is held to the time that a line asks for", async () => {
  const check = ttlSane;
  const slow = await answer(check.id, ["slow.example"], { ttl: "2d" });
  expect(slow).toMatchObject({ status: "pass", measured: { longestTtlSeconds: 90_000 } });
  expect(stateOfLine("DNS TTL lowered to 300s", check, slow)).toBe("failing");
  expect(stateOfLine("DNS TTL lowered to 2 days", check, slow)).toBe("go");
  expect(stateOfLine("DNS TTL raised back to 3600s", check, slow)).toBe("go");
});

it("dns.wildcard.intended lets a declared one be", async () => {
  const said = await answer("dns.wildcard.intended", ["app.wild.example", "*.wild.example"]);
  expect(said).toMatchObject({ status: "pass" });
});
