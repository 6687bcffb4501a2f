/** What one SPF record says; RFC 7208 section 4.6. */
export interface SpfRecord {
  readonly includes: readonly string[];
  readonly redirect: string | undefined;
  /** Terms of this record alone that cost a look-up: include, a, mx, ptr, exists, redirect. */
  readonly lookups: number;
  /** What becomes of everybody else: "-", "~", "?", "+", or undefined when nothing is said. */
  readonly others: string | undefined;
}

const COSTLY = /^[-+~?]?(?:include:|a(?=$|[:/])|mx(?=$|[:/])|ptr(?=$|:)|exists:)|^redirect=/i;

/** Undefined when the text is not an SPF record. */
export function parseSpf(text: string): SpfRecord | undefined {
  const [version, ...terms] = text.trim().split(/\s+/);
  if (version?.toLowerCase() !== "v=spf1") return undefined;
  const valueAfter = (pattern: RegExp): string[] => terms.flatMap((term) => pattern.exec(term)?.[1] ?? []);
  return {
    includes: valueAfter(/^[-+~?]?include:(.+)$/i).map((each) => each.toLowerCase()),
    redirect: valueAfter(/^redirect=(.+)$/i)[0]?.toLowerCase(),
    lookups: terms.filter((term) => COSTLY.test(term)).length,
    others: terms.map((term) => /^([-+~?]?)all$/i.exec(term)?.[1]).find((each) => each !== undefined),
  };
}

export interface SpfTree {
  /** Records of the domain itself: there must be exactly one. */
  readonly records: readonly string[];
  readonly record: SpfRecord | undefined;
  /** Everything it includes, down to the leaves. */
  readonly reached: readonly string[];
  readonly lookups: number;
  /** Included names without a record: each is an error of the whole (section 5.2). */
  readonly empty: readonly string[];
}

/** A receiver gives up after ten look-ups; so do we, a little later: a record that includes itself never ends. */
const ENOUGH = 20;

/** Follows includes and the redirect. `textsOf` gives the TXT records of a name. */
export async function readSpf(
  domain: string,
  textsOf: (name: string) => Promise<readonly string[]>,
): Promise<SpfTree> {
  const isSpf = (text: string): boolean => parseSpf(text) !== undefined;
  const records = (await textsOf(domain)).filter(isSpf);
  const record = parseSpf(records[0] ?? "");
  const reached = new Set<string>();
  const empty = new Set<string>();
  let lookups = record?.lookups ?? 0;
  const waiting = record ? next(record) : [];
  for (let name = waiting.shift(); name !== undefined && lookups <= ENOUGH; name = waiting.shift()) {
    const found = parseSpf((await textsOf(name)).find(isSpf) ?? "");
    reached.add(name);
    if (!found) empty.add(name);
    lookups += found?.lookups ?? 0;
    waiting.push(...(found ? next(found) : []));
  }
  return { records, record, reached: [...reached], lookups, empty: [...empty] };
}

function next({ includes, redirect }: SpfRecord): string[] {
  return redirect === undefined ? [...includes] : [...includes, redirect];
}
