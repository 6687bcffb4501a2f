import { COMMENT_STYLES, type CommentStyle, commentsOf } from "../debug/blanked.ts";

export interface Todo {
  readonly line: number;
  readonly word: "TODO" | "FIXME";
  /** What it says, at most 80 characters. */
  readonly said: string;
}

const STYLES: readonly (readonly [files: RegExp, style: CommentStyle])[] = [
  [/\.(vue|svelte|astro|html?|xml|blade\.php)$/, COMMENT_STYLES.markup],
  [
    /\.([mc]?[jt]sx?|go|java|kts?|scala|groovy|cs|rs|swift|dart|c|h|cc|cpp|hpp|s?css|less|proto)$/,
    COMMENT_STYLES.c,
  ],
  [/\.php$/, COMMENT_STYLES.php],
  [/\.pyw?$/, COMMENT_STYLES.python],
  [/\.(rb|rake|gemspec)$|(^|\/)(Gemfile|Rakefile)$/, COMMENT_STYLES.ruby],
  [/\.sql$/, COMMENT_STYLES.sql],
  [/\.(sh|bash|ya?ml|toml|tf|exs?|conf)$|(^|\/)(Dockerfile|Makefile|Procfile)[\w.-]*$/, COMMENT_STYLES.hash],
];

/** How comments are written in a file; undefined when it is no code. */
export function commentStyleOf(path: string): CommentStyle | undefined {
  return STYLES.find(([files]) => files.test(path))?.[1];
}

/** In small letters it is a word of Spanish; with a colon it is meant. */
const TODO = /(?<![\w-])(?:(TODO|FIXME)(?![\w-])|(todo|fixme)(?=\s*[:(]))\W*(.*)$/;

export function todosIn(style: CommentStyle, text: string): Todo[] {
  if (!/todo|fixme/i.test(text)) return [];
  return commentsOf(text, style)
    .split("\n")
    .flatMap((line, index): Todo[] => {
      const [, upper, lower, said = ""] = TODO.exec(line) ?? [];
      const word = upper ?? lower?.toUpperCase();
      if (word !== "TODO" && word !== "FIXME") return [];
      return [{ line: index + 1, word, said: said.replace(/\s*(\*\/|-->)?\s*$/, "").slice(0, 80) }];
    });
}
