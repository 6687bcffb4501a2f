import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { createGitFolder, type GitFolder } from "../../../../test/fixtures/git-folder.ts";
import { serve, type TestServer } from "../../../../test/fixtures/http-servers.ts";
import { answerAbout } from "../repository.fixture.ts";
import { dependenciesVulnerable } from "./checks.ts";
import { readPnpmReport, readYarnReport } from "./report.ts";

const BULK = "/-/npm/v1/security/advisories/bulk";
/** What npm sends: each name once, with every version that the lock has of it. */
const question = z.record(z.string(), z.array(z.string().regex(/^\d+\.\d+\.\d+/)).min(1));

type Known = Readonly<Record<string, readonly object[]>>;
const hole = (severity: string, more: object = {}) => ({
  id: 1_097_496,
  url: "https://github.com/advisories/GHSA-9c47-m6qq-7p4h",
  title: "Prototype pollution",
  severity,
  vulnerable_versions: "<1.2.0",
  cwe: ["CWE-1321"],
  cvss: { score: 7.5, vectorString: null },
  ...more,
});

// A stand-in for the registry: it answers what npm's own client asks, and refuses what is not of the published shape.
let registry: TestServer;
let known: Known | "no audits" = {};
let asked: unknown[] = [];

beforeAll(async () => {
  registry = await serve(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    // Versions to go to are looked up by name; this registry has none.
    if (request.method === "GET") return void response.writeHead(404).end("{}");
    if (known === "no audits" || request.url !== BULK) return void response.writeHead(405).end();
    const body = Buffer.concat(parts);
    const isZipped = request.headers["content-encoding"] === "gzip";
    const read = question.safeParse(JSON.parse((isZipped ? gunzipSync(body) : body).toString()));
    if (!read.success) return void response.writeHead(400).end(JSON.stringify({ error: "malformed" }));
    asked.push(read.data);
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(known));
  });
});
afterAll(() => registry[Symbol.asyncDispose]());
beforeEach(() => {
  known = {};
  asked = [];
});

const MANIFEST = { name: "app", dependencies: { top: "^1.0.0" }, devDependencies: { builder: "1.0.0" } };

function project(more: Record<string, string> = {}): GitFolder {
  const lock = {
    name: "app",
    lockfileVersion: 3,
    requires: true,
    packages: {
      "": MANIFEST,
      "node_modules/top": { version: "1.0.0", dependencies: { left: "^1.0.0" } },
      "node_modules/left": { version: "1.1.0" },
      "node_modules/builder": { version: "1.0.0", dev: true },
    },
  };
  return createGitFolder({
    "package.json": JSON.stringify(MANIFEST),
    "package-lock.json": JSON.stringify(lock),
    ".npmrc": `registry=${registry.url}/\n//127.0.0.1:${registry.port}/:_authToken=canary\n`,
    ...more,
  });
}

const answer = (folder: GitFolder, audit: string | undefined = "high") =>
  answerAbout(dependenciesVulnerable, folder.directory, { options: { audit } });

describe("repo.deps.vulnerable", () => {
  it("passes where the registry knows nothing about what goes into production", async () => {
    using folder = project();
    known = { builder: [hole("critical")] };
    expect(await answer(folder)).toMatchObject({
      status: "pass",
      summary: "no advisory of high or above for what package-lock.json brings to production",
    });
    expect(asked).toEqual([{ top: ["1.0.0"], left: ["1.1.0"] }]);
  });

  it("names package, range, advisory, who brings it, and what to type", async () => {
    using folder = project();
    known = { left: [hole("critical")], top: [hole("low", { id: 7, url: "", title: "Slow" })] };
    expect(await answer(folder)).toMatchObject({
      status: "fail",
      summary: "left has known holes",
      found: "left <1.2.0 (critical): Prototype pollution, GHSA-9c47-m6qq-7p4h, brought by top",
      fix: expect.stringContaining("no fixed version is known of left <1.2.0 (GHSA-9c47-m6qq-7p4h)"),
      findings: ["left GHSA-9c47-m6qq-7p4h"],
      measured: { advisories: 1, belowThreshold: 1 },
    });
    expect(await answer(folder, "low")).toMatchObject({
      findings: ["left GHSA-9c47-m6qq-7p4h", "top advisory 7"],
    });
  });

  it("asks the registry once a day, and anew when the lock is another one", async () => {
    using folder = project();
    known = { left: [hole("high")] };
    await answer(folder);
    expect((await answer(folder)).status).toBe("fail");
    expect(asked).toHaveLength(1);

    const memory = ".gonogo/audit.json";
    const seen = JSON.parse(folder.git("show", ":package-lock.json"));
    seen.packages["node_modules/left"].version = "1.2.0";
    folder.write({ "package-lock.json": JSON.stringify(seen) });
    known = {};
    expect((await answer(folder)).status).toBe("pass");
    expect(asked).toHaveLength(2);

    const text = readFileSync(`${folder.directory}/${memory}`, "utf8");
    folder.write({ [memory]: text.replace(/"at": \d+/, `"at": ${Date.now() - 86_400_001}`) });
    await answer(folder);
    expect(asked).toHaveLength(3);
  });

  it("does not apply where nobody declared it, or nothing is installed", async () => {
    using folder = project();
    expect(await answerAbout(dependenciesVulnerable, folder.directory)).toMatchObject({
      status: "not applicable",
      reason: expect.stringContaining('repository({ audit: "high" })'),
    });
    using empty = createGitFolder({ "package.json": "{}" });
    expect((await answer(empty)).status).toBe("not applicable");
    expect(asked).toEqual([]);
  });

  it("cannot tell by a registry that answers no audits, or does not answer, and asks again at once", async () => {
    using folder = project();
    known = "no audits";
    expect(await answer(folder)).toMatchObject({
      status: "unknown",
      reason: expect.stringContaining("the registry does not answer `npm audit` (HTTP 405)"),
    });
    known = {};
    expect((await answer(folder)).status).toBe("pass");
    using away = project({ ".npmrc": "registry=http://reader:canary@127.0.0.1:9/\n" });
    expect(await answer(away)).toMatchObject({
      status: "unknown",
      reason: expect.stringMatching(/`npm audit` gave no report: .*ECONNREFUSED/),
    });
  });

  it("says which locks it cannot audit", async () => {
    using yarn = createGitFolder({ "package.json": JSON.stringify(MANIFEST), "yarn.lock": "top@^1.0.0:\n" });
    expect(await answer(yarn)).toMatchObject({
      status: "unknown",
      reason: expect.stringContaining("yarn 1 audits"),
    });
    using bun = createGitFolder({ "package.json": JSON.stringify(MANIFEST), "bun.lock": "{}" });
    expect(await answer(bun)).toMatchObject({
      status: "unknown",
      reason: expect.stringContaining("bun.lock cannot be audited"),
    });
  });
});

// As pnpm 12.21 and yarn 4.18 printed them about the same hole.
describe("reports of other package managers", () => {
  const told = { package: "left", id: "GHSA-9c47-m6qq-7p4h", range: "<1.2.0", severity: "high" };

  it("are read as pnpm prints them", () => {
    const advisory = {
      findings: [{ version: "1.1.0", paths: [".>top>left", ".>left"], dev: false }],
      id: 1,
      title: "Prototype pollution",
      module_name: "left",
      vulnerable_versions: "<1.2.0",
      patched_versions: ">=1.2.0",
      severity: "high",
      url: "https://github.com/advisories/GHSA-9c47-m6qq-7p4h",
    };
    expect(readPnpmReport({ advisories: { "1": advisory }, metadata: {} })).toMatchObject([
      { ...told, through: ["top"], fix: "pnpm audit --fix && pnpm install" },
    ]);
    expect(() => readPnpmReport({ error: { code: "ERR_PNPM_AUDIT_BAD_RESPONSE" } })).toThrow();
  });

  it("are read as yarn prints them", () => {
    const line = {
      value: "left",
      children: {
        ID: 1,
        Issue: "Prototype pollution",
        URL: "https://github.com/advisories/GHSA-9c47-m6qq-7p4h",
        Severity: "high",
        "Vulnerable Versions": "<1.2.0",
        "Tree Versions": ["1.1.0"],
        Dependents: ["app@workspace:."],
      },
    };
    expect(readYarnReport([line])).toMatchObject([{ ...told, fix: "yarn up -R left" }]);
  });
});
