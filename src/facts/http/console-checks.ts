import { defineCheck } from "../../model/check.ts";
import { fail, pass } from "../../model/outcome.ts";
import { quantity } from "../../model/quantity.ts";
import { ways } from "../../model/ways.ts";
import { listed } from "./advice.ts";
import { httpLooks } from "./looks.ts";

export const consoleClean = defineCheck({
  id: "page.console.clean",
  title: "Pages load without an error of a script and without a part that fails to load",
  consequence: "A button does nothing, or half a page is missing, and only its visitors see it.",
  severity: "warning",
  phase: "staging",
  freshFor: "1d",
  every: "6h",
  asks: ways(`
    no console errors | no errors in the console | no errors in browser console | no JavaScript errors
    console free of errors | browser console clean | no JS errors | console errors fixed
    no errors in DevTools console | no console errors in production | no uncaught exceptions in the browser
    check browser console for errors | no red errors in the console | zero console errors
    no JavaScript errors in console | pages load without console errors
    no 404s for assets | no failed network requests | no missing assets | all assets load
    no hydration errors | no CSP violations in the console | keine Fehler in der Browser-Konsole
    sin errores en la consola | aucune erreur dans la console | sem erros no console
    konsolda hata yok
    static assets load | assets load correctly | assets load without errors | images, fonts and icons load
    CSS and JS load | scripts load without errors | no failing requests in the network tab
    no 404s in the network tab
    no broken images | all images load | no errors in the console on any page
    app loads without console errors | no runtime errors in the browser | stylesheets and fonts load
    no errors in the browser console on the main pages | browser console of the main pages without errors
    no console errors on key pages
  `),
  source: "https://chromedevtools.github.io/devtools-protocol/",
  needs: { seen: httpLooks },
  run({ seen: { looks, left } }, { options, component }) {
    const tolerated = options.browser?.tolerated ?? [];
    const told = looks.flatMap(({ label, errors }) => errors.map((text) => `${label}: ${text}`));
    const errors = [...new Set(told)];
    const counted = errors.filter((text) => !tolerated.some((part) => text.includes(part)));
    const pages = new Set(looks.map(({ label }) => label)).size;
    const measured = { pages, errors: counted.length, tolerated: errors.length - counted.length };
    const expected = "no uncaught exception, no console.error, and every part of the page answers below 400";
    const findings = [...counted, ...left];
    if (counted.length > 0)
      return fail(`${quantity(counted.length, "error")} on ${quantity(pages, "page")}`, {
        expected,
        found: listed(findings),
        fix: `open the page with the browser's console and mend it in ${component}; what is meant to be goes into ${component}.browser.tolerated`,
        findings,
        measured,
      });
    if (left.length > 0)
      return fail("not every declared page could be looked at", {
        expected,
        found: listed(left),
        fix: `let ${component}.pages.html name only pages that open`,
        findings: left,
        measured,
      });
    return pass(
      `${quantity(pages, "page")} on ${quantity(looks.length / pages, "screen")} without an error${
        measured.tolerated > 0 ? `, ${measured.tolerated} tolerated` : ""
      }`,
      measured,
    );
  },
});
