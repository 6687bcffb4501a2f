import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { exchange, type OpenEdge, openEdge } from "./edge.fixture.ts";

const PAGE = "<!doctype html><title>SoulSeer</title>";
const SCRIPT = "export const lines = [1, 2, 3];\n".repeat(500);
const HASHED = "/assets/index-BfS3yYz0.js";

let directory: string;
let edge: OpenEdge;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "site-"));
  const built = join(directory, "dist");
  const files: Record<string, string | Buffer> = {
    "dist/index.html": PAGE,
    "dist/assets/index-BfS3yYz0.js": SCRIPT,
    "dist/plain.js": SCRIPT,
    "dist/ready.css": SCRIPT,
    "dist/ready.css.gz": gzipSync("came with the build"),
    "dist/docs/index.html": "docs",
    "dist/logo.png": "not text",
    "dist/large.txt": "0123456789abcdef".repeat(100_000),
    "dist/.env": "SECRET=1",
    "dist/.git/config": "secret",
    "dist/.well-known/security.txt": "Contact: mailto:a@b.example",
    "dist/sp ace.txt": "space",
    "dist/empty/none.txt": "",
    "outside.txt": "outside",
    "dist-other/file.txt": "outside",
  };
  for (const [path, content] of Object.entries(files)) {
    await mkdir(join(directory, path, ".."), { recursive: true });
    await writeFile(join(directory, path), content);
  }
  await symlink(join(directory, "outside.txt"), join(built, "link.txt"));
  await symlink(join(directory, "dist-other"), join(built, "linked"));
  await utimes(join(built, "logo.png"), 1_000_000_000, 1_000_000_000);
  const headers = { "x-frame-options": "DENY" };
  edge = await openEdge({
    releases: [
      {
        id: "r1",
        routes: [
          { prefix: "/", site: { directory: built, fallback: "index.html", headers } },
          { prefix: "/bare", site: { directory: built, fallback: undefined } },
        ],
      },
    ],
  });
});
afterAll(async () => {
  await edge.close();
  await rm(directory, { recursive: true });
});

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`http://127.0.0.1:${edge.port}${path}`, {
    headers: { "accept-encoding": "identity", accept: "*/*", ...headers },
    redirect: "manual",
  });

test("a page is asked for anew each time, a hashed file is kept for ever, both with the declared headers", async () => {
  const page = await get("/");
  expect(await page.text()).toBe(PAGE);
  expect(Object.fromEntries(page.headers)).toMatchObject({
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-cache",
    "x-frame-options": "DENY",
    "x-gonogo-release": "r1",
  });
  const asset = await get(HASHED);
  expect(Object.fromEntries(asset.headers)).toMatchObject({
    "content-type": "text/javascript; charset=utf-8",
    "cache-control": "public, max-age=31536000, immutable",
    "x-frame-options": "DENY",
  });
  expect((await get("/plain.js")).headers.get("cache-control")).toBe("no-cache");
});

test("what the client has is not sent again", async () => {
  const etag = (await get("/logo.png")).headers.get("etag") ?? "";
  expect((await get("/logo.png", { "if-none-match": `"x", W/${etag}` })).status).toBe(304);
  expect((await get("/logo.png", { "if-none-match": '"x"' })).status).toBe(200);
  const date = new Date(1_000_000_000_000).toUTCString();
  expect((await get("/logo.png", { "if-modified-since": date })).status).toBe(304);
  expect((await get("/logo.png", { "if-modified-since": new Date(0).toUTCString() })).status).toBe(200);
  // The tag decides where there is one.
  expect((await get("/logo.png", { "if-modified-since": date, "if-none-match": '"x"' })).status).toBe(200);
});

test("a file that changed has another tag, though date and size are the same", async () => {
  const path = join(directory, "dist/changing.txt");
  const tagOf = async (): Promise<string | null> => (await get("/changing.txt")).headers.get("etag");
  await writeFile(path, "one");
  await utimes(path, 1_000, 1_000);
  const first = await tagOf();
  const other = join(directory, "dist-other/changing.txt");
  await writeFile(other, "two");
  await utimes(other, 1_000, 1_000);
  edge.put({
    id: "r2",
    routes: [{ prefix: "/", site: { directory: join(directory, "dist-other"), fallback: undefined } }],
  });
  edge.switchTo("r2");
  const second = await tagOf();
  edge.switchTo("r1");
  expect(second).not.toBe(first);
});

test.each([
  ["br", brotliDecompressSync],
  ["gzip", gunzipSync],
] as const)("text is compressed with %s", async (coding, decompress) => {
  const text = await exchange(
    edge.port,
    `GET /plain.js HTTP/1.1\r\nHost: a\r\nAccept-Encoding: ${coding};q=0.9, identity;q=0.1\r\nConnection: close\r\n\r\n`,
  );
  const split = text.indexOf("\r\n\r\n");
  expect(text.slice(0, split)).toMatch(new RegExp(`content-encoding: ${coding}`));
  expect(text.slice(0, split)).toMatch(/vary: accept-encoding/);
  const body = Buffer.from(text.slice(split + 4), "latin1");
  expect(body.length).toBeLessThan(SCRIPT.length / 4);
  expect(decompress(body).toString()).toBe(SCRIPT);
});

test("each coding has a tag of its own", async () => {
  const tags = await Promise.all(
    ["br", "gzip", "identity"].map(async (coding) =>
      (await get("/plain.js", { "accept-encoding": coding })).headers.get("etag"),
    ),
  );
  expect(new Set(tags).size).toBe(3);
});

test("a compressed file of the build is used, a large one is compressed as it is sent, an image is left", async () => {
  const gzip = { "accept-encoding": "gzip" };
  expect(await (await get("/ready.css", gzip)).text()).toBe("came with the build");
  const large = await get("/large.txt", gzip);
  expect(large.headers.get("content-encoding")).toBe("gzip");
  expect((await large.text()).length).toBe(1_600_000);
  expect((await get("/logo.png", gzip)).headers.get("content-encoding")).toBeNull();
});

test("a page of the application falls back to its shell, a missing script does not", async () => {
  expect(await (await get("/readers/42")).text()).toBe(PAGE);
  expect(await (await get("/readers/john.doe", { accept: "text/html,*/*;q=0.8" })).text()).toBe(PAGE);
  expect((await get("/assets/gone-Ab3dEf9h.js")).status).toBe(404);
  expect((await get("/bare/readers/42")).status).toBe(404);
  expect(await (await get("/bare/plain.js")).text()).toBe(SCRIPT);
  expect((await get("/readers/42")).headers.get("cache-control")).toBe("no-cache");
});

test("a directory is its index or nothing, never a list", async () => {
  expect(await (await get("/docs/")).text()).toBe("docs");
  const bare = await get("/docs?a=b");
  expect([bare.status, bare.headers.get("location")]).toEqual([308, "/docs/?a=b"]);
  expect((await get("/bare/empty/")).status).toBe(404);
});

test.each([
  "/../outside.txt",
  "/%2e%2e/outside.txt",
  "/..%2foutside.txt",
  "/assets/../../outside.txt",
  "/..%5coutside.txt",
  "/../dist-other/file.txt",
  "/%2e%2e%2fdist-other%2ffile.txt",
  "/link.txt",
  "/linked/file.txt",
  "/.env",
  "/%2eenv",
  "/.git/config",
  "/assets/.env",
  "/logo.png%00.html",
  "/%zz",
  "/logo.png/",
])("%s is not served", async (path) => {
  const text = await exchange(edge.port, `GET /bare${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
  expect(text).toMatch(/^HTTP\/1\.1 404 /);
  expect(text).not.toMatch(/outside|secret/i);
});

test("a redirect to a directory stays on this host", async () => {
  const text = await exchange(edge.port, "GET //docs HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  expect(text).toMatch(/location: \/docs\/\r\n/);
});

test("well-known files and odd names are served, other methods are not", async () => {
  expect((await get("/.well-known/security.txt")).status).toBe(200);
  expect(await (await get("/sp%20ace.txt")).text()).toBe("space");
  const posted = await fetch(`http://127.0.0.1:${edge.port}/`, { method: "POST", body: "x" });
  expect([posted.status, posted.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
  const head = await fetch(`http://127.0.0.1:${edge.port}/logo.png`, { method: "HEAD" });
  expect([head.headers.get("content-length"), await head.text()]).toEqual(["8", ""]);
});
