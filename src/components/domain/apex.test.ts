import type { RequestListener } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAuthority, type TestAuthority } from "../../../test/fixtures/certificates.ts";
import { answerOf } from "../../../test/fixtures/component-answer.ts";
import { startDnsServer, type TestDnsServer } from "../../../test/fixtures/dns-server.ts";
import { serve, type TestServer } from "../../../test/fixtures/http-servers.ts";
import type { Doors } from "../../model/doors.ts";
import { openDoors } from "../../system/doors.ts";
import { domain } from "./domain.ts";

const APEX = "shop.localhost";
const WWW = "www.shop.localhost";
/** Names of each case: what its server does by host. */
type Rule = (
  host: string,
  path: string,
  at: (host: string) => string,
) => readonly [status: number, location?: string];

describe("dns.apex-and-www", () => {
  let doors: Doors & AsyncDisposable;
  let names: TestDnsServer;
  let authority: TestAuthority;
  let server: TestServer;
  let plain: TestServer;
  let rule: Rule;
  let isPlainOpen = false;
  beforeAll(async () => {
    doors = openDoors();
    authority = await createAuthority();
    const zone = [...APEX.split("."), ""].flatMap((label) => [label.length, ...Buffer.from(label)]);
    names = await startDnsServer([
      "local=/localhost/",
      `host-record=${APEX},127.0.0.1`,
      `host-record=${WWW},127.0.0.1`,
      "host-record=lone.localhost,127.0.0.1",
      `dns-rr=lone.localhost,2,${Buffer.from(zone).toString("hex")}`,
    ]);
    const answer: RequestListener = ({ headers, url = "" }, response) => {
      const host = (headers.host ?? "").split(":")[0] ?? "";
      const [status, location] = rule(host, url, (name) => server.urlFor(name));
      response.writeHead(status, location === undefined ? {} : { location }).end("x");
    };
    const certificate = await authority.issue({ names: [APEX, WWW] });
    server = await serve(answer, { certificate });
    plain = await serve((request, response) => {
      const host = (request.headers.host ?? "").split(":")[0] ?? "";
      if (isPlainOpen) return void response.end("x");
      response.writeHead(308, { location: `${server.urlFor(host)}${request.url}` }).end();
    });
  });
  afterAll(() => Promise.all([names, server, plain, doors].map((each) => each[Symbol.asyncDispose]())));

  const answer = (asked: Rule, { options = {}, home = APEX }: { options?: object; home?: string } = {}) => {
    rule = asked;
    return answerOf(domain.definition, "dns.apex-and-www", {
      doors,
      options: { hosts: [APEX, WWW], resolvers: [names.address], ...options },
      subject: { address: { url: server.urlFor(home), plainUrl: plain.urlFor(home), ca: authority.ca } },
    });
  };
  const toApex: Rule = (host, path, at) => (host === WWW ? [308, `${at(APEX)}${path}`] : [200]);

  it("passes when www leads to the apex by one redirect, and over plain HTTP by two", async () => {
    expect(await answer(toApex)).toMatchObject({
      status: "pass",
      summary: expect.stringMatching(
        /https:\/\/shop\.localhost: 200;.*https:\/\/www\.shop\.localhost: 308 .*, 200/,
      ),
    });
    const toWww: Rule = (host, path, at) => (host === APEX ? [301, `${at(WWW)}${path}`] : [302, "/en"]);
    expect(await answer(toWww)).toMatchObject({ status: "pass" });
  });

  it.each<[string, string, Rule, object, RegExp]>([
    ["both answer", "fail", () => [200], {}, /both answer, and neither redirects/],
    [
      "a circle",
      "fail",
      (host, path, at) => [301, `${at(host === WWW ? APEX : WWW)}${path}`],
      {},
      /in a circle/,
    ],
    [
      "a foreign site",
      "fail",
      (host) => (host === WWW ? [301, "https://parking.example/"] : [200]),
      {},
      /leads to parking\.example/,
    ],
    ["an error", "fail", (host) => (host === WWW ? [404] : [200]), {}, /www\.shop\.localhost ends with 404/],
    [
      "the other one is declared",
      "fail",
      toApex,
      { canonical: "www" },
      /www\.shop\.localhost redirects to shop/,
    ],
    [
      "no www in the DNS",
      "fail",
      toApex,
      { hosts: ["lone.localhost"] },
      /www\.lone\.localhost does not resolve/,
    ],
    [
      "the path is lost",
      "warn",
      (host, _, at) => (host === WWW ? [301, at(APEX)] : [200]),
      {},
      /end on another one/,
    ],
    [
      "a redirect for now",
      "warn",
      (host, path, at) => (host === WWW ? [302, `${at(APEX)}${path}`] : [200]),
      {},
      /for now only/,
    ],
  ])("%s: %s", async (_, status, asked, options, summary) => {
    expect(await answer(asked, { options })).toMatchObject({
      status,
      summary: expect.stringMatching(summary),
    });
  });

  it("fails names that answer over plain HTTP", async () => {
    isPlainOpen = true;
    const said = await answer(toApex);
    isPlainOpen = false;
    expect(said).toMatchObject({
      status: "fail",
      summary: `http://${APEX} answers without HTTPS`,
      findings: [`http://${APEX}`, `http://${WWW}`],
    });
  });

  it("fails where the two lead nowhere near the application's own name", async () => {
    expect(await answer(toApex, { home: "app.localhost" })).toMatchObject({
      status: "fail",
      summary: `${APEX} and ${WWW} do not lead to the application`,
    });
  });

  it("fails a name whose certificate does not hold it", async () => {
    const lone = await serve((_, response) => void response.end("x"), {
      certificate: await authority.issue({ names: [APEX] }),
    });
    const said = await answerOf(domain.definition, "dns.apex-and-www", {
      doors,
      options: { hosts: [WWW], resolvers: [names.address] },
      subject: { address: { url: lone.urlFor(APEX), ca: authority.ca } },
    });
    await lone[Symbol.asyncDispose]();
    expect(said).toMatchObject({ status: "fail", summary: `${WWW} does not answer`, findings: [WWW] });
  });

  it("does not apply below a domain, and is unknown where nobody answers", async () => {
    expect(await answer(toApex, { options: { hosts: ["app.shop.localhost"] } })).toMatchObject({
      status: "not applicable",
      reason: expect.stringContaining("is below a domain"),
    });
    const gone = { address: { url: "https://shop.localhost:9" } };
    const options = { hosts: [APEX, WWW], resolvers: [names.address] };
    expect(
      await answerOf(domain.definition, "dns.apex-and-www", { doors, options, subject: gone }),
    ).toMatchObject({ status: "unknown" });
    expect(await answer(toApex, { options: { resolvers: ["127.0.0.1:9"] } })).toMatchObject({
      status: "unknown",
    });
  });
});
