import { afterAll, beforeAll, expect, it } from "vitest";
import { stateOfLine } from "../../../test/fixtures/held-line.ts";
import { serve, type TestServer } from "../../../test/fixtures/http-servers.ts";
import { subjectFor } from "../../../test/fixtures/subject.ts";
import { answersOf } from "../../../test/fixtures/web-subject.ts";
import type { Doors } from "../../model/doors.ts";
import type { Outcome } from "../../model/outcome.ts";
import { openDoors } from "../../system/doors.ts";
import { type SiteOptions, siteOptions } from "./options.ts";
import { bundleBudget } from "./page-weight.ts";

const BIG = 200_000;
let doors: Doors & AsyncDisposable;
let server: TestServer;
let elsewhere: TestServer;
beforeAll(async () => {
  doors = openDoors();
  elsewhere = await serve((_, response) => {
    response.setHeader("content-type", "text/javascript").end("0");
  });
  server = await serve(({ url = "" }, response) => {
    if (url.startsWith("/big.js"))
      response.setHeader("content-type", "text/javascript").end(`//${"x".repeat(BIG)}`);
    else if (url === "/photo.png") response.setHeader("content-type", "image/png").end(Buffer.alloc(BIG));
    else {
      const script =
        url === "/heavy"
          ? '<script src="/big.js?v=1"></script>'
          : `<script src="${elsewhere.url}/a"></script>`;
      response.setHeader("content-type", "text/html").end(`<!doctype html><img src="/photo.png">${script}`);
    }
  });
});
afterAll(async () => {
  await Promise.all([server, elsewhere, doors].map((each) => each[Symbol.asyncDispose]()));
});

async function answer(
  options: object,
  given: { at?: string; through?: Doors } = {},
): Promise<Outcome | undefined> {
  const { at = server.url, through = doors } = given;
  const subject = subjectFor<SiteOptions>({ options: siteOptions.parse(options), address: { url: at } });
  return (await answersOf(through, subject, [bundleBudget]))["perf.bundle.budget"];
}

it("counts page, scripts and styles as they went over the wire, and names what is large", async () => {
  const pages = { html: ["/", "/heavy"] };
  expect(await answer({ weight: "150KB", pages })).toMatchObject({
    status: "fail",
    summary: "/heavy is too heavy",
    found: expect.stringMatching(/^\/heavy .* \(\/big\.js /),
    findings: ["/heavy"],
  });
  const kept = await answer({ weight: "1MB", pages });
  expect(kept).toMatchObject({ status: "pass", summary: expect.stringContaining("1 of other sites") });
  const { measured } = kept as { measured: Record<string, number> };
  expect(measured["/heavy bytes"]).toBeGreaterThan(BIG);
  expect(measured["/ bytes"]).toBeLessThan(1_000);
  expect(measured.mostScriptBytes).toBeGreaterThan(BIG);
  expect(stateOfLine("Bundle size < 250KB", bundleBudget, kept)).toBe("go");
  expect(stateOfLine("JavaScript bundle under 150KB", bundleBudget, kept)).toBe("failing");
  expect(stateOfLine("Main chunk under 150KB", bundleBudget, kept)).toBe("go");
});

it("does not apply where nothing is promised, and cannot be told without an answer or a browser", async () => {
  expect((await answer({}))?.status).toBe("not applicable");
  expect((await answer({ weight: "1MB" }, { at: "http://127.0.0.1:9" }))?.status).toBe("unknown");
  const through = { ...doors, shell: { ...doors.shell, find: async () => undefined } };
  expect(await answer({ weight: "1MB" }, { through })).toMatchObject({
    reason: expect.stringContaining("apt-get install chromium"),
  });
});
