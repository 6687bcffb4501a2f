import type { Cell } from "./line-shapes.ts";

/** A text or a command that stands below an entry and speaks of it. */
export interface Note {
  readonly kind: "text" | "code";
  readonly text: string;
  readonly line: number;
  /** Of a code fence: "bash". */
  readonly language?: string;
}

/** One entry of a list. Texts are raw Markdown, lines count from 1. */
export interface Entry {
  readonly kind: "entry";
  readonly parent: Entry | undefined;
  readonly isOrdered: boolean;
  /** Lines of its own text, the first being the one with the marker. */
  readonly lines: number[];
  text: string;
  readonly notes: Note[];
}
export interface Heading {
  readonly kind: "heading";
  readonly depth: number;
  readonly text: string;
  readonly line: number;
  /** Of one with a box, which is a task: code that stands below it. */
  readonly notes: Note[];
}
export interface Paragraph {
  readonly kind: "paragraph";
  readonly texts: string[];
  readonly line: number;
}
export interface Table {
  readonly kind: "table";
  readonly header: readonly string[];
  readonly rows: { readonly cells: readonly Cell[]; readonly line: number }[];
}
export type Block = Entry | Heading | Paragraph | Table;
