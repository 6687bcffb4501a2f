import { defineCheck } from "../../model/check.ts";
import { fail, notApplicable, pass } from "../../model/outcome.ts";
import { quantity } from "../../model/quantity.ts";
import { ways } from "../../model/ways.ts";
import { listed } from "./advice.ts";
import type { Cookie } from "./cookies.ts";
import { COMMON, cookiePages, cookiesIn, names } from "./cookies-seen.ts";

export const cookieScope = defineCheck({
  ...COMMON,
  id: "http.cookie.prefix-and-scope",
  title: "Cookies keep the promises of their names and stay on their host",
  consequence: "Browsers refuse the cookie, or every other host of the domain can read and replace it.",
  severity: "warning",
  asks: ways(`
    cookie domain scope | cookies limited to their host
    Cookie domain | cookie domain not wider than necessary | cookies scoped to the host
    __Host- and __Secure- cookies obey their rules | cookie scope | cookie scope narrow
    cookies set for the host only | cookie domain restricted | parent domain cookies avoided
  `),
  source: "RFC 6265bis section 4.1.3",
  needs: { pages: cookiePages },
  run: ({ pages }, { component }) => {
    const all = cookiesIn(pages);
    if (all.length === 0) return notApplicable("no answer set a cookie");
    const faults = all.flatMap((cookie) => {
      const fault = scopeFault(cookie, pages.address.hostname);
      return fault ? [{ name: cookie.name, ...fault }] : [];
    });
    const first = faults[0];
    if (!first) return pass(quantity(all.length, "cookie stays in its scope", "cookies stay in their scope"));
    return fail(first.summary, {
      expected: "__Host-: Secure, Path=/, no Domain; __Secure-: Secure; no Domain wider than the host",
      found: faults.map(({ name, found }) => `${name}: ${found}`).join("; "),
      fix: `in ${component} ${first.fix}`,
      findings: faults.map(({ name }) => name),
    });
  },
});

function scopeFault(
  cookie: Cookie,
  hostname: string,
): { summary: string; found: string; fix: string } | undefined {
  const { name, domain, path, secure } = cookie;
  const isHost = /^__host-/i.test(name);
  const broken = [
    ...((isHost || /^__secure-/i.test(name)) && !secure ? ["no Secure"] : []),
    ...(isHost && path !== "/" ? [`Path ${path ?? "absent"}`] : []),
    ...(isHost && domain !== undefined ? [`Domain=${domain}`] : []),
  ];
  if (broken.length > 0)
    return {
      summary: "browsers refuse cookies that break the promise of their prefix",
      found: broken.join(", "),
      fix: `set ${name} with: Secure${isHost ? "; Path=/ and without Domain" : ""}`,
    };
  const wide = domain?.replace(/^\./, "").toLowerCase();
  if (wide === undefined || wide === hostname || !hostname.endsWith(`.${wide}`)) return undefined;
  return {
    summary: "cookies go to every host of a wider domain",
    found: `Domain=${domain}`,
    fix: `set ${name} without Domain`,
  };
}

const MAX_COOKIE_BYTES = 4_096;
const MAX_TOTAL_BYTES = 8_192;

export const cookieSize = defineCheck({
  ...COMMON,
  id: "http.cookie.size",
  title: "Cookies are small enough for browsers and servers",
  consequence: "Browsers drop the cookie, or servers refuse every further request with 431.",
  severity: "warning",
  asks: ways(`
    cookie size under 4 KB | cookies are small
    cookies smaller than 4 KB | cookies not larger than 4096 bytes | cookie header under 8 KB
    no large JWT in a cookie | cookie overflow | cookies too large | cookie size | small cookies
    cookie store overflow | total size of cookies
    request headers not too large because of cookies | cookies do not exceed 4 KB
    cookies stay small | cookies below 4096 bytes | no large data in cookies | cookie data small
    session cookie under 4KB | cookies under 4KB | session cookie under 4 KB | no big objects in cookies
    avoid big cookies
  `),
  source: "RFC 6265 section 6.1",
  needs: { pages: cookiePages },
  run: ({ pages }, { component }) => {
    const all = cookiesIn(pages);
    if (all.length === 0) return notApplicable("no answer set a cookie");
    const totalBytes = all.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    const measured = { cookies: all.length, totalBytes };
    const big = all.filter(({ sizeBytes }) => sizeBytes >= MAX_COOKIE_BYTES);
    const fix = `keep the data of ${listed(names(big.length > 0 ? big : all))} on the server of ${component} and send its key`;
    if (big.length > 0)
      return fail(`${quantity(big.length, "cookie is", "cookies are")} too big for browsers`, {
        expected: `less than ${MAX_COOKIE_BYTES} bytes each`,
        found: big.map(({ name, sizeBytes }) => `${name}: ${sizeBytes} bytes`).join(", "),
        fix,
        findings: names(big),
        measured,
      });
    if (totalBytes < MAX_TOTAL_BYTES)
      return pass(`${quantity(all.length, "cookie")}, ${totalBytes} bytes`, measured);
    return fail("all cookies together are too big for servers", {
      expected: `less than ${MAX_TOTAL_BYTES} bytes in all`,
      found: `${totalBytes} bytes in ${quantity(all.length, "cookie")}`,
      fix,
      measured,
    });
  },
});
