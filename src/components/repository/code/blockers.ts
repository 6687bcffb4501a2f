export interface CodeBlocker {
  readonly line: number;
  readonly what: "a test set apart with .only" | "a debugger statement" | "a launch marker";
}

interface Rule {
  readonly files: RegExp;
  readonly pattern: RegExp;
  readonly what: CodeBlocker["what"];
}

const SCRIPT = /\.([mc]?[jt]sx?|vue|svelte)$/;
const RULES: readonly Rule[] = [
  {
    files: SCRIPT,
    pattern: /^\s*(?:await\s+)?(?:describe|context|suite|it|test|bench)(?:\.\w+)*\.only\s*[(`.]/,
    what: "a test set apart with .only",
  },
  { files: SCRIPT, pattern: /^\s*(?:fdescribe|fit|fcontext)\s*\(/, what: "a test set apart with .only" },
  { files: SCRIPT, pattern: /^\s*debugger\s*;?\s*(?:\/\/.*)?$/, what: "a debugger statement" },
  {
    files: /\.py$/,
    pattern: /^\s*(?:breakpoint\(\)|(?:import\s+i?pdb;?\s*)?i?pdb\.set_trace\(\))/,
    what: "a debugger statement",
  },
  {
    files: /\.(rb|erb|rake)$/,
    pattern: /^\s*(?:binding\.(?:pry|irb)|byebug|debugger)\b/,
    what: "a debugger statement",
  },
  {
    files:
      /\.([mc]?[jt]sx?|vue|svelte|astro|py|rb|erb|go|rs|java|kt|php|ex|exs|cs|swift|sql|sh|css|html|ya?ml|toml)$|(^|\/)(Dockerfile|Procfile|Makefile)$/,
    pattern: /\b(?:FIXME|TODO|XXX|HACK)\s*\(\s*(?:launch|go-?live|release|prod(?:uction)?)\s*\)/i,
    what: "a launch marker",
  },
];

/** Lines that somebody left for before the launch. */
export function blockersIn(path: string, text: string): CodeBlocker[] {
  const rules = RULES.filter(({ files }) => files.test(path));
  if (rules.length === 0) return [];
  return text.split("\n").flatMap((line, index) => {
    const rule = line.length < 2_000 ? rules.find(({ pattern }) => pattern.test(line)) : undefined;
    return rule ? [{ line: index + 1, what: rule.what }] : [];
  });
}
