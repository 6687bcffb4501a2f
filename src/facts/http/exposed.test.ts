import type { RequestListener } from "node:http";
import { afterAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { serve } from "../../../test/fixtures/http-servers.ts";
import { subjectFor } from "../../../test/fixtures/subject.ts";
import { openDoors } from "../../system/doors.ts";
import { createObserver } from "../observer.ts";
import { type Exposed, httpExposed } from "./exposed.ts";
import { httpOptionsShape } from "./options.ts";

const doors = openDoors();
afterAll(() => doors[Symbol.asyncDispose]());

/** Without the pauses: "Retry-After: 3" is waited for in no time. */
const hasty = { ...doors, clock: { ...doors.clock, delay: async () => undefined } };

async function seenBehind(listener: RequestListener, through = doors): Promise<readonly Exposed[]> {
  await using server = await serve(listener);
  const options = z.object(httpOptionsShape).parse({});
  const subject = subjectFor({ options, address: { url: server.url } });
  const seen = await createObserver(through).observe(subject, httpExposed);
  if (!seen.seen) throw new Error(seen.reason);
  return seen.value;
}

const PAGE = '<!doctype html><html><script src="/app.js"></script>create table users; FOO=bar</html>';

const PUBLIC: Readonly<Record<string, string | Buffer>> = {
  "/.git/HEAD": "ref: refs/heads/main\n",
  "/.git/config": "[core]\n\tbare = false\n",
  "/.env": "\n# comment\n\nexport DATABASE_URL=postgres://x\n",
  "/dump.sql": "PGDMP\u0001",
  "/backup.zip": Buffer.from([0x50, 0x4b, 0x03, 0x04, 0x14]),
  "/backup.tar.gz": Buffer.from([0x1f, 0x8b, 0x08, 0x00]),
  "/data.db": "SQLite format 3\0",
  "/id_rsa": "-----BEGIN OPENSSH PRIVATE KEY-----\n",
  "/.aws/credentials": "[default]\naws_access_key_id = x\n",
  "/.npmrc": "//registry.example/:_authToken=x\n",
  "/.htpasswd": "ada:$2y$10$abc\n",
  "/compose.yaml": "services:\n  web:\n",
  "/gonogo.config.ts": "export default defineLaunch({});",
  "/package.json": '{ "name": "x", "dependencies": {} }',
  "/.DS_Store": Buffer.from("\0\0\0\x01Bud1"),
  "/server-status": "<html><title>Apache Status</title>",
  "/nginx_status": "Active connections: 1\n",
  "/phpinfo.php": "<html><title>PHP 8.3 - phpinfo()</title>",
  "/actuator/env": '{"activeProfiles":[]}',
  "/debug/pprof/": "<html>Types of profiles available:",
};

describe("files that must not be public", () => {
  it("are told by what is in them, each of them", async () => {
    const seen = await seenBehind((request, response) => {
      const body = PUBLIC[request.url ?? ""];
      response.writeHead(body === undefined ? 404 : 200).end(body);
    });
    expect(seen.map(({ path }) => path).toSorted()).toEqual(Object.keys(PUBLIC).toSorted());
  });

  it("are none where every path answers with the front page", async () => {
    expect(
      await seenBehind((_, response) => {
        response.writeHead(200, { "content-type": "text/html" }).end(PAGE);
      }),
    ).toEqual([]);
  });

  it("are none where every path answers with something else of one's own", async () => {
    for (const body of [
      '{"error":"not found"}',
      "ok",
      "",
      "\n".repeat(60_000),
      "#\n".repeat(30_000),
      " ".repeat(60_000),
    ]) {
      expect(
        await seenBehind((_, response) => {
          response.writeHead(200).end(body);
        }),
      ).toEqual([]);
    }
  });

  const publicDump: RequestListener = ({ url }, response) => {
    const body = url === "/dump.sql" ? PUBLIC["/dump.sql"] : undefined;
    response.writeHead(body === undefined ? 404 : 200).end(body);
  };

  it.each([429, 503])("are not seen behind a limit that answers %i, and few are asked", async (status) => {
    let asked = 0;
    const seen = seenBehind((request, response) => {
      if (++asked > 3) response.writeHead(status).end();
      else publicDump(request, response);
    }, hasty);
    await expect(seen).rejects.toThrow(/^a rate limit answers \/\S*: it hides whether any file is served$/);
    expect(asked).toBeLessThan(20);
  });

  it.each([
    ["asks for patience", 429, { "retry-after": "3" }],
    ["is not back for a moment", 503, {}],
  ])("are waited for once where a server %s", async (_, status, headers) => {
    const known = new Set<string | undefined>(["/"]);
    const seen = await seenBehind((request, response) => {
      if (known.has(request.url)) return publicDump(request, response);
      known.add(request.url);
      response.writeHead(status, headers).end();
    }, hasty);
    expect(seen).toEqual([{ path: "/dump.sql", what: "a database dump", isSourceMap: false }]);
  });

  it("include the source map an asset names itself", async () => {
    const seen = await seenBehind(({ url }, response) => {
      if (url === "/") response.writeHead(200, { "content-type": "text/html" }).end(PAGE);
      else if (url === "/app.js") response.end("x();\n//# sourceMappingURL=maps/app.js.map?v=1");
      else if (url === "/maps/app.js.map") response.end('{"version":3,"sources":[],"mappings":"AAAA"}');
      else response.writeHead(404).end();
    });
    expect(seen).toEqual([{ path: "/maps/app.js.map", what: "a source map", isSourceMap: true }]);
  });
});
