import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stateOfLine } from "../../../test/fixtures/held-line.ts";
import { serve, type TestServer } from "../../../test/fixtures/http-servers.ts";
import { subjectFor } from "../../../test/fixtures/subject.ts";
import { answersOf } from "../../../test/fixtures/web-subject.ts";
import { lighthouseScores } from "../../facts/http/lighthouse-checks.ts";
import type { Doors } from "../../model/doors.ts";
import type { Outcome } from "../../model/outcome.ts";
import { openDoors } from "../../system/doors.ts";
import { type SiteOptions, siteOptions } from "./options.ts";

const GOOD = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="description" content="Chairs">
<meta name="robots" content="noindex"></head><body><main><h1>Shop</h1></main></body></html>`;
const BAD =
  '<!doctype html><html><body><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="><button></button></body></html>';

let doors: Doors & AsyncDisposable;
let server: TestServer;
beforeAll(async () => {
  doors = openDoors();
  server = await serve(({ url }, response) => {
    const body = url === "/" ? GOOD : url === "/bad" ? BAD : undefined;
    response.writeHead(body ? 200 : 404, { "content-type": "text/html" }).end(body);
  });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await doors[Symbol.asyncDispose]();
});

async function answer(
  lighthouse: object | undefined,
  given: { html?: readonly string[]; at?: string; directory?: string; through?: Doors } = {},
): Promise<Outcome | undefined> {
  const { html = ["/"], at = server.url, through = doors, directory = process.cwd() } = given;
  const options = siteOptions.parse({ pages: { html }, ...(lighthouse && { lighthouse }) });
  const subject = subjectFor<SiteOptions>({
    kind: "site",
    component: "shop",
    options,
    directory,
    address: { url: at },
  });
  return (await answersOf(through, subject, [lighthouseScores]))["perf.lighthouse"];
}

describe("perf.lighthouse", () => {
  it("tells each page whose score is below the declared, and what cost most", async () => {
    expect(await answer({ accessibility: 90, seo: 90 }, { html: ["/", "/bad"] })).toMatchObject({
      status: "fail",
      summary: "Lighthouse gives 2 scores below the declared",
      findings: ["/bad: accessibility", "/bad: seo"],
      fix: expect.stringContaining("/bad, accessibility: "),
      // On staging a noindex costs nothing.
      measured: { "/ accessibility": 100, "/ seo": 100 },
    });
  });

  it("is held to the scores that a line asks for", async () => {
    const outcome = await answer({ accessibility: 1, seo: 1 }, { html: ["/", "/bad"] });
    const { measured } = outcome as { measured: Record<string, number> };
    const seo = measured["lowest seo"] ?? Number.NaN;
    expect(seo).toBe(measured["/bad seo"]);
    const state = (line: string) => stateOfLine(line, lighthouseScores, outcome);
    expect(state("Lighthouse score at least 50 <!-- gonogo: perf.lighthouse (lighthouse=1) -->")).toBe("go");
    expect(state("Lighthouse score > 99")).toBe("failing");
    expect(state("Lighthouse SEO > 99")).toBe("failing");
    // Nobody declared that it is measured.
    expect(state("Lighthouse performance > 99")).toBe("go");
  });

  it("passes where the middle of three runs is at least as declared", async () => {
    expect(await answer({ performance: 1 })).toMatchObject({
      status: "pass",
      summary: expect.stringMatching(/^Lighthouse \d+\.\S+, at least as declared: \/: performance \d+ of 1$/),
    });
  });

  it("does not apply where nothing is promised, and cannot be told without Lighthouse, a browser or an answer", async () => {
    expect(await answer(undefined)).toMatchObject({
      status: "not applicable",
      reason: expect.stringContaining("site({ lighthouse: { performance: 90 } })"),
    });
    expect(await answer({ seo: 90 }, { directory: "/nowhere/at/all" })).toMatchObject({
      status: "unknown",
      reason: expect.stringContaining("npm install --save-dev lighthouse"),
    });
    const through = { ...doors, shell: { ...doors.shell, find: async () => undefined } };
    expect((await answer({ seo: 90 }, { through }))?.status).toBe("unknown");
    expect((await answer({ seo: 90 }, { at: "http://127.0.0.1:9" }))?.status).toBe("unknown");
  });
});
