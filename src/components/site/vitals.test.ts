import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stateOfLine } from "../../../test/fixtures/held-line.ts";
import { serve, type TestServer } from "../../../test/fixtures/http-servers.ts";
import { subjectFor } from "../../../test/fixtures/subject.ts";
import { answersOf } from "../../../test/fixtures/web-subject.ts";
import { webVitals } from "../../facts/http/vitals-checks.ts";
import type { Doors } from "../../model/doors.ts";
import type { Outcome } from "../../model/outcome.ts";
import { openDoors } from "../../system/doors.ts";
import { type SiteOptions, siteOptions } from "./options.ts";

const LATE_MS = 2_000;
const BUSY_MS = 700;
const page = (body: string) =>
  `<!doctype html><meta name="viewport" content="width=device-width"><title>Shop</title>${body}`;
const PAGES: Readonly<Record<string, string>> = {
  "/": page("<h1>Shop</h1><p>Chairs and tables"),
  "/bad": page(`<script src="/late.js"></script><h1>Shop</h1><script>setTimeout(() => {
    const end = performance.now() + ${BUSY_MS};
    while (performance.now() < end);
    document.body.insertAdjacentHTML("afterbegin", '<div style="height:500px">An advertisement</div>');
  }, 300)</script><p style="height:900px">Chairs`),
};

let doors: Doors & AsyncDisposable;
let server: TestServer;
beforeAll(async () => {
  doors = openDoors();
  server = await serve(({ url = "" }, response) => {
    if (url === "/late.js") setTimeout(() => response.end(""), LATE_MS);
    else response.writeHead(PAGES[url] ? 200 : 404, { "content-type": "text/html" }).end(PAGES[url] ?? "");
  });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await doors[Symbol.asyncDispose]();
});

async function answer(
  html: readonly string[],
  vitals: object | undefined,
  given: { at?: string; through?: Doors } = {},
): Promise<Outcome | undefined> {
  const { at = server.url, through = doors } = given;
  const options = siteOptions.parse({ pages: { html }, ...(vitals && { vitals }) });
  const subject = subjectFor<SiteOptions>({ kind: "site", component: "shop", options, address: { url: at } });
  return (await answersOf(through, subject, [webVitals]))["perf.web-vitals.lab"];
}

describe("perf.web-vitals.lab", () => {
  it("passes a light page on a line as slow as promised", async () => {
    const outcome = await answer(["/"], { lcp: "20s", blocking: "5s" });
    expect(outcome).toMatchObject({ status: "pass", measured: { "/ cls": 0 } });
    // A request on that line takes half a second; here it takes none.
    expect((outcome as { measured: Record<string, number> }).measured["/ lcpMs"]).toBeGreaterThan(500);
    const state = (line: string) => stateOfLine(line, webVitals, outcome);
    expect(["LCP < 60s", "FCP < 60s", "CLS < 0.1", "TBT < 60s"].map(state)).toEqual(Array(4).fill("go"));
    expect(["LCP < 50ms", "First Contentful Paint < 50ms"].map(state)).toEqual(Array(2).fill("failing"));
    // What it does not measure is not held.
    expect(state("FID < 1ms")).toBe("go");
  });

  it("tells what moves, blocks, or comes late", async () => {
    const outcome = await answer(["/bad"], { device: "desktop", lcp: "1900ms", blocking: "600ms" });
    expect(outcome).toMatchObject({
      status: "fail",
      findings: ["/bad: LCP", "/bad: CLS", "/bad: blocking"],
      fix: expect.stringContaining("on /bad give images"),
    });
    expect((outcome as { measured: Record<string, number> }).measured["/bad blockingMs"]).toBeGreaterThan(
      600,
    );
    const moved = { ...outcome, status: "pass", summary: "as if promised" } as Outcome;
    expect(stateOfLine("CLS < 0.01", webVitals, moved)).toBe("failing");
    expect(stateOfLine("Total Blocking Time < 300ms", webVitals, moved)).toBe("failing");
    expect(stateOfLine("Total Blocking Time < 50s", webVitals, moved)).toBe("go");
  });

  it("does not apply where nothing is promised, and cannot be told without a browser or an answer", async () => {
    expect(await answer(["/"], undefined)).toMatchObject({
      status: "not applicable",
      reason: expect.stringContaining("site({ vitals: {} })"),
    });
    const through = { ...doors, shell: { ...doors.shell, find: async () => undefined } };
    expect((await answer(["/"], {}, { through }))?.status).toBe("unknown");
    expect((await answer(["/"], {}, { at: "http://127.0.0.1:9" }))?.status).toBe("unknown");
  });
});
