import { expect, test } from "vitest";
import { negotiate } from "./site-encoding.ts";
import { hasContentHash } from "./site-file.ts";

test.each([
  "/assets/index-BfS3yYz0.js",
  "/assets/index-D_x-9aBc.css",
  "/assets/index-BfS3yYz0.js.map",
  "/static/js/main.8e0d62a1.chunk.js",
  "/_next/static/chunks/webpack-1a2b3c4d5e6f7a8b.js",
  "/_next/static/css/0a1b2c3d4e5f.css",
  "/_astro/page.B3x9aKzD.css",
  "/index.0a1b2c3d.css",
])("%s carries a hash", (path) => expect(hasContentHash(path)).toBe(true));

test.each([
  "/index.html",
  "/main.js",
  "/apple-touch-icon-precomposed.png",
  "/photo-20240101.jpg",
  "/jquery-3.6.0.min.js",
  "/assets/hero-image_01.png",
  "/assets/Logo-BigImage.png",
  "/assets/my-facade.js",
  "/report-2024final.pdf",
  "/fonts/OpenSans-SemiBold.woff2",
])("%s does not", (path) => expect(hasContentHash(path)).toBe(false));

test.each([
  [undefined, undefined],
  ["", undefined],
  ["gzip", "gzip"],
  ["gzip, deflate, br", "br"],
  ["gzip;q=1, br;q=0.5", "gzip"],
  ["br;q=0, gzip;q=0.1", "gzip"],
  ["identity", undefined],
  ["*", "br"],
  ["*;q=0", undefined],
  ["gzip;q=0, *", "br"],
  ["GZIP", "gzip"],
])("Accept-Encoding %j gets %j", (header, coding) => expect(negotiate(header)).toBe(coding));
