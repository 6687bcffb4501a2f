import { afterAll, beforeAll, expect, it } from "vitest";
import { serve, type TestServer } from "../../../test/fixtures/http-servers.ts";
import { subjectFor } from "../../../test/fixtures/subject.ts";
import { answersOf } from "../../../test/fixtures/web-subject.ts";
import { accessible } from "../../facts/http/accessibility-checks.ts";
import type { Doors } from "../../model/doors.ts";
import type { Outcome } from "../../model/outcome.ts";
import { openDoors } from "../../system/doors.ts";
import { type SiteOptions, siteOptions } from "./options.ts";

const page = (body: string, head = "") =>
  `<!doctype html><html lang="en"><head><title>Shop</title>${head}</head><body><main><h1>Shop</h1>${body}</main></body></html>`;
const PAGES: Readonly<Record<string, string>> = {
  "/": page('<p>Hello</p><img alt="A red chair" src="data:,">'),
  "/broken": page(
    '<img src="data:,"><p id="pale" style="color:#ccc;background:#fff">canary of a customer</p>',
  ),
  // What only a script draws, and only some time after the page has loaded.
  "/drawn": page(
    '<div id="app"></div>',
    `<script>addEventListener("load", () => setTimeout(() => { app.innerHTML = '<button class="buy"></button>' }, 200))</script>`,
  ),
};

let doors: Doors & AsyncDisposable;
let server: TestServer;
beforeAll(async () => {
  doors = openDoors();
  server = await serve((request, response) => {
    const html = PAGES[request.url ?? ""];
    response
      .writeHead(html ? 200 : 404, {
        "content-type": "text/html",
        "content-security-policy":
          "default-src 'self' data:; script-src 'unsafe-inline'; style-src 'unsafe-inline'",
      })
      .end(html ?? "<p>gone");
  });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await doors[Symbol.asyncDispose]();
});

async function answer(
  html: readonly string[],
  given: { accessibility?: string; at?: string; through?: Doors } = {},
): Promise<Outcome | undefined> {
  const { accessibility = "serious", at = server.url, through = doors } = given;
  const options = siteOptions.parse({ pages: { html }, ...(accessibility !== "" && { accessibility }) });
  const subject = subjectFor<SiteOptions>({ kind: "site", options, address: { url: at } });
  const outcome = (await answersOf(through, subject, [accessible]))["a11y.axe"];
  expect(JSON.stringify(outcome)).not.toContain("canary");
  return outcome;
}

it("is so where axe-core finds no barrier", async () => {
  expect(await answer(["/"])).toMatchObject({ status: "pass", measured: { pages: 1, rulesBroken: 0 } });
});

it("names rule, element and page, of what a script draws later, too", async () => {
  expect(await answer(["/broken", "/drawn"])).toMatchObject({
    status: "fail",
    summary: "3 rules are broken",
    found: expect.stringContaining("/broken: image-alt (critical) at img"),
    fix: expect.stringContaining("#pale: "),
    findings: ["/broken: image-alt", "/drawn: button-name", "/broken: color-contrast"],
  });
  expect(await answer(["/broken"], { accessibility: "critical" })).toMatchObject({
    findings: ["/broken: image-alt"],
    measured: { below: 1 },
  });
});

it("does not apply where nobody promised it, or no page is there", async () => {
  expect(await answer(["/"], { accessibility: "" })).toMatchObject({
    status: "not applicable",
    reason: expect.stringContaining('site({ accessibility: "serious" })'),
  });
  expect((await answer(["/gone"]))?.status).toBe("not applicable");
});

it("cannot be told without a browser, or an answer", async () => {
  const through = { ...doors, shell: { ...doors.shell, find: async () => undefined } };
  expect(await answer(["/"], { through })).toMatchObject({
    status: "unknown",
    reason: expect.stringContaining("apt-get install chromium"),
  });
  expect((await answer(["/"], { at: "http://127.0.0.1:9" }))?.status).toBe("unknown");
});
