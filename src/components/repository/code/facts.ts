import { projectFiles, readTexts } from "../../../facts/project-files.ts";
import { DoesNotApply, defineFact } from "../../../model/fact.ts";
import type { RepositoryOptions } from "../options.ts";
import { blockersIn, type CodeBlocker } from "./blockers.ts";

export interface CodeBlockers {
  readonly files: number;
  readonly found: readonly (CodeBlocker & { readonly file: string })[];
}

const CODE = /\.(\w+)$|(^|\/)(Dockerfile|Procfile|Makefile)$/;
const NOT_CODE = /\.(md|mdx|json|lock|svg|png|jpe?g|gif|webp|ico|woff2?|pdf|map)$|\.min\.js$/;

export const codeBlockers = defineFact<CodeBlockers, RepositoryOptions>({
  id: "repository.code-blockers",
  access: "read",
  reach: "source",
  timeoutMs: 60_000,
  async collect({ subject, doors, signal, get }) {
    const { paths } = await get(projectFiles);
    const code = paths.filter((path) => CODE.test(path) && !NOT_CODE.test(path));
    if (code.length === 0) throw new DoesNotApply("the project holds no code");
    const found: CodeBlockers["found"][number][] = [];
    const { read } = await readTexts(doors, {
      directory: subject.directory,
      paths: code,
      maxBytes: 1_048_576,
      signal,
      each: ({ path, text }) => {
        for (const blocker of blockersIn(path, text)) found.push({ ...blocker, file: path });
      },
    });
    return { files: read, found };
  },
});
