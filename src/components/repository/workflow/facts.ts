import { projectFiles, readTexts } from "../../../facts/project-files.ts";
import { DoesNotApply, defineFact } from "../../../model/fact.ts";
import type { RepositoryOptions } from "../options.ts";
import { risksIn, type WorkflowRisk } from "./risks.ts";

export interface Workflows {
  readonly files: readonly string[];
  readonly risks: readonly (WorkflowRisk & { readonly file: string })[];
}

export const workflows = defineFact<Workflows, RepositoryOptions>({
  id: "repository.workflows",
  access: "read",
  reach: "source",
  async collect({ subject, doors, signal, get }) {
    const { paths } = await get(projectFiles);
    const files = paths.filter((path) => /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path));
    if (files.length === 0) throw new DoesNotApply("the project has no GitHub workflow");
    const risks: Workflows["risks"][number][] = [];
    const { unread } = await readTexts(doors, {
      directory: subject.directory,
      paths: files,
      maxBytes: 1_048_576,
      signal,
      each: ({ path, text }) => {
        for (const risk of risksIn(text)) risks.push({ ...risk, file: path });
      },
    });
    if (unread[0]) throw new Error(`${unread[0].path} cannot be read: ${unread[0].reason}`);
    return { files, risks };
  },
});
