import { harmless } from "./plain-text.ts";

/** HTML that was built by `html` and needs no escaping. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type Content = Markup | string | number | null | undefined | false | readonly Content[];

/** HTML from a template: everything put in is text, unless it is markup itself. Attributes need their quotes. */
export function html(parts: TemplateStringsArray, ...values: readonly Content[]): Markup {
  return new Markup(parts.map((part, index) => part + rendered(values[index])).join(""));
}

function rendered(value: Content): string {
  if (value instanceof Markup) return value.text;
  if (Array.isArray(value)) return value.map(rendered).join("");
  if (value === null || value === undefined || value === false) return "";
  return escaped(String(value));
}

/** What a control or bidirectional sign could hide is shown as its code. */
function escaped(text: string): string {
  return harmless(text, { lines: true })
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
