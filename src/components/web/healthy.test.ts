import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAuthority, type TestAuthority } from "../../../test/fixtures/certificates.ts";
import { HOSTNAME, openWebApp, type WebApp } from "../../../test/fixtures/web-app.ts";
import { answersOf, webSubject } from "../../../test/fixtures/web-subject.ts";
import { openDoors } from "../../system/doors.ts";

describe("a healthy app", () => {
  const doors = openDoors();
  let authority: TestAuthority;
  let app: WebApp;
  beforeAll(async () => {
    authority = await createAuthority();
    app = await openWebApp(await authority.issue({ names: [HOSTNAME], untilDays: 90 }));
  });
  afterAll(async () => {
    await app[Symbol.asyncDispose]();
    await doors[Symbol.asyncDispose]();
  });

  it("passes every check that applies to it", async () => {
    const outcomes = await answersOf(doors, webSubject({ app, ca: authority.ca }));
    const notPassed = Object.entries(outcomes).filter(([, { status }]) => status !== "pass");
    const undeclared = (reason: string) => ({
      status: "not applicable",
      undeclared: true,
      reason: expect.stringContaining(reason),
    });
    const notOpened = undeclared("web({ browser: {} })");
    expect(Object.fromEntries(notPassed)).toEqual({
      "a11y.axe": undeclared('web({ accessibility: "serious" })'),
      "cdn.cache.hit": undeclared("no CDN is declared"),
      "http.header.hsts-preload-ready": undeclared("hsts.preload is not declared"),
      "page.console.clean": notOpened,
      "page.responsive": notOpened,
      "perf.image.weight": notOpened,
      "perf.lighthouse": undeclared("web({ lighthouse: "),
      "page.icons": undeclared("web({ browser: {} })"),
      "tls.certificate.renewal": {
        status: "not applicable",
        reason: "the target does not let anybody look at its machine",
      },
      "seo.robots": { status: "not applicable", reason: expect.stringContaining("in production") },
      "seo.sitemap": undeclared("web({ sitemap: "),
      "perf.web-vitals.lab": undeclared("web({ vitals: {} })"),
      "log.correlation": undeclared('web({ requestId: "x-request-id" })'),
      "metrics.exposed": undeclared("no metrics"),
      "seo.indexable": {
        status: "not applicable",
        reason: "app.localhost can be reached from this machine only",
      },
      "tls.alpn.http2": undeclared("http2: true"),
      "seo.meta": {
        status: "not applicable",
        reason: "app.localhost can be reached from this machine only",
      },
    });
  });
});
