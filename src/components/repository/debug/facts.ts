import { readTexts } from "../../../facts/project-files.ts";
import { DoesNotApply, defineFact } from "../../../model/fact.ts";
import { deployedCode } from "../deployed-code.ts";
import { isAmong, type RepositoryOptions } from "../options.ts";
import { type DebugOutput, isProgram, languageOf, outputInWords } from "./plain-output.ts";

export interface DebugOutputSeen {
  readonly found: readonly (DebugOutput & { readonly file: string })[];
  readonly files: number;
  readonly languages: readonly string[];
  /** Code of tests, scripts and tools, and what the declaration sets aside. */
  readonly leftOut: number;
  readonly unread: readonly string[];
}

const JAVASCRIPT = /\.([mc]?[jt]sx?|vue|svelte|astro)$/;

export const debugOutput = defineFact<DebugOutputSeen, RepositoryOptions>({
  id: "repository.debug-output",
  access: "read",
  reach: "source",
  timeoutMs: 120_000,
  async collect({ subject, doors, signal, get }) {
    const { console: allowed, ignore } = subject.options.debugOutput;
    const { paths, leftOut } = await get(deployedCode);
    const known = paths.filter((path) => JAVASCRIPT.test(path) || languageOf(path));
    const looked = known.filter((path) => !isAmong(path, ignore));
    if (looked.length === 0) {
      throw new DoesNotApply("the project deploys no code in a language whose debugging output is known");
    }
    // What parses JavaScript is nothing that every command should wait for.
    const { outputInJavaScript } = await import("./javascript-output.ts");
    const found: DebugOutputSeen["found"][number][] = [];
    const languages = new Set<string>();
    let programs = 0;
    const { read, unread } = await readTexts(doors, {
      directory: subject.directory,
      paths: looked,
      maxBytes: 1_048_576,
      signal,
      each: ({ path, text }) => {
        const language = languageOf(path);
        if (isProgram(text, language)) {
          programs += 1;
          return;
        }
        languages.add(language?.name ?? "JavaScript");
        const output = language ? outputInWords(language, text) : outputInJavaScript(path, text, allowed);
        for (const each of output) found.push({ ...each, file: path });
      },
    });
    return {
      found,
      files: read - programs,
      languages: [...languages],
      leftOut: leftOut + known.length - looked.length + programs,
      unread: unread.map(({ path }) => path),
    };
  },
});
