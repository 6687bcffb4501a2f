import { expect, it } from "vitest";
import { z } from "zod";
import { subjectFor } from "../../../test/fixtures/subject.ts";
import type { Sibling } from "../../model/subject.ts";
import { cspPresent } from "./csp-checks.ts";
import { httpOptionsShape } from "./options.ts";
import { pageFrom } from "./page.ts";

const ADDRESS = { url: "https://shop.localhost:8443" };
const page = pageFrom("page", "/", {
  url: `${ADDRESS.url}/`,
  status: 200,
  headerLines: [["Content-Type", "text/html"]],
  body: new TextEncoder().encode("<!doctype html><title>Shop</title>"),
  truncated: false,
  tookMs: 1,
});
const pages = {
  address: {
    origin: ADDRESS.url,
    plainOrigin: undefined,
    ca: undefined,
    https: true,
    hostname: "shop.localhost",
    port: 8443,
    host: undefined,
    base: "",
  },
  observedAt: 0,
  list: [page],
};
const options = z.object({ ...httpOptionsShape, host: z.string().optional() });

/** The policy that the fix of a bare site hands out. */
function policyOf(siblings: readonly Sibling[], given: object = {}): string {
  const subject = subjectFor({
    component: "front",
    kind: "site",
    options: options.parse(given),
    siblings,
    address: ADDRESS,
  });
  const outcome = cspPresent.run({ pages }, subject);
  if (outcome.status !== "fail") throw new Error(outcome.status);
  return /"Content-Security-Policy": "(?<policy>[^"]*)"/.exec(outcome.fix)?.groups?.policy ?? outcome.fix;
}

const web = (given: object): Sibling => ({ name: "api", kind: "web", options: given });

it("lets a page reach the API of its launch on another origin, and its WebSocket", () => {
  const api = web({ routes: [{ prefix: "/", host: "api.localhost" }], websocket: { path: "/ws" } });
  expect(policyOf([api])).toBe(
    "default-src 'self'; connect-src 'self' https://api.localhost:8443 wss://api.localhost:8443; script-src 'self'; object-src 'none'; base-uri 'self'; frame-ancestors 'none'",
  );
  const chat: Sibling = { name: "chat", kind: "realtime", options: { host: "live.localhost" } };
  expect(policyOf([chat])).toContain(
    "connect-src 'self' https://live.localhost:8443 wss://live.localhost:8443;",
  );
  expect(policyOf([web({ routes: ["/api"] })], { host: "www.localhost" })).toContain(
    "connect-src 'self' https://shop.localhost:8443;",
  );
});

it("lets it reach nothing else than itself where everything is on one origin", () => {
  expect(policyOf([web({ routes: ["/api"] })])).toBe(
    "default-src 'self'; script-src 'self'; object-src 'none'; base-uri 'self'; frame-ancestors 'none'",
  );
  expect(policyOf([web({ routes: ["/api"], websocket: { path: "/ws" } })])).toContain(
    "connect-src 'self' wss://shop.localhost:8443;",
  );
});
