import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  createAuthority,
  type TestAuthority,
  type TestCertificate,
} from "../../../test/fixtures/certificates.ts";
import { subjectFor } from "../../../test/fixtures/subject.ts";
import { SWITCHED } from "../../../test/fixtures/switched.ts";
import { answersOf, STRIPE_CANARY, STRIPE_KEY } from "../../../test/fixtures/web-subject.ts";
import { createEdge } from "../../agent/edge/edge.ts";
import type { Outcome } from "../../model/outcome.ts";
import type { Subject } from "../../model/subject.ts";
import { openDoors } from "../../system/doors.ts";
import { fallbackWorks } from "./fallback.ts";
import { siteOptions } from "./options.ts";
import { site } from "./site.ts";

const HOSTNAME = "front.localhost";
const SCRIPT = "assets/index-BfS3y_z0.js";
const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Front</title>
<script type="module" src="/${SCRIPT}"></script></head><body>${"<p>Hello</p>".repeat(100)}</body></html>`;

const FILES: Readonly<Record<string, string>> = {
  "index.html": PAGE,
  "404.html": PAGE.replace("Hello", "Not here"),
  [SCRIPT]: `console.log("${"x".repeat(2_000)}");`,
  ".well-known/security.txt": `Contact: mailto:s@front.example\nExpires: ${new Date(Date.now() + 9e9).toISOString()}\n`,
};
const OPTIONS = {
  build: "npm run build",
  headers: {
    "Content-Security-Policy": "default-src 'self'; object-src 'none'; frame-ancestors 'none'",
    "Permissions-Policy": "camera=()",
  },
};

interface Change {
  /** Undefined: that file is not there. */
  readonly files?: Readonly<Record<string, string | undefined>>;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly given?: Partial<Subject>;
  /** Served by the edge from another directory than the one that was built. */
  readonly nothingBuilt?: boolean;
}

describe("the checks of a site", () => {
  it("are these", () => {
    expect(site.definition.checks.map(({ id }) => id).toSorted()).toEqual([
      "a11y.axe",
      "cdn.cache.hit",
      "config.debug.off",
      "config.env.bundle-leak",
      "deploy.switch.no-failed-request",
      "http.cache.html-revalidates",
      "http.cache.static-immutable",
      "http.compression.enabled",
      "http.error.pages",
      "http.header.consistent",
      "http.header.content-type-charset",
      "http.header.coop-coep-corp",
      "http.header.csp-frame-ancestors",
      "http.header.csp-no-unsafe",
      "http.header.csp-present",
      "http.header.hsts",
      "http.header.hsts-preload-ready",
      "http.header.no-duplicate",
      "http.header.no-version-leak",
      "http.header.nosniff",
      "http.header.permissions-policy",
      "http.header.referrer-policy",
      "http.method.restricted",
      "http.mixed-content",
      "http.page.answers",
      "http.redirect.loop-free",
      "http.redirect.to-https",
      "http.sri.third-party",
      "link.broken",
      "page.console.clean",
      "page.icons",
      "page.responsive",
      "perf.bundle.budget",
      "perf.image.weight",
      "perf.lighthouse",
      "perf.page.load",
      "perf.web-vitals.lab",
      "probe.exposed-files",
      "security.txt",
      "seo.indexable",
      "seo.meta",
      "seo.robots",
      "seo.sitemap",
      "site.build.output",
      "site.fallback.works",
      "tls.alpn.http2",
      "tls.certificate.expiry",
      "tls.certificate.key-strength",
      "tls.certificate.name-match",
      "tls.certificate.renewal",
      "tls.certificate.valid-chain",
      "tls.cipher.modern",
      "tls.protocol.1-3",
      "tls.protocol.min-1-2",
    ]);
  });
});

describe("site.fallback.works", () => {
  const good = {
    page: { status: 200, isHtml: true, type: "text/html" },
    script: { status: 404, isHtml: false, type: "text/plain" },
  };
  const subject = subjectFor({ component: "front", options: siteOptions.parse({ fallback: "index.html" }) });

  it.each([
    [
      "deep links that are missing",
      { page: { ...good.page, status: 404 } },
      "deep links do not open the app",
    ],
    ["deep links to data", { page: { ...good.page, isHtml: false } }, "deep links do not open the app"],
    [
      "a page for a missing script",
      { script: { status: 200, isHtml: true, type: "text/html" } },
      "missing assets answer with a page",
    ],
  ])("fails by %s", (_, change, summary) => {
    expect(fallbackWorks.run({ seen: { ...good, ...change } }, subject)).toMatchObject({
      status: "fail",
      summary,
    });
  });
});

describe("a site behind the real edge", () => {
  const doors = openDoors();
  let authority: TestAuthority;
  let certificate: TestCertificate;
  beforeAll(async () => {
    authority = await createAuthority();
    certificate = await authority.issue({ names: [HOSTNAME], untilDays: 90 });
  });
  afterAll(() => doors[Symbol.asyncDispose]());

  /** Builds, serves as a target would, and asks every check. */
  async function ask({ files, options, given, nothingBuilt }: Change): Promise<Record<string, Outcome>> {
    const directory = await mkdtemp(path.join(tmpdir(), "gonogo-site-"));
    try {
      for (const [name, text] of Object.entries({ ...FILES, ...files })) {
        if (text === undefined) continue;
        const file = path.join(directory, "dist", name);
        await mkdir(path.dirname(file), { recursive: true });
        await writeFile(file, text);
      }
      const judged = siteOptions.parse({ ...OPTIONS, ...options });
      const [process] = site.definition.processes?.(judged, "front") ?? [];
      if (!process?.site) throw new Error("the site has no process");
      await using edge = createEdge({ clock: doors.clock });
      const served = { ...process.site, directory: path.join(directory, process.site.directory) };
      edge.put({ id: "r1", routes: process.routes.map((route) => ({ ...route, site: served })) });
      edge.switchTo("r1");
      const ports = await edge.listen({ https: { port: 0, ...certificate }, http: { port: 0 } });
      const subject = subjectFor({
        component: "front",
        kind: "site",
        directory: nothingBuilt ? path.join(directory, "elsewhere") : directory,
        declared: [STRIPE_KEY],
        variables: { STRIPE_SECRET_KEY: STRIPE_CANARY },
        runtime: { instances: [], schedules: [] },
        switched: async () => SWITCHED,
        address: {
          url: `https://${HOSTNAME}:${ports.httpsPort}`,
          plainUrl: `http://${HOSTNAME}:${ports.httpPort}`,
          ca: authority.ca,
        },
        ...(given && { ...given, variables: {} }),
        options: judged,
      });
      return await answersOf(doors, subject, site.definition.checks);
    } finally {
      await rm(directory, { recursive: true });
    }
  }

  const USUAL_SILENCE = {
    "a11y.axe": "no accessibility is promised",
    "perf.bundle.budget": "no weight is promised",
    "cdn.cache.hit": 'no CDN is declared, as in cdn: { vendor: "cloudflare" }',
    "perf.page.load": "no time is promised",
    "http.cookie.httponly-session": "no answer set a session cookie",
    "http.cookie.prefix-and-scope": "no answer set a cookie",
    "http.header.coop-coep-corp": "none of the three headers is sent",
    "http.header.hsts-preload-ready": "hsts.preload is not declared",
    "http.sri.third-party": "no script comes from another site",
    "link.broken": "the declared pages link to no other page of the app",
    "seo.indexable": "front.localhost can be reached from this machine only",
    "page.console.clean": "pages are not opened in a browser",
    "page.icons": "no page names an icon",
    "page.responsive": "pages are not opened in a browser",
    "perf.image.weight": "pages are not opened in a browser",
    "perf.lighthouse": "no scores of Lighthouse are promised",
    "perf.web-vitals.lab": "no web vitals are promised",
    "tls.certificate.renewal": "the target does not let anybody look at its machine",
    "seo.robots": "crawlers read it in production; seo.indexable tells what keeps them out elsewhere",
    "seo.sitemap": "there is no /sitemap.xml",
    "seo.meta": "front.localhost can be reached from this machine only",
    "tls.alpn.http2": "HTTP/2 is not declared (http2: true), and Gonogo's own edge speaks HTTP/1.1",
    "site.fallback.works": "no fallback is declared",
  };

  function notPassed(outcomes: Record<string, Outcome>): string[] {
    const silent = (id: string): boolean => outcomes[id]?.status === "not applicable" && id in USUAL_SILENCE;
    return Object.keys(outcomes).filter((id) => outcomes[id]?.status !== "pass" && !silent(id));
  }

  it("passes whole", async () => {
    const outcomes = await ask({});
    expect(notPassed(outcomes)).toEqual([]);
    expect(Object.keys(outcomes).length).toBeGreaterThan(30);
  });

  it("passes whole on a host of its own", async () => {
    const outcomes = await ask({ options: { host: "own.localhost" } });
    expect(outcomes["http.redirect.to-https"]).toMatchObject({ status: "pass" });
    expect(outcomes["http.redirect.loop-free"]).toMatchObject({ status: "pass" });
    expect(notPassed(outcomes)).toEqual([]);
  });

  it("passes whole as a single-page application", async () => {
    const outcomes = await ask({ options: { fallback: "index.html" } });
    expect(outcomes["site.fallback.works"]).toMatchObject({ status: "pass" });
    expect(outcomes["http.error.pages"]).toMatchObject({
      status: "not applicable",
      reason: "unknown paths answer the fallback page, as declared",
    });
    expect(notPassed(outcomes)).toEqual(["http.error.pages"]);
  });

  it.each<[id: string, by: string, change: Change, says: string, also?: string[]]>([
    [
      "site.build.output",
      "no directory",
      { nothingBuilt: true },
      "the build left no directory",
      ["config.env.bundle-leak"],
    ],
    [
      "site.build.output",
      "an empty page",
      { files: { "index.html": "" } },
      "the page every visit begins with is empty",
      // Nothing is in the page, so nothing can be asked of what is in it.
      ["http.compression.enabled", "http.cache.static-immutable", "http.header.content-type-charset"],
    ],
    [
      "config.env.bundle-leak",
      "a secret in a chunk no page names",
      { files: { "assets/admin-Cx81_aQz.js": `const key="${STRIPE_CANARY}"` } },
      "STRIPE_SECRET_KEY, something that begins like STRIPE_SECRET_KEY, a Stripe secret key sent to browsers",
    ],
    [
      "probe.exposed-files",
      "a source map",
      { files: { [`${SCRIPT}.map`]: '{"version":3,"mappings":"AAAA"}' } },
      "source maps give away the original source",
    ],
    [
      "probe.exposed-files",
      "a dump among the files",
      { files: { "backup.sql": "-- PostgreSQL database dump\n" } },
      "a database dump can be downloaded",
    ],
    [
      "http.header.csp-present",
      "no policy declared",
      { options: { headers: { "Permissions-Policy": "camera=()" } } },
      "pages without a content security policy",
      ["http.header.csp-no-unsafe"],
    ],
    [
      "http.header.hsts",
      "HSTS taken away",
      { options: { headers: { ...OPTIONS.headers, "strict-transport-security": "" } } },
      "no HSTS header",
    ],
    [
      "http.cache.html-revalidates",
      "pages kept by a declared header",
      {
        options: { headers: { ...OPTIONS.headers, "Cache-Control": "public, max-age=31536000, immutable" } },
      },
      "pages say that they never change",
    ],
    [
      "http.cache.static-immutable",
      "assets not kept by a declared header",
      { options: { headers: { ...OPTIONS.headers, "Cache-Control": "no-cache" } } },
      "1 of 1 hashed assets are not kept",
    ],
    ["http.error.pages", "a missing 404 page", { files: { "404.html": undefined } }, ""],
    [
      "security.txt",
      "no such file",
      { files: { ".well-known/security.txt": undefined } },
      "there is no security.txt",
    ],
  ])("%s: %s", async (id, by, change, says, also = []) => {
    const outcomes = await ask(change);
    if (says === "") {
      // The edge has a bare text of its own: right status, no stock page of a server that is known by name.
      expect(outcomes[id], by).toMatchObject({ status: "pass" });
      return;
    }
    expect(outcomes[id], by).toMatchObject({ summary: says });
    expect(notPassed(outcomes).toSorted()).toEqual([id, ...also].toSorted());
  });

  it("is unknown, for one cause, when nothing answers", async () => {
    const address = { url: "https://front.localhost:1" };
    const outcomes = await ask({
      options: { fallback: "index.html", hsts: { preload: true }, load: {} },
      given: { address },
    });
    const judged = Object.keys(outcomes).filter((id) => outcomes[id]?.status !== "unknown");
    expect(judged).toEqual([
      "site.build.output",
      "config.env.bundle-leak",
      "deploy.switch.no-failed-request",
    ]);
    const causes = Object.values(outcomes).flatMap((each) => (each.status === "unknown" ? [each.cause] : []));
    expect(new Set(causes)).toEqual(new Set(["http.connection"]));
  });

  it("leaves TLS to a web component behind the same door", async () => {
    const outcomes = await ask({ given: { siblings: [{ name: "api", kind: "web", options: {} }] } });
    expect(outcomes["tls.certificate.expiry"]).toEqual({
      status: "not applicable",
      reason: "asked of api, behind the same door",
    });
  });
});
