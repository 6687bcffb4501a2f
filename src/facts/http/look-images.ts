import { z } from "zod";

export const imageShape = z.array(
  z.object({
    url: z.string(),
    /** Dots of the file itself. */
    natural: z.tuple([z.number(), z.number()]),
    /** CSS pixels of the largest box it fills. */
    shown: z.tuple([z.number(), z.number()]),
    dots: z.number(),
    /** Screens below the first at which it begins; 0 on the first. */
    screensDown: z.number(),
    /** It was there before anybody scrolled, and nothing told the browser to wait with it. */
    isEager: z.boolean(),
    /** The same picture as WebP of quality 0.8; null where it cannot be drawn again (another origin, no raster). */
    again: z.number().nullable(),
  }),
);

/** Which images are there before anybody scrolls. */
export const NOTE_LOADED = `globalThis.gonogoLoaded = new WeakMap([...document.images]
  .filter((image) => image.complete && image.naturalWidth > 0).map((image) => [image, image.currentSrc]))`;

/** Drawing them again takes a moment each. */
const MOST_AGAIN = 12;

export const MEASURE_IMAGES = `(async () => {
  const again = new Map();
  const drawn = async (image) => {
    const { currentSrc: url, naturalWidth: width, naturalHeight: height } = image;
    const [entry] = performance.getEntriesByName(url);
    if (again.has(url) || again.size >= ${MOST_AGAIN} || width * height > 25e6) return;
    if (!((entry?.encodedBodySize ?? 0) > 16384) || /\\.(gif|svg)$/i.test(new URL(url).pathname)) return;
    try {
      const canvas = new OffscreenCanvas(width, height);
      canvas.getContext("2d").drawImage(image, 0, 0);
      again.set(url, (await canvas.convertToBlob({ type: "image/webp", quality: 0.8 })).size);
    } catch { again.set(url, null); }
  };
  const seen = [...document.images].filter((image) => image.complete && image.naturalWidth > 0
    && /^https?:/.test(image.currentSrc) && image.getBoundingClientRect().width > 0);
  for (const image of seen) await drawn(image);
  return seen.map((image) => {
    const box = image.getBoundingClientRect();
    return {
      url: image.currentSrc, natural: [image.naturalWidth, image.naturalHeight], shown: [box.width, box.height],
      dots: devicePixelRatio, screensDown: Math.max(0, (box.top + scrollY) / innerHeight),
      isEager: image.loading !== "lazy" && globalThis.gonogoLoaded?.get(image) === image.currentSrc,
      again: again.get(image.currentSrc) ?? null,
    };
  });
})()`;
