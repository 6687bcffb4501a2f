/** One place where code asks for a variable; `name` is undefined when the name is computed at run time. */
export interface EnvironmentRead {
  readonly name: string | undefined;
  readonly line: number;
}

const NAME = "([A-Za-z_][A-Za-z0-9_]*)";
const QUOTED = `["'\`]${NAME}["'\`]`;

const LANGUAGES: Readonly<Record<string, readonly RegExp[]>> = {
  javascript: [
    new RegExp(`\\b(?:process|import\\.meta|Bun)\\??\\.env\\??\\.${NAME}`, "g"),
    new RegExp(`\\b(?:process|import\\.meta|Bun)\\??\\.env(?:\\?\\.)?\\[\\s*${QUOTED}`, "g"),
  ],
  python: [
    new RegExp(`\\benviron(?:\\.get\\(|\\.setdefault\\(|\\[)\\s*${QUOTED}`, "g"),
    new RegExp(`\\bgetenv\\(\\s*${QUOTED}`, "g"),
    // django-environ and python-decouple
    new RegExp(
      `\\b(?:env|config)(?:\\.(?:str|bool|int|float|list|dict|url|db|db_url|cache))?\\(\\s*${QUOTED}`,
      "g",
    ),
  ],
  ruby: [new RegExp(`\\bENV(?:\\.fetch\\(|\\[)\\s*${QUOTED}`, "g")],
  go: [new RegExp(`\\bos\\.(?:Getenv|LookupEnv)\\(\\s*${QUOTED}`, "g")],
  php: [new RegExp(`\\b(?:getenv|env)\\(\\s*${QUOTED}`, "g"), new RegExp(`\\$_ENV\\[\\s*${QUOTED}`, "g")],
  java: [new RegExp(`\\bSystem\\.getenv\\(\\s*${QUOTED}`, "g")],
  elixir: [new RegExp(`\\bSystem\\.(?:get_env|fetch_env!?)\\(\\s*${QUOTED}`, "g")],
  rust: [new RegExp(`\\benv::var(?:_os)?\\(\\s*${QUOTED}`, "g")],
};
const COMMENTS: Readonly<Record<string, RegExp>> = {
  python: /#.*$/gm,
  ruby: /#.*$/gm,
  elixir: /#.*$/gm,
};
const SLASHES = /(^|[^:"'`])\/\/.*$|\/\*[\s\S]*?\*\//gm;

const EXTENSIONS: Readonly<Record<string, string>> = {
  jsx: "javascript",
  tsx: "javascript",
  vue: "javascript",
  svelte: "javascript",
  astro: "javascript",
  py: "python",
  rb: "ruby",
  ru: "ruby",
  erb: "ruby",
  go: "go",
  php: "php",
  java: "java",
  kt: "java",
  ex: "elixir",
  exs: "elixir",
  rs: "rust",
};

/** The language a path's ending stands for, where it is read by patterns; undefined for any other. */
export function languageOf(path: string): string | undefined {
  return EXTENSIONS[/\.([a-z]+)$/.exec(path)?.[1] ?? ""];
}

/** Reads by the language's usual words, comments left out. */
export function scanText(text: string, language = "javascript"): EnvironmentRead[] {
  const code = text.replace(COMMENTS[language] ?? SLASHES, blank);
  const found = (LANGUAGES[language] ?? []).flatMap((pattern) => [...code.matchAll(pattern)]);
  const reads = found.map((match) => ({ name: match[1], line: lineAt(code, match.index) }));
  return reads.sort((a, b) => a.line - b.line);
}

/** Same length and lines, so that what follows keeps its place. */
function blank(text: string): string {
  return text.replace(/[^\n]/g, " ");
}

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) line += 1;
  return line;
}
