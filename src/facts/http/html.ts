/** An element as written: lower-case names, attributes decoded far enough to follow links. */
export interface Tag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

/** Their text is no markup, up to their own closing tag. */
const RAW: ReadonlySet<string> = new Set(["script", "style", "textarea", "title"]);

/**
 * Every element's opening tag in order; text of scripts and comments is passed over. One walk over the text,
 * so that no page, however hostile, takes longer than its length.
 */
export function tagsOf(html: string): Tag[] {
  const found: Tag[] = [];
  const lower = html.toLowerCase();
  for (let at = html.indexOf("<"); at !== -1; at = html.indexOf("<", at)) {
    if (html.startsWith("<!--", at)) {
      const end = html.indexOf("-->", at + 4);
      if (end === -1) break;
      at = end + 3;
      continue;
    }
    const name = /^[a-z][a-z0-9-]{0,40}/.exec(lower.slice(at + 1, at + 43))?.[0];
    if (name === undefined) {
      at += 1;
      continue;
    }
    const tag = readAttributes(html, at + 1 + name.length);
    if (!tag) break;
    found.push({ name, attributes: tag.attributes });
    at = tag.end;
    if (!RAW.has(name)) continue;
    const close = lower.indexOf(`</${name}`, at);
    if (close === -1) break;
    at = close + 2;
  }
  return found;
}

const SPACE = /\s/;

/** Attributes from here to the ">" of the tag; undefined when the text ends before it. */
function readAttributes(
  html: string,
  from: number,
): { attributes: Map<string, string>; end: number } | undefined {
  const attributes = new Map<string, string>();
  let at = from;
  const skip = (isSkipped: (character: string) => boolean): void => {
    while (at < html.length && isSkipped(html[at] ?? "")) at += 1;
  };
  while (at < html.length) {
    skip((each) => SPACE.test(each) || each === "/");
    if (html[at] === ">") return { attributes, end: at + 1 };
    const start = at;
    // A tag may begin with "=": then it is part of the name, so at least one character is always taken.
    at += 1;
    skip((each) => !SPACE.test(each) && each !== "=" && each !== ">" && each !== "/");
    const name = html.slice(start, at).toLowerCase();
    skip((each) => SPACE.test(each));
    let value = "";
    if (html[at] === "=") {
      at += 1;
      skip((each) => SPACE.test(each));
      const quote = html[at];
      if (quote === '"' || quote === "'") {
        const end = html.indexOf(quote, at + 1);
        if (end === -1) return undefined;
        value = html.slice(at + 1, end);
        at = end + 1;
      } else {
        const begin = at;
        skip((each) => !SPACE.test(each) && each !== ">");
        value = html.slice(begin, at);
      }
    }
    if (!attributes.has(name)) attributes.set(name, decoded(value));
  }
  return undefined;
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
