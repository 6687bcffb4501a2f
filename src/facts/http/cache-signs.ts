import { type HeaderLines, headerValue, headerValues } from "./headers.ts";

/** What the cache nearest to the user says of one answer. */
export interface CacheSign {
  /** "CF-Cache-Status: HIT" */
  readonly said: string;
  readonly isHit: boolean;
}

/** Headers of one vendor's own, nearest to the user; then those that anything on the way may send. */
const STATUS_HEADERS = [
  "CF-Cache-Status",
  "X-Vercel-Cache",
  "CDN-Cache",
  "Cache-Status",
  "X-Cache",
  "X-Cache-Status",
  "X-Proxy-Cache",
] as const;

/** Served from what is kept, whether or not it is being renewed meanwhile. */
const HIT = /(^|[_\s;])(hit|stale|updating|revalidated|refreshhit|prerender)\b/i;

/** Undefined when no cache says anything. A list (Fastly's "MISS, HIT", RFC 9211) ends with the nearest one. */
export function cacheSign(headers: HeaderLines): CacheSign | undefined {
  for (const name of STATUS_HEADERS) {
    const last = headerValues(headers, name).join(", ").split(",").at(-1)?.trim();
    if (last) return { said: `${name}: ${last}`, isHit: HIT.test(last) && !/;\s*fwd=/i.test(last) };
  }
  const age = headerValue(headers, "age");
  if (age === undefined || !/^\d+$/.test(age)) return undefined;
  // Caches send Age: 0 with what they have just fetched, too.
  return { said: `Age: ${age}`, isHit: Number(age) > 0 };
}

/** How each vendor marks what comes through it. */
const MARKS = {
  akamai: [
    ["server", /akamai/i],
    ["akamai-grn", /./],
    ["x-cache", /akamai/i],
  ],
  azure: [["x-azure-ref", /./]],
  bunny: [
    ["server", /bunnycdn/i],
    ["cdn-pullzone", /./],
  ],
  cloudflare: [
    ["cf-ray", /./],
    ["server", /^cloudflare/i],
  ],
  cloudfront: [
    ["x-amz-cf-id", /./],
    ["via", /cloudfront/i],
  ],
  fastly: [
    ["x-served-by", /\bcache-/i],
    ["x-fastly-request-id", /./],
  ],
  google: [["via", /\bgoogle\b/i]],
  keycdn: [["server", /keycdn/i]],
  netlify: [
    ["x-nf-request-id", /./],
    ["server", /netlify/i],
  ],
  vercel: [
    ["x-vercel-id", /./],
    ["server", /^vercel/i],
  ],
} as const satisfies Record<string, readonly (readonly [header: string, value: RegExp])[]>;

export type CdnVendor = keyof typeof MARKS;
export const CDN_VENDORS = Object.keys(MARKS) as [CdnVendor, ...CdnVendor[]];

export function isMarkedBy(vendor: CdnVendor, headers: HeaderLines): boolean {
  return MARKS[vendor].some(([name, value]) => value.test(headerValue(headers, name) ?? ""));
}
