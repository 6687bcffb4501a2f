import { defineCheck } from "../../model/check.ts";
import { fail, pass } from "../../model/outcome.ts";
import { quantity } from "../../model/quantity.ts";
import { ways } from "../../model/ways.ts";
import { listed } from "./advice.ts";
import { httpIcons, type Manifest } from "./icons.ts";

/** What Chromium asks of an app that is installed: web.dev/articles/install-criteria */
const INSTALLED_SIDES = [192, 512];

export const iconsLoad = defineCheck({
  id: "page.icons",
  title: "Pages have an icon (favicon), and the web app manifest's icons load",
  consequence: "Among the tabs and on the home screen the app is a grey square nobody finds again.",
  severity: "warning",
  phase: "staging",
  freshFor: "7d",
  every: "1d",
  asks: ways(`
    favicon set | favicon present | favicon in place | favicon loads | favicon added | favicon exists
    favicon configured | favicon shows | no favicon 404 | favicons and app icons | favicon and touch icons
    favicon and apple-touch-icon | apple-touch-icon | apple touch icon | touch icons
    web app manifest icons | manifest icons | PWA icons | site.webmanifest icons load | app icons in manifest
    favicon.ico present | Favicon vorhanden | favicon ajouté | favicon configurado | favicon eklendi
    favicon | favicon and manifest | manifest and icons load | icon and apple-icon routes work
    apple-icon | site icon | browser tab icon | icons of the web app load
  `),
  source:
    "https://html.spec.whatwg.org/multipage/links.html#rel-icon; https://www.w3.org/TR/appmanifest/#icons-member",
  needs: { icons: httpIcons },
  run({ icons: { pages, bare, files, manifests } }, { component }) {
    const measured = { pages, icons: files.length, manifests: manifests.length };
    const broken = [
      ...manifests.flatMap(({ url, trouble }) => (trouble === undefined ? [] : [`${url} ${trouble}`])),
      ...files.flatMap(({ url, trouble, from }) =>
        trouble === undefined ? [] : [`${url} ${trouble} (named by ${from})`],
      ),
    ];
    const missing = manifests.flatMap(lacks);
    const absent = bare.map((label) => `${label} has no icon`);
    const findings = [...broken, ...absent, ...missing];
    if (findings.length === 0)
      return pass(
        `${quantity(pages, "page has", "pages have")} an icon${
          files.length > 0
            ? `; ${quantity(files.length, "icon")} named, each an image that loads`
            : " at /favicon.ico"
        }`,
        measured,
      );
    const summary =
      broken.length > 0
        ? "an icon does not load"
        : absent.length > 0
          ? "pages have no icon"
          : "the app is to be installed without the icons for it";
    return fail(summary, {
      expected:
        "each page names an icon, or /favicon.ico is one; every icon named is an image of the size it says",
      found: listed(findings, 8),
      fix: [
        ...(broken.length > 0
          ? [`put the images where ${component} names them, or name those that are there`]
          : []),
        ...(absent.length > 0
          ? [
              `let ${component} send <link rel="icon" href="/favicon.svg"> in the <head> of ${listed(bare)}, or serve /favicon.ico`,
            ]
          : []),
        ...(missing.length > 0
          ? [`name in ${listed(manifests.map(({ url }) => url))} icons of 192x192 and 512x512`]
          : []),
      ].join("; "),
      findings,
      measured,
    });
  },
});

function lacks({ url, trouble, isInstallable, sides }: Manifest): string[] {
  if (!isInstallable || trouble !== undefined) return [];
  const small = INSTALLED_SIDES.filter((side) => !sides.some((each) => each >= side));
  return small.map((side) => `${url} names no icon of ${side} dots`);
}
