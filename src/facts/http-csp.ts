import { type HeaderLines, headerValues } from "./http-headers.ts";

/** One policy: directive -> sources, lower case but for nonces and hashes. */
export type Policy = ReadonlyMap<string, readonly string[]>;

const DIRECTIVES: ReadonlySet<string> = new Set([
  "child-src",
  "connect-src",
  "default-src",
  "font-src",
  "frame-src",
  "img-src",
  "manifest-src",
  "media-src",
  "object-src",
  "prefetch-src",
  "script-src",
  "script-src-elem",
  "script-src-attr",
  "style-src",
  "style-src-elem",
  "style-src-attr",
  "worker-src",
  "fenced-frame-src",
  "base-uri",
  "sandbox",
  "form-action",
  "frame-ancestors",
  "navigate-to",
  "report-uri",
  "report-to",
  "require-sri-for",
  "require-trusted-types-for",
  "trusted-types",
  "upgrade-insecure-requests",
  "block-all-mixed-content",
  "plugin-types",
  "webrtc",
]);
const KEYWORDS: ReadonlySet<string> = new Set([
  "self",
  "none",
  "unsafe-inline",
  "unsafe-eval",
  "strict-dynamic",
  "unsafe-hashes",
  "report-sample",
  "wasm-unsafe-eval",
]);
/** Ignored by browsers when the policy stands in a meta element (CSP 3 section 3.3). */
const HEADER_ONLY: ReadonlySet<string> = new Set(["frame-ancestors", "report-uri", "report-to", "sandbox"]);

/** The policies of a header's lines; a comma parts two policies (CSP 3 section 2.2.2). */
export function parsePolicies(values: readonly string[]): Policy[] {
  return values
    .flatMap((value) => value.split(","))
    .map(parsePolicy)
    .filter((policy) => policy.size > 0);
}

function parsePolicy(text: string): Policy {
  const policy = new Map<string, readonly string[]>();
  for (const part of text.split(";")) {
    const [name, ...sources] = part.trim().split(/\s+/);
    const key = name?.toLowerCase();
    if (!key || policy.has(key)) continue;
    policy.set(
      key,
      sources.map((each) => (/^'(nonce|sha\d+)-/i.test(each) ? each : each.toLowerCase())),
    );
  }
  return policy;
}

/** Enforced policies of a page: its header lines and its meta elements. */
export function enforcedPolicies(lines: HeaderLines, metaValues: readonly string[]): Policy[] {
  const inMeta = parsePolicies(metaValues).map(
    (policy): Policy => new Map([...policy].filter(([name]) => !HEADER_ONLY.has(name))),
  );
  return [
    ...parsePolicies(headerValues(lines, "content-security-policy")),
    ...inMeta.filter((policy) => policy.size > 0),
  ];
}

/** Words a browser will not read as meant: unknown directives, a missing semicolon, unquoted keywords. */
export function policyMistakes(policy: Policy): string[] {
  const mistakes: string[] = [];
  for (const [name, sources] of policy) {
    if (!DIRECTIVES.has(name)) mistakes.push(`"${name}" is no directive`);
    for (const source of sources) {
      if (DIRECTIVES.has(source)) mistakes.push(`a ";" is missing before "${source}"`);
      else if (KEYWORDS.has(source) && name !== "trusted-types")
        mistakes.push(`${source} in ${name} needs quotes: '${source}'`);
    }
  }
  return mistakes;
}

const BROAD: ReadonlySet<string> = new Set(["*", "http:", "https:", "ftp:", "http://*", "https://*"]);

export function isBroad(source: string): boolean {
  return BROAD.has(source) || source === "http://*.*" || source === "https://*.*";
}

/** What lets a foreign or injected script run under this policy; empty when nothing does. */
export function scriptWeaknesses(policy: Policy): string[] {
  const directive = policy.has("script-src") ? "script-src" : "default-src";
  const sources = policy.get(directive);
  if (!sources) return ["no script-src and no default-src: every script runs"];
  const trusted = sources.some((each) => /^'(nonce|sha256|sha384|sha512)-/i.test(each));
  const dynamic = trusted && sources.includes("'strict-dynamic'");
  const weak: string[] = [];
  for (const source of sources) {
    if (source === "'unsafe-inline'" && !trusted) weak.push(`${directive} 'unsafe-inline'`);
    else if (source === "'unsafe-eval'") weak.push(`${directive} 'unsafe-eval'`);
    else if ((isBroad(source) || source === "data:") && !dynamic) weak.push(`${directive} ${source}`);
  }
  const objects = policy.get("object-src") ?? policy.get("default-src");
  if (!objects) weak.push("no object-src and no default-src: every plug-in document loads");
  else if (objects.some(isBroad)) weak.push(`object-src ${objects.find(isBroad)}`);
  return weak;
}
