import type { HttpResponse } from "../../model/doors.ts";
import { type HeaderLines, mediaType } from "./headers.ts";
import { type Tag, tagsOf } from "./html.ts";

export type PageKind = "page" | "api" | "asset" | "redirect" | "not found" | "error" | "malformed";

/** One answer, as every pure question reads it. */
export interface Page {
  readonly kind: PageKind;
  /** How people call it, the same in every run: "/", "the 404 page", "the 500 page /boom". */
  readonly label: string;
  readonly path: string;
  readonly url: string;
  readonly status: number;
  readonly headers: HeaderLines;
  readonly text: string;
  readonly sizeBytes: number;
  readonly truncated: boolean;
  readonly tookMs: number;
}

export function pageFrom(kind: PageKind, path: string, response: HttpResponse): Page {
  return {
    kind,
    label: labelOf(kind, path),
    path,
    url: response.url,
    status: response.status,
    headers: response.headerLines,
    text: new TextDecoder().decode(response.body),
    sizeBytes: response.body.byteLength,
    truncated: response.truncated,
    tookMs: response.tookMs,
  };
}

function labelOf(kind: PageKind, path: string): string {
  switch (kind) {
    case "not found":
      return "the 404 page";
    case "error":
      return `the 500 page ${path}`;
    case "malformed":
      return "the answer to a malformed path";
    case "redirect":
      return `the redirect ${path}`;
    default:
      return path;
  }
}

const HTML_TYPES: ReadonlySet<string | undefined> = new Set(["text/html", "application/xhtml+xml"]);

/** HTML by its content type; without one, by its first characters, as a browser would guess. */
export function isHtml(page: Page): boolean {
  const type = mediaType(page.headers);
  return type === undefined ? /^\s*<(!doctype html|html)\b/i.test(page.text) : HTML_TYPES.has(type);
}

const TEXT_TYPE =
  /^(text\/|application\/(json|javascript|xml|manifest\+json|ld\+json|xhtml\+xml)|image\/svg)|\+(json|xml)$/;

/** A type that compression makes smaller. */
export function isText(page: Page): boolean {
  return TEXT_TYPE.test(mediaType(page.headers) ?? "");
}

const parsed = new WeakMap<Page, readonly Tag[]>();

/** The elements of an HTML page, read once. */
export function tagsIn(page: Page): readonly Tag[] {
  const known = parsed.get(page) ?? tagsOf(page.text);
  parsed.set(page, known);
  return known;
}

/** A content hash in the file name: "app.3f9a1c2b.js", "index-DkW2xQ9a.css". */
export function hasHashedName(path: string): boolean {
  const name = path.split("?")[0]?.split("/").at(-1) ?? "";
  const candidate = /[.-]([A-Za-z0-9_-]{8,64})\.[a-z0-9]{2,5}$/.exec(name)?.[1];
  return candidate !== undefined && (/\d/.test(candidate) || /[a-z][A-Z]/.test(candidate));
}
