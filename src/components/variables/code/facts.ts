import { projectFiles, readTexts } from "../../../facts/project-files.ts";
import { defineFact } from "../../../model/fact.ts";
import type { VariablesOptions } from "../options.ts";
import { languageOf, scanText } from "./text-reads.ts";

/** How the project's code uses the environment. */
export interface CodeUse {
  readonly files: number;
  readonly reads: readonly { readonly name: string; readonly file: string; readonly line: number }[];
  /** Reads whose name is computed: "src/config.ts:12". */
  readonly computed: readonly string[];
  /** Declared variables whose name stands anywhere in code, build or service files. */
  readonly mentioned: ReadonlySet<string>;
}

const LARGEST_BYTES = 1_048_576;
const JAVASCRIPT = /\.[mc]?[jt]s$/;
const NOT_RUN =
  /(^|\/)(tests?|__tests__|__mocks__|specs?|e2e|fixtures|cypress|playwright|stories)\/|[._-](test|spec|stories)\.[a-z]+$|(^|\/)(test_[^/]*|conftest)\.py$|(^|\/)(vitest|jest|playwright|cypress|gonogo)\.config\.[a-z]+$|\.d\.[mc]?ts$|\.min\.js$|(^|\/)(dist|build|\.next|vendor)\//;
const MENTIONS_NOTHING =
  /(^|\/)\.env[^/]*$|\.(md|mdx|lock|svg|csv|map)$|(^|\/)(package-lock\.json|pnpm-lock\.yaml)$/;
const CONFIGURATION = /(^|\/)gonogo\.config\.[a-z]+$/;

export const codeUse = defineFact<CodeUse, VariablesOptions>({
  id: "variables.code-use",
  access: "read",
  reach: "source",
  timeoutMs: 60_000,
  async collect({ subject, doors, signal, get }) {
    const { paths } = await get(projectFiles);
    const { exclude } = subject.options;
    const isOurs = (path: string): boolean => !exclude.some((each) => lies(path, each));
    // What parses JavaScript is nothing that every command should wait for.
    const { readsInJavaScript } = await import("./javascript-reads.ts");
    const reads: CodeUse["reads"][number][] = [];
    const computed: string[] = [];
    const mentioned = new Set<string>();
    const wanted = new Set(subject.variables.declared.map(({ name }) => name));
    const { read } = await readTexts(doors, {
      directory: subject.directory,
      paths: paths.filter((path) => isOurs(path) && !MENTIONS_NOTHING.test(path)),
      maxBytes: LARGEST_BYTES,
      signal,
      each: ({ path, text }) => {
        for (const [, name = ""] of text.matchAll(mentionsIn(path)))
          if (wanted.has(name)) mentioned.add(name);
        const isScript = JAVASCRIPT.test(path);
        const said = NOT_RUN.test(path)
          ? []
          : isScript
            ? readsInJavaScript(path, text)
            : readsInText(path, text);
        for (const { name, line } of said) {
          if (name === undefined) computed.push(`${path}:${line}`);
          else reads.push({ name, file: path, line });
        }
      },
    });
    return { files: read, reads, computed, mentioned };
  },
});

/** The declaration names every variable; only a shell line in it ("--bind :$PORT") uses one. */
function mentionsIn(path: string): RegExp {
  return CONFIGURATION.test(path) ? /\$\{?([A-Za-z_]\w*)/g : /\b([A-Za-z_]\w*)\b/g;
}

function readsInText(path: string, text: string) {
  const language = languageOf(path);
  return language === undefined ? [] : scanText(text, language);
}

function lies(path: string, within: string): boolean {
  const folder = within.replace(/^\.\//, "").replace(/\/$/, "");
  return path === folder || path.startsWith(`${folder}/`);
}
