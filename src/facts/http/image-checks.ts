import { defineCheck } from "../../model/check.ts";
import { fail, notApplicable, pass } from "../../model/outcome.ts";
import { quantity } from "../../model/quantity.ts";
import { formatSize } from "../../model/size.ts";
import { ways } from "../../model/ways.ts";
import { listed } from "./advice.ts";
import { shown as addressShown } from "./look-heard.ts";
import { httpLooks, type PageLook } from "./looks.ts";

/** What begins further down than this is not seen at first on any screen. */
const FIRST_SCREENS = 1.5;
/** Below this an image that comes early costs nobody anything. */
const SMALL_BYTES = 4_096;

export const imagesFit = defineCheck({
  id: "perf.image.weight",
  title:
    "Images are compressed, no larger than they are shown, and those further down wait until they are seen",
  consequence: "A phone on a slow line waits for dots that nobody sees.",
  severity: "warning",
  phase: "staging",
  freshFor: "7d",
  every: "1d",
  asks: ways(`
    images optimized | images optimised | image optimization | images compressed | optimize images
    images compressed and resized | images lazy loaded | lazy loading of images | lazy load images
    responsive images | images resized to display size
    oversized images | large images compressed | image compression | below-the-fold images lazy loaded
    Bilder optimiert | imágenes optimizadas | images optimisées | imagens otimizadas | görseller optimize edildi
    image sizes optimized | image assets optimized | media optimized
    images are small enough | images not oversized | images with srcset
    pictures compressed
    images have the dimensions they are shown in
  `),
  source: "https://web.dev/learn/performance/image-performance",
  needs: { seen: httpLooks },
  run({ seen: { looks, left } }, { options, component }) {
    const waste = options.browser?.imageWaste ?? 0;
    const images = new Set(looks.flatMap((look) => look.images.map(({ url }) => url))).size;
    if (images === 0 && left.length === 0)
      return notApplicable("the pages looked at show no image of a file of its own");
    const troubles = new Map(
      looks.flatMap((look) => troublesOn(look, waste)).map((each) => [each.finding, each] as const),
    );
    const measured = { images, screens: looks.length, troubles: troubles.size };
    if (troubles.size === 0 && left.length === 0)
      return pass(
        `${quantity(images, "image")}: none costs more than ${formatSize(waste)} too much, none comes too early`,
        measured,
      );
    const told = [...troubles.values()];
    return fail(told[0]?.summary ?? "not every declared page could be looked at", {
      expected: `at most ${formatSize(waste)} of an image too many, and loading="lazy" further down`,
      found: listed([...told.map(({ found }) => found), ...left], 8),
      fix: listed([
        ...told.map(({ fix }) => fix),
        ...left.map(() => `let ${component}.pages.html name only pages that open`),
      ]),
      findings: [...told.map(({ finding }) => finding), ...left],
      measured,
    });
  },
});

interface ImageTrouble {
  readonly summary: string;
  readonly found: string;
  readonly fix: string;
  readonly finding: string;
}

function troublesOn({ label, width, origin, images, bytes }: PageLook, waste: number): ImageTrouble[] {
  return images.flatMap(({ url, natural, shown, dots, screensDown, isEager, again }) => {
    const name = addressShown(url, origin);
    const weight = bytes.get(url) ?? 0;
    const troubles: ImageTrouble[] = [];
    // The larger of both: what is cropped to its box needs no more than that.
    const scale = Math.max((shown[0] * dots) / natural[0], (shown[1] * dots) / natural[1]);
    const unseen = scale >= 1 || isVector(url) ? 0 : Math.round(weight * (1 - scale * scale));
    const needed = natural.map((side) => Math.ceil(side * scale)).join(" x ");
    if (unseen > waste)
      troubles.push({
        summary: "an image is larger than it is shown",
        found: `${label} at ${width} px: ${name} has ${natural.join(" x ")} dots and ${formatSize(weight)}, ${needed} are shown`,
        fix: `serve ${name} in several sizes (srcset and sizes), one of them ${needed}`,
        finding: `${label}: ${name} is too large`,
      });
    if (again !== null && weight - again > waste)
      troubles.push({
        summary: "an image is hardly compressed",
        found: `${label}: ${name} has ${formatSize(weight)}, as WebP of the same size ${formatSize(again)}`,
        fix: `compress ${name}: cwebp -q 80 ${name.split("/").at(-1)} -o ${name
          .split("/")
          .at(-1)
          ?.replace(/\.[a-z]+$/i, "")}.webp`,
        finding: `${label}: ${name} is hardly compressed`,
      });
    if (isEager && screensDown > FIRST_SCREENS && weight > SMALL_BYTES)
      troubles.push({
        summary: "an image further down does not wait until it is seen",
        found: `${label} at ${width} px: ${name} (${formatSize(weight)}) comes at once, ${screensDown.toFixed(1)} screens down`,
        fix: `give the <img> of ${name} on ${label} loading="lazy", width and height`,
        finding: `${label}: ${name} comes too early`,
      });
    return troubles;
  });
}

function isVector(url: string): boolean {
  return /\.svg$/i.test(new URL(url).pathname);
}
