import { type HeaderLines, headerValues } from "./headers.ts";

export interface Policy {
  /** Directive -> sources, lower case but for nonces and hashes. */
  readonly directives: ReadonlyMap<string, readonly string[]>;
  /** Directives given again, which browsers pass over. */
  readonly repeated: readonly string[];
}

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
    .filter(({ directives }) => directives.size > 0);
}

function parsePolicy(text: string): Policy {
  const directives = new Map<string, readonly string[]>();
  const repeated: string[] = [];
  for (const part of text.split(";")) {
    const [name, ...sources] = part.trim().split(/\s+/);
    const key = name?.toLowerCase();
    if (!key) continue;
    if (directives.has(key)) repeated.push(key);
    else directives.set(key, sources.map(normalised));
  }
  return { directives, repeated };
}

/** A nonce or a hash; these are compared letter by letter. */
function isTrusted(source: string): boolean {
  return /^'(nonce|sha256|sha384|sha512)-/i.test(source);
}

function normalised(source: string): string {
  return isTrusted(source) ? source : source.toLowerCase();
}

/** Enforced policies of a page: its header lines and its meta elements. */
export function enforcedPolicies(lines: HeaderLines, metaValues: readonly string[]): Policy[] {
  const inMeta = parsePolicies(metaValues).map(({ directives, repeated }) => ({
    directives: new Map([...directives].filter(([name]) => !HEADER_ONLY.has(name))),
    repeated,
  }));
  return [
    ...parsePolicies(headerValues(lines, "content-security-policy")),
    ...inMeta.filter(({ directives }) => directives.size > 0),
  ];
}

/** Words a browser will not read as meant: unknown directives, a missing semicolon, unquoted keywords. */
export function policyMistakes({ directives, repeated }: Policy): string[] {
  const mistakes = repeated.map((name) => `"${name}" is given twice: only the first counts`);
  for (const [name, sources] of directives) {
    if (!DIRECTIVES.has(name)) mistakes.push(`"${name}" is no directive`);
    for (const source of sources) {
      if (DIRECTIVES.has(source)) mistakes.push(`a ";" is missing before "${source}"`);
      else if (KEYWORDS.has(source) && name !== "trusted-types")
        mistakes.push(`${source} in ${name} needs quotes: '${source}'`);
    }
    if (sources.includes("'strict-dynamic'") && !sources.some(isTrusted))
      mistakes.push(`'strict-dynamic' in ${name} without a nonce or hash: no script runs`);
  }
  return mistakes;
}

const BROAD: ReadonlySet<string> = new Set(["*", "http:", "https:", "ftp:", "http://*", "https://*"]);

export function isBroad(source: string): boolean {
  return BROAD.has(source) || source === "http://*.*" || source === "https://*.*";
}

/** What lets a foreign or injected script run under this policy; empty when nothing does. */
export function scriptWeaknesses({ directives }: Policy): string[] {
  const name = directives.has("script-src") ? "script-src" : "default-src";
  const sources = directives.get(name);
  if (!sources) return ["no script-src and no default-src: every script runs"];
  const isNonced = sources.some(isTrusted);
  const isDynamic = isNonced && sources.includes("'strict-dynamic'");
  const weak: string[] = [];
  for (const source of sources) {
    const isOpen = isBroad(source) || source === "data:" || /^(http|ftp):/.test(source);
    if (source === "'unsafe-inline'" && !isNonced) weak.push(`${name} 'unsafe-inline'`);
    else if (source === "'unsafe-eval'") weak.push(`${name} 'unsafe-eval'`);
    else if (isOpen && !isDynamic) weak.push(`${name} ${source}`);
  }
  const objects = directives.get("object-src") ?? directives.get("default-src");
  if (!objects) weak.push("no object-src and no default-src: every plug-in document loads");
  else if (objects.some(isBroad)) weak.push(`object-src ${objects.find(isBroad)}`);
  return weak;
}
