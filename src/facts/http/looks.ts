import type { z } from "zod";
import { DoesNotApply, defineFact, Undeclared } from "../../model/fact.ts";
import { browserOrigin } from "./address.ts";
import { openBrowser } from "./browser.ts";
import { bytesIn, errorsIn } from "./look-heard.ts";
import { imageShape, MEASURE_IMAGES, NOTE_LOADED } from "./look-images.ts";
import { layoutShape, MEASURE_LAYOUT } from "./look-layout.ts";
import { masked } from "./masking.ts";
import type { HttpOptions } from "./options.ts";
import { isHtml } from "./page.ts";
import { httpPages } from "./pages.ts";

/** One page, opened on one screen by somebody who was never there before, and read to its end. */
export interface PageLook {
  readonly label: string;
  readonly width: number;
  readonly origin: string;
  readonly layout: z.output<typeof layoutShape>;
  readonly images: z.output<typeof imageShape>;
  /** "/app.js answers 404", "Uncaught: TypeError: ...": as it was told, masked, without queries. */
  readonly errors: readonly string[];
  /** On the wire, by address. */
  readonly bytes: ReadonlyMap<string, number>;
}

export interface PageLooks {
  readonly looks: readonly PageLook[];
  /** Declared pages that were not opened, and why: "/gone answers 404". */
  readonly left: readonly string[];
}

/** Each takes some seconds on each screen. */
const MOST_PAGES = 6;

/** To the end of the page and back, as somebody who reads it: what waits to be seen is seen. */
const READ_ON = `new Promise((done) => {
  const end = Math.min(document.documentElement.scrollHeight, 30 * innerHeight);
  let at = 0;
  const on = () => {
    scrollTo({ top: at, behavior: "instant" });
    at += innerHeight;
    if (at < end + innerHeight) setTimeout(on, 50);
    else { scrollTo({ top: 0, behavior: "instant" }); done(true); }
  };
  on();
})`;

export const httpLooks = defineFact<PageLooks, HttpOptions>({
  id: "http.looks",
  access: "read",
  reach: "application",
  timeoutMs: 300_000,
  async collect(context) {
    const { subject, doors, signal } = context;
    const { list, address } = await context.get(httpPages);
    const declared = list.filter((page) => page.kind === "page" && isHtml(page));
    const pages = declared.filter(({ status }) => status === 200);
    if (pages.length === 0) throw new DoesNotApply("no page looked at is HTML");
    const { browser: asked } = subject.options;
    if (asked === undefined)
      throw new Undeclared(`pages are not opened in a browser: ${subject.kind}({ browser: {} })`);
    const { ca } = address;
    const base = browserOrigin(address);
    await using browser = await openBrowser(doors, { anyCertificate: ca !== undefined, signal });
    const looks: PageLook[] = [];
    for (const { path, label } of pages.slice(0, MOST_PAGES)) {
      for (const width of asked.widths) {
        const { values, heard } = await browser.look(base + path, {
          screen: screenOf(width),
          expressions: [`(${NOTE_LOADED}, ${MEASURE_LAYOUT})`, READ_ON, MEASURE_IMAGES],
        });
        const [layout, , images] = values;
        looks.push({
          label,
          width,
          origin: base,
          layout: layoutShape.parse(layout),
          images: imageShape.parse(images),
          errors: errorsIn(heard, { origin: base, mask: (text) => masked(text, subject.variables) }),
          bytes: bytesIn(heard),
        });
      }
    }
    return {
      looks,
      left: [
        ...declared.flatMap(({ status, label }) => (status === 200 ? [] : [`${label} answers ${status}`])),
        ...pages.slice(MOST_PAGES).map(({ label }) => `${label}: only ${MOST_PAGES} pages are opened`),
      ],
    };
  },
});

/** Dots of a CSS pixel as people's devices have them. */
function screenOf(width: number): { width: number; height: number; dots: number } {
  if (width < 600) return { width, height: 812, dots: 3 };
  return { width, height: width < 1_024 ? 1_024 : 900, dots: 2 };
}
