import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { stateOfLine } from "../../../test/fixtures/held-line.ts";
import { subjectFor } from "../../../test/fixtures/subject.ts";
import { answersOf } from "../../../test/fixtures/web-subject.ts";
import type { Doors } from "../../model/doors.ts";
import type { Outcome } from "../../model/outcome.ts";
import { openDoors } from "../../system/doors.ts";
import { type SiteOptions, siteOptions } from "./options.ts";
import { pageLoad } from "./page-load.ts";

const LATE_MS = 1_200;
let doors: Doors & AsyncDisposable;
let server: Server;
let url: string;

beforeAll(async () => {
  doors = openDoors();
  server = createServer(({ url: asked }, response) => {
    const script = asked === "/slow" ? '<script src="/late.js"></script>' : "";
    const answer = () =>
      response.setHeader("content-type", "text/html").end(`<!doctype html><p>Hello</p>${script}`);
    if (asked === "/late.js") setTimeout(() => response.end(""), LATE_MS);
    else answer();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await doors[Symbol.asyncDispose]();
});

async function ask(options: Readonly<Record<string, unknown>>, at = url): Promise<Outcome | undefined> {
  const subject = subjectFor<SiteOptions>({ options: siteOptions.parse(options), address: { url: at } });
  return (await answersOf(doors, subject, [pageLoad]))["perf.page.load"];
}

it("is so when a browser has the page in time, and not when it waits for a late script", async () => {
  const kept = await ask({ load: { within: "30s" }, pages: { html: ["/", "/slow"] } });
  expect(kept).toMatchObject({ status: "pass" });
  expect(stateOfLine("Page load time < 30s", pageLoad, kept)).toBe("go");
  expect(stateOfLine("Page load time < 1s", pageLoad, kept)).toBe("failing");
  const outcome = await ask({ load: { within: "1s" }, pages: { html: ["/slow"] } });
  expect(outcome).toMatchObject({ status: "fail", summary: "a page takes too long", findings: ["/slow"] });
  expect((outcome as { measured: Record<string, number> }).measured["/slow ms"]).toBeGreaterThanOrEqual(
    LATE_MS,
  );
});

it("does not apply where no time is promised, and is unknown where nothing answers", async () => {
  expect(await ask({})).toMatchObject({ status: "not applicable" });
  expect(await ask({ load: {} }, "http://127.0.0.1:1")).toMatchObject({ status: "unknown" });
});
