import { describe, expect, it } from "vitest";
import { z } from "zod";
import { subjectFor } from "../../../test/fixtures/subject.ts";
import type { Stage } from "../../model/phase.ts";
import { httpOptionsShape } from "./options.ts";
import type { Page } from "./page.ts";
import type { Pages } from "./pages.ts";
import { indexable, securityTxt } from "./public-checks.ts";

const NOW = Date.UTC(2026, 10, 21);
const options = z.object(httpOptionsShape).parse({});

function subjectIn(stage: Stage) {
  const environment = { name: stage, stage, allows: ["read"] as const };
  return subjectFor({ component: "api", kind: "web", options, environment });
}

const robots = {
  status: 404,
  location: undefined,
  type: "text/plain",
  isHtml: false,
  text: "",
  truncated: false,
};
const files = {
  observedAt: NOW,
  securityTxt: undefined,
  robotsTxt: undefined,
  robotsTag: undefined,
  robots,
};

describe("security.txt", () => {
  const contact = "Contact: mailto:security@app.example";
  it.each([
    ["nothing", undefined, "there is no security.txt"],
    ["no contact", "Expires: 2027-01-01T00:00:00Z", "security.txt names no contact"],
    ["no expiry", contact, "security.txt does not say until when it holds"],
    [
      "an expiry nobody can read",
      `${contact}\nExpires: soon`,
      "security.txt does not say until when it holds",
    ],
    [
      "two expiries",
      `${contact}\nExpires: 2027-01-01T00:00:00Z\nExpires: 2027-02-01T00:00:00Z`,
      "security.txt does not say until when it holds",
    ],
    ["the past", `${contact}\nExpires: 2026-11-20T00:00:00Z`, "security.txt has expired"],
    ["years ahead", `${contact}\nExpires: 2029-01-01T00:00:00Z`, "security.txt holds for more than a year"],
    [
      "all of it",
      `# hello\r\n${contact}\r\nExpires: 2027-01-01T00:00:00Z\r\n`,
      "a contact, good for 41 days",
    ],
  ])("with %s", (_, text, summary) => {
    const outcome = securityTxt.run({ files: { ...files, securityTxt: text } }, subjectIn("production"));
    expect(outcome).toMatchObject({ summary });
  });

  it("offers lines that would pass", () => {
    const outcome = securityTxt.run({ files }, subjectIn("production"));
    const fix = outcome.status === "fail" ? outcome.fix : "";
    const [, first, second] = /(Contact: \S+) and (Expires: \S+)/.exec(fix) ?? [];
    const mended = { ...files, securityTxt: `${first}\n${second}\n` };
    expect(securityTxt.run({ files: mended }, subjectIn("production")).status).toBe("pass");
  });
});

describe("seo.indexable", () => {
  function asked(
    stage: Stage,
    change: { robots?: string; tag?: string; meta?: string; status?: number; host?: string },
  ) {
    const text = `<html><head>${change.meta ? `<meta name="robots" content="${change.meta}">` : ""}</head></html>`;
    const hostname = change.host ?? "staging.app.example";
    const page: Page = {
      kind: "page",
      label: "/",
      path: "/",
      url: `https://${hostname}/`,
      status: change.status ?? 200,
      headers: [["Content-Type", "text/html"]],
      text,
      sizeBytes: text.length,
      truncated: false,
      tookMs: 1,
    };
    const origin = `https://${hostname}`;
    const address = {
      origin,
      plainOrigin: undefined,
      ca: undefined,
      https: true,
      hostname,
      port: 443,
      host: undefined,
      base: "",
    };
    const pages: Pages = { address, observedAt: NOW, list: [page] };
    return indexable.run(
      { pages, files: { ...files, robotsTxt: change.robots, robotsTag: change.tag } },
      subjectIn(stage),
    ).status;
  }

  it.each([
    ["production that says nothing", "production", {}, "pass"],
    ["production with noindex", "production", { tag: "noindex, nofollow" }, "fail"],
    ["production with noindex in the page", "production", { meta: "noindex" }, "fail"],
    ["production that bars everybody", "production", { robots: "User-agent: *\nDisallow: /" }, "fail"],
    ["production that bars one crawler", "production", { robots: "User-agent: BadBot\nDisallow: /" }, "pass"],
    [
      "production that bars two and everybody",
      "production",
      { robots: "User-agent: BadBot\nUser-agent: *\n# all\nDisallow: /  # everything" },
      "fail",
    ],
    ["production that bars a folder", "production", { robots: "User-agent: *\nDisallow: /admin" }, "pass"],
    ["production with a hostile robots.txt", "production", { robots: " ".repeat(500_000) }, "pass"],
    ["staging that says nothing", "staging", {}, "fail"],
    ["staging with noindex", "staging", { tag: "noindex" }, "pass"],
    ["staging behind a login", "staging", { status: 401 }, "pass"],
    ["staging that only bars crawlers", "staging", { robots: "User-agent: *\nDisallow: /" }, "fail"],
    ["staging on this machine", "staging", { host: "app.localhost" }, "not applicable"],
  ] as const)("%s", (_, stage, change, status) => {
    expect(asked(stage, change)).toBe(status);
  });
});
