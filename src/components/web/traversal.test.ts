import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answerOf } from "../../../test/fixtures/component-answer.ts";
import { serve, type TestServer } from "../../../test/fixtures/http-servers.ts";
import type { Doors } from "../../model/doors.ts";
import { openDoors } from "../../system/doors.ts";
import { web } from "./web.ts";

/** Where the file of a request lies; undefined: refused. */
type Find = (url: string, root: string) => string | undefined;

const PAGE =
  '<!doctype html><script src="/assets/app.js"></script><a href="/download?file=terms.pdf">Terms</a>';

describe("probe.path-traversal", () => {
  let doors: Doors & AsyncDisposable;
  let project: string;
  let app: TestServer;
  let find: Find;
  beforeAll(async () => {
    doors = openDoors();
    project = await mkdtemp(path.join(tmpdir(), "gonogo-traversal-"));
    const root = path.join(project, "public");
    await mkdir(path.join(root, "assets"), { recursive: true });
    await writeFile(path.join(root, "index.html"), PAGE);
    await writeFile(path.join(root, "assets/app.js"), "1");
    await writeFile(path.join(project, ".env"), "CANARY_KEY=canary-4711\n");
    await writeFile(path.join(project, "package.json"), '{ "scripts": {} }');
    app = await serve(async ({ url = "/" }, response) => {
      const fixed = { "/": "index.html", "/assets/app.js": "assets/app.js" }[url];
      const file = fixed === undefined ? find(url, root) : path.join(root, fixed);
      const bytes = file === undefined ? undefined : await readFile(file).catch(() => undefined);
      if (url === "/") response.setHeader("content-type", "text/html");
      response.writeHead(bytes ? 200 : 404).end(bytes ?? "nothing here");
    });
  });
  afterAll(async () => {
    await Promise.all([app, doors].map((each) => each[Symbol.asyncDispose]()));
    await rm(project, { recursive: true });
  });

  const answer = (asked: Find, url = app.url) => {
    find = asked;
    const options = { start: "node server.js" };
    return answerOf(web.definition, "probe.path-traversal", {
      doors,
      options,
      subject: { address: { url } },
    });
  };
  const careful: Find = (url, root) => {
    const file = path.resolve(root, `.${path.posix.normalize(decodeURIComponent(url.split("?")[0] ?? ""))}`);
    return file.startsWith(`${root}/`) ? file : undefined;
  };
  const tolerant =
    (decode: (url: string) => string): Find =>
    (url, root) => {
      try {
        return path.join(root, decode(url.split("?")[0] ?? ""));
      } catch {
        return undefined;
      }
    };

  it("passes a server that resolves before it looks, in every folder and link that was seen", async () => {
    const said = await answer((url, root) => {
      try {
        return careful(url, root);
      } catch {
        return undefined;
      }
    });
    expect(said).toMatchObject({
      status: "pass",
      summary: expect.stringMatching(/^\d{3} ways out of \/, \/assets\/, \/download\?file= lead nowhere$/),
    });
  });

  it.each<[string, Find, RegExp]>([
    ["a server that joins what was sent", tolerant((url) => url), /GET \/\.\.\/\S+: /],
    [
      "one that decodes after it looked",
      tolerant((url) => (url.includes("..") ? "" : decodeURIComponent(url))),
      /%2e%2e/,
    ],
    [
      "one that decodes twice",
      tolerant((url) => (/\.\.|%2e/i.test(url) ? "" : decodeURIComponent(decodeURIComponent(url)))),
      /%252e/,
    ],
    [
      "one that takes ../ out once",
      tolerant((url) => decodeURIComponent(url).replaceAll("../", "")),
      /\.\.\.\.\/\//,
    ],
    [
      "a prefix without its slash",
      (url, root) => (url.startsWith("/assets..") ? path.join(root, url.slice("/assets".length)) : undefined),
      /GET \/assets\.\.\/\.env: environment variables/,
    ],
    [
      "a download by name",
      (url) =>
        /^\/download\?file=(.*)$/
          .exec(url)
          ?.slice(1)
          .map((name) => path.join("/srv/files", name))[0],
      /GET \/download\?file=\.\.\/\S+passwd: the machine's users/,
    ],
  ])("fails %s", async (_, asked, found) => {
    const said = await answer(asked);
    expect(said).toMatchObject({ status: "fail", found: expect.stringMatching(found) });
    expect(JSON.stringify(said)).not.toContain("canary-4711");
  });

  it("leaves what is served anyway to probe.exposed-files", async () => {
    const open: Find = (url, root) => {
      const name = new URL(url, "http://any").pathname;
      return name === "/package.json" ? path.join(root, "../package.json") : undefined;
    };
    expect(await answer(open)).toMatchObject({ status: "pass" });
  });

  it("is unknown behind a rate limit and where nobody answers", async () => {
    await using busy = await serve(
      ({ url }, response) => void response.writeHead(url === "/" ? 200 : 429).end("x"),
    );
    expect(await answer(careful, busy.url)).toMatchObject({ status: "unknown" });
    expect(await answer(careful, "http://127.0.0.1:9")).toMatchObject({ status: "unknown" });
  });
});
