import { join } from "node:path/posix";
import { isInRepository, readGit } from "../../../facts/git.ts";
import { readTexts } from "../../../facts/project-files.ts";
import { DoesNotApply, defineFact, NotObserved } from "../../../model/fact.ts";
import type { RepositoryOptions } from "../options.ts";
import { risksIn, type WorkflowRisk } from "./risks.ts";

export interface Workflows {
  /** Relative to the project, perhaps in a folder above. */
  readonly files: readonly string[];
  readonly risks: readonly (WorkflowRisk & { readonly file: string })[];
}

export const workflows = defineFact<Workflows, RepositoryOptions>({
  id: "repository.workflows",
  access: "read",
  reach: "source",
  async collect({ subject, doors, signal }) {
    const { directory } = subject;
    if (!(await doors.files.stat(directory))?.isDirectory) {
      throw new NotObserved(`the project's folder ${directory} does not exist`);
    }
    // A project may be a folder of a larger repository; GitHub runs what lies at that one's root.
    const up = (await isInRepository(doors, directory, signal).catch(() => false))
      ? await readGit(doors, { directory, args: ["rev-parse", "--show-cdup"], signal })
      : "";
    const folder = join(up, ".github/workflows");
    const names = (await doors.files.list(join(directory, folder))).sort();
    const files = names.filter((name) => /\.ya?ml$/.test(name)).map((name) => join(folder, name));
    if (files.length === 0) throw new DoesNotApply("the project has no GitHub workflow");
    const risks: Workflows["risks"][number][] = [];
    const { unread } = await readTexts(doors, {
      directory,
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
