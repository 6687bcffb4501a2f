import { blanked, COMMENT_STYLES, type CommentStyle } from "./blanked.ts";

export interface DebugOutput {
  readonly line: number;
  /** "console.log", "print", "var_dump". */
  readonly what: string;
}

interface Language {
  readonly name: string;
  readonly files: RegExp;
  readonly style: CommentStyle;
  /** The first group names what was found. */
  readonly forms: readonly RegExp[];
  /** Tells a program for the command line: what it prints is its answer. */
  readonly printsByTrade?: RegExp;
  /** From here to the end, or to the end of the block, nothing is deployed. */
  readonly ends?: RegExp;
}

const LANGUAGES: readonly Language[] = [
  {
    name: "Python",
    files: /\.pyw?$/,
    style: COMMENT_STYLES.python,
    forms: [
      /(?<!def\s)(?<![\w.])(print|pprint|breakpoint)\s*\(/,
      /\b((?:i?pdb|pudb)\.set_trace)\s*\(/,
      /^\s*(?:import|from)\s+(i?pdb|pudb)\b/,
    ],
    printsByTrade: /^\s*(?:import|from)\s+(?:click|typer)\b/m,
    ends: /^if\s+__name__\s*==/,
  },
  {
    name: "Ruby",
    files: /\.(rb|erb|haml|slim)$/,
    style: COMMENT_STYLES.ruby,
    forms: [
      /\b(binding\.(?:pry|irb|break)|byebug)\b(?!\s*[=:])/,
      /^\s*(?:<%=?\s*)?(puts|pp|print)\b(?!\s*[=.:,)])/,
      /^\s*(p)\s+[\w@:"'[]/,
      /<%=\s*(debug)\b/,
    ],
    printsByTrade: /\b(?:Thor|OptionParser)\b/,
  },
  {
    name: "PHP",
    files: /\.php$/,
    style: COMMENT_STYLES.php,
    forms: [
      /(?<!function\s+)(?<![\w>:$\\])(var_dump|dd|ddd|dump|debug_print_backtrace|xdebug_break)\s*\(/,
      /(?<!function\s+)(?<![\w>:$\\])(print_r|var_export)\s*\((?!.*,\s*true\s*\))/,
      /->(dd|dump|ddRawSql|dumpRawSql)\s*\(/,
      /^\s*@(dd|dump)\b/,
    ],
  },
  {
    name: "Go",
    files: /\.go$/,
    style: COMMENT_STYLES.c,
    forms: [/\b(fmt\.Print(?:ln|f)?|spew\.(?:Dump|Print\w*))\s*\(/, /(?<![\w.])(println|print)\s*\(/],
    printsByTrade: /"github\.com\/(?:spf13\/cobra|urfave\/cli|alecthomas\/kong)/,
  },
  {
    name: "Java",
    files: /\.(java|groovy|scala)$/,
    style: COMMENT_STYLES.c,
    forms: [/\b(System\.(?:out|err)\.print(?:ln|f)?)\b/, /\.(printStackTrace)\s*\(\s*\)/],
    printsByTrade: /\bpicocli\b/,
  },
  {
    name: "Kotlin",
    files: /\.kts?$/,
    style: COMMENT_STYLES.c,
    forms: [/(?<!fun\s)(?<![\w.])(println|print)\s*\(/, /\.(printStackTrace)\s*\(\s*\)/],
  },
  {
    name: "C#",
    files: /\.cs$/,
    style: COMMENT_STYLES.c,
    forms: [/\b(Console\.Write(?:Line)?|Debugger\.Break)\s*\(/],
  },
  {
    name: "Rust",
    files: /\.rs$/,
    style: { ...COMMENT_STYLES.c, strings: ['"'], longStrings: [] },
    forms: [/\b((?:dbg|println|print)!)\s*[([{]/],
    printsByTrade: /\buse\s+clap\b/,
    ends: /^\s*#\[cfg\(test\)\]/,
  },
  {
    name: "Elixir",
    files: /\.(exs?|heex)$/,
    style: { ...COMMENT_STYLES.python, longStrings: ['"""'] },
    forms: [/\b(IO\.(?:inspect|puts)|IEx\.pry)\b/, /\|>\s*(dbg)\b/],
  },
];

export function languageOf(path: string): Language | undefined {
  return LANGUAGES.find(({ files }) => files.test(path));
}

/** A program for the command line: started by its own name, or made with a library for such programs. */
export function isProgram(text: string, language: Language | undefined): boolean {
  return text.startsWith("#!") || (language?.printsByTrade?.test(text) ?? false);
}

/** Debugging output by its words, comments and strings left out; one finding a line. */
export function outputInWords(language: Language, text: string): DebugOutput[] {
  const found: DebugOutput[] = [];
  for (const [index, line] of blanked(text, language.style).split("\n").entries()) {
    if (language.ends?.test(line)) break;
    const what = language.forms.map((form) => form.exec(line)?.[1]).find((each) => each !== undefined);
    if (what !== undefined) found.push({ line: index + 1, what });
  }
  return found;
}
