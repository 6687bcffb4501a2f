/**
 * Asks the MDN HTTP Observatory about the recorded answers of test/fixtures/observatory/cases.ts and keeps its
 * verdicts. The package is no dependency (130 MB, a native addon, downloads at install): install it elsewhere with
 * `npm i --ignore-scripts @mdn/mdn-http-observatory@1.4.8` and name its node_modules here.
 */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { CASES, type Case, STRANGER } from "../test/fixtures/observatory/cases.ts";

const modules = process.argv[2];
if (!modules) throw new Error("usage: node scripts/record-observatory.ts PATH/TO/node_modules");
const root = path.resolve(modules, "@mdn/mdn-http-observatory");
const load = (file: string) => import(pathToFileURL(path.join(root, file)).href);

// The preload list is what its install script downloads; no recorded host is on it.
writeFileSync(path.join(root, "conf/hsts-preload.json"), "{}");

const { Requests } = await load("src/types.js");
const { parseHttpEquivHeaders } = await load("src/retriever/utils.js");
const { Cookie, CookieJar } = await import(
  pathToFileURL(path.resolve(modules, "tough-cookie/dist/cookie/index.js")).href
);

const ASK: Readonly<Record<Case["test"], readonly [file: string, name: string]>> = {
  "content-security-policy": ["csp.js", "contentSecurityPolicyTest"],
  cookies: ["cookies.js", "cookiesTest"],
  "cross-origin-resource-policy": ["cross-origin-resource-policy.js", "crossOriginResourcePolicyTest"],
  "cross-origin-resource-sharing": ["cors.js", "crossOriginResourceSharingTest"],
  redirection: ["redirection.js", "redirectionTest"],
  "referrer-policy": ["referrer-policy.js", "referrerPolicyTest"],
  "strict-transport-security": ["strict-transport-security.js", "strictTransportSecurityTest"],
  "subresource-integrity": ["subresource-integrity.js", "subresourceIntegrityTest"],
  "x-content-type-options": ["x-content-type-options.js", "xContentTypeOptionsTest"],
  "x-frame-options": ["x-frame-options.js", "xFrameOptionsTest"],
};

async function verdictOn({ test, headers = [], body = "", route = [] }: Case) {
  const url = new URL("https://app.example/");
  const html = `<!doctype html><html><head><title>x</title>${body}</head></html>`;
  const sent: Record<string, string[]> = { "content-type": ["text/html"] };
  for (const [name, value] of headers)
    sent[name.toLowerCase()] = [...(sent[name.toLowerCase()] ?? []), value];
  const answer = {
    headers: Object.assign(
      Object.create({ get: (name: string) => sent[name.toLowerCase()]?.[0] ?? null }),
      sent,
    ),
    request: { headers: { origin: STRANGER } },
    status: 200,
    verified: true,
    httpEquiv: parseHttpEquivHeaders(html, url.href),
  };
  const requests = new Requests("app.example");
  requests.resources.path = html;
  Object.assign(requests.responses, { auto: answer, cors: answer, http: answer, https: answer });
  requests.responses.httpRedirects = route.map((each) => ({ url: new URL(each), status: 301 }));
  const jar = new CookieJar();
  for (const line of sent["set-cookie"] ?? []) jar.setCookieSync(Cookie.parse(line), url.href);
  requests.session = { url, jar };
  const [file, name] = ASK[test];
  const { result, pass } = (await load(`src/analyzer/tests/${file}`))[name](requests);
  return { test, name: "", result, pass };
}

const { version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
const verdicts = [];
for (const each of CASES) verdicts.push({ ...(await verdictOn(each)), name: each.name });
writeFileSync(
  path.resolve(import.meta.dirname, "../test/fixtures/observatory/verdicts.json"),
  `${JSON.stringify({ observatory: version, verdicts }, null, 2)}\n`,
);
