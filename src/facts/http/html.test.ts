import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { linksOf, metaEquivalents, metaNamed, resourcesOf, tagsOf } from "./html.ts";

const PAGE = `<!doctype html><html><head>
<!-- <script src="/commented.js"></script> -->
<meta http-equiv="Content-Security-Policy" content="default-src 'self'">
<META NAME=robots CONTENT=noindex>
<script>const html = '<img src="/in-script.png">';</script>
<script defer src='/a.js?x=1&amp;y=2' integrity="sha384-x"></script>
<link rel="canonical" href="https://app.example/"><link rel=stylesheet href=/b.css>
</head><body><a href="/c">c</a><a href='#d'>d</a><a name="e">e</a>
<img src="/f.png" srcset="/f2.png 2x, /f3.png 3x"><video poster="/g.jpg"></video>
<input value="a > b"><iframe src="https://frame.example/"></iframe></body></html>`;

describe("a page", () => {
  const tags = tagsOf(PAGE);

  it("loads what its elements name, not what stands in comments and scripts", () => {
    expect(resourcesOf(tags).map(({ url }) => url)).toEqual([
      "/a.js?x=1&y=2",
      "/b.css",
      "/f.png",
      "/f2.png",
      "/f3.png",
      "/g.jpg",
      "https://frame.example/",
    ]);
    expect(resourcesOf(tags)[0]?.integrity).toBe("sha384-x");
  });

  it("leads where its anchors say", () => {
    expect(linksOf(tags)).toEqual(["/c", "#d"]);
  });

  it("says things in its head", () => {
    expect(metaEquivalents(tags, "content-security-policy")).toEqual(["default-src 'self'"]);
    expect(metaNamed(tags, "robots")).toEqual(["noindex"]);
  });

  it("is read in time, whatever it holds", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary-ascii", maxLength: 500 }), (text) => {
        resourcesOf(tagsOf(`<${text}>${text}`));
      }),
    );
    const nasty = [
      "<a ".repeat(100_000),
      "<script>".repeat(50_000),
      '<a b="'.repeat(50_000),
      "<!--".repeat(50_000),
    ];
    for (const text of nasty) expect(tagsOf(text).length).toBeLessThan(100_001);
  });
});
