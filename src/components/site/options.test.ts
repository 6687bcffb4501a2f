import { describe, expect, it } from "vitest";
import { z } from "zod";
import { undescribed } from "../../../test/fixtures/undescribed.ts";
import { siteOptions } from "./options.ts";
import { site } from "./site.ts";

const processOf = (options: z.input<typeof siteOptions>) =>
  site.definition.processes?.(siteOptions.parse(options), "front")[0];

describe("the options of a site", () => {
  it("say what they are, each of them", () => {
    expect(undescribed(z.toJSONSchema(siteOptions, { io: "input" }), "site")).toEqual([]);
  });

  it.each([
    ["a directory outside the project", { directory: "../dist" }],
    ["a directory from the root", { directory: "/var/www" }],
    ["a fallback that is no page", { fallback: "index.js" }],
    ["a header name with a space", { headers: { "X Y": "a" } }],
    ["a header that smuggles a second one", { headers: { "X-Y": "a\r\nSet-Cookie: b" } }],
    ["an unknown word", { dir: "dist" }],
  ])("refuse %s", (_, options) => {
    expect(siteOptions.safeParse(options).success).toBe(false);
  });
});

describe("a site", () => {
  it("is a process that the edge serves, with the usual headers", () => {
    expect(processOf({})).toMatchObject({
      kind: "site",
      site: {
        directory: "dist",
        fallback: undefined,
        headers: { "x-content-type-options": "nosniff", "x-frame-options": "SAMEORIGIN" },
      },
      routes: [{ prefix: "/" }],
    });
  });

  it("changes the usual headers whatever the spelling, and takes them away", () => {
    const headers = { "X-FRAME-OPTIONS": "DENY", "Referrer-Policy": "", "X-Own": "1" };
    expect(processOf({ headers })?.site?.headers).toEqual({
      "strict-transport-security": "max-age=31536000",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "x-own": "1",
    });
  });

  it("lives on its own host, when it has one", () => {
    const options = { directory: "./build/", host: "www.app.example", routes: ["/", "/docs"] };
    expect(processOf(options)).toMatchObject({
      site: { directory: "build" },
      routes: [
        { prefix: "/", host: "www.app.example" },
        { prefix: "/docs", host: "www.app.example" },
      ],
    });
  });
});
