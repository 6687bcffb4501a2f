import type { Markup } from "../markup.ts";

/** A part of the report under its own heading. */
export interface HtmlSection {
  readonly id: string;
  readonly title: string;
  readonly body: Markup;
}
