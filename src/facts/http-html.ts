/** An element as written: lower-case names, attributes decoded far enough to follow links. */
export interface Tag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

const TAG =
  /<!--[\s\S]*?(?:-->|$)|<(script|style|textarea|title)\b((?:[^>"']|"[^"]*"|'[^']*')*)>[\s\S]*?<\/\1\s*>|<([a-z][a-z0-9-]*)\b((?:[^>"']|"[^"]*"|'[^']*')*)>/gi;
const ATTRIBUTE = /([^\s"'>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g;

/** Every element's opening tag in order. Text of scripts and comments is passed over. */
export function tagsOf(html: string): Tag[] {
  return [...html.matchAll(TAG)].flatMap((match) => {
    const name = match[1] ?? match[3];
    return name ? [{ name: name.toLowerCase(), attributes: attributesOf(match[2] ?? match[4] ?? "") }] : [];
  });
}

function attributesOf(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const match of text.matchAll(ATTRIBUTE)) {
    const name = (match[1] ?? "").toLowerCase();
    if (!found.has(name)) found.set(name, decoded(match[2] ?? match[3] ?? match[4] ?? ""));
  }
  return found;
}

function decoded(text: string): string {
  return text.replaceAll("&amp;", "&").replaceAll("&#38;", "&").replaceAll("&quot;", '"').trim();
}

/** `content` of every `<meta http-equiv=NAME>`. */
export function metaEquivalents(tags: readonly Tag[], name: string): string[] {
  return tags
    .filter((tag) => tag.name === "meta" && tag.attributes.get("http-equiv")?.toLowerCase() === name)
    .flatMap((tag) => tag.attributes.get("content") ?? []);
}

/** `content` of every `<meta name=NAME>`. */
export function metaNamed(tags: readonly Tag[], name: string): string[] {
  return tags
    .filter((tag) => tag.name === "meta" && tag.attributes.get("name")?.toLowerCase() === name)
    .flatMap((tag) => tag.attributes.get("content") ?? []);
}

export interface Resource {
  readonly element: string;
  readonly url: string;
  readonly integrity: string | undefined;
}

const LINKED_RELATIONS = /\b(stylesheet|icon|preload|modulepreload|manifest|apple-touch-icon)\b/i;

/** What a browser loads by itself with the page; URLs as written. */
export function resourcesOf(tags: readonly Tag[]): Resource[] {
  return tags.flatMap(({ name, attributes }) => {
    const integrity = attributes.get("integrity") || undefined;
    return urlsLoadedBy(name, attributes).map((url) => ({ element: name, url, integrity }));
  });
}

function urlsLoadedBy(name: string, attributes: ReadonlyMap<string, string>): string[] {
  const take = (attribute: string): string | string[] => attributes.get(attribute) || [];
  switch (name) {
    case "script":
    case "iframe":
    case "embed":
    case "audio":
    case "track":
      return [take("src")].flat();
    case "video":
      return [take("src"), take("poster")].flat();
    case "img":
    case "source":
      return [take("src"), srcset(attributes.get("srcset"))].flat();
    case "object":
      return [take("data")].flat();
    case "link":
      return LINKED_RELATIONS.test(attributes.get("rel") ?? "") ? [take("href")].flat() : [];
    default:
      return [];
  }
}

function srcset(value: string | undefined): string[] {
  return (value ?? "").split(/,\s+/).flatMap((each) => each.trim().split(/\s+/)[0] || []);
}

/** Where the page's anchors lead, as written. */
export function linksOf(tags: readonly Tag[]): string[] {
  return tags.flatMap((tag) => (tag.name === "a" ? (tag.attributes.get("href") ?? []) : []));
}
