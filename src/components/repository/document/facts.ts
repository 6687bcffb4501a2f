import { dirname, join } from "node:path/posix";
import { readGit } from "../../../facts/git.ts";
import { projectFiles } from "../../../facts/project-files.ts";
import type { Doors } from "../../../model/doors.ts";
import { defineFact, Undeclared } from "../../../model/fact.ts";
import type { RepositoryOptions } from "../options.ts";
import { type DocumentTrouble, readDocument } from "./document-text.ts";

export type DocumentMistake =
  | DocumentTrouble
  | { readonly kind: "absent" }
  | { readonly kind: "not in git" }
  | { readonly kind: "link to nothing"; readonly line: number; readonly target: string };

export interface DeclaredDocument {
  readonly name: string;
  readonly file: string;
  readonly words: number;
  readonly links: number;
  readonly mistakes: readonly DocumentMistake[];
}

export interface Documents {
  readonly documents: readonly DeclaredDocument[];
  /** False outside of git, where nothing can be said of that. */
  readonly isInGit: boolean;
}

export const declaredDocuments = defineFact<Documents, RepositoryOptions>({
  id: "repository.documents",
  access: "read",
  reach: "source",
  timeoutMs: 60_000,
  async collect({ subject, doors, signal, get }) {
    const { directory, options } = subject;
    const declared = Object.entries(options.documents);
    const { tracked } = await get(projectFiles);
    if (declared.length === 0) {
      throw new Undeclared(
        'no documents are declared; add repository({ documents: { README: "README.md", "rollback plan": "docs/ROLLBACK.md" } })',
      );
    }
    const isTracked = async (file: string): Promise<boolean> =>
      (await readGit(doors, { directory, args: ["ls-files", "--", `:(literal)${file}`], signal })) !== "";
    const documents: DeclaredDocument[] = [];
    for (const [name, file] of declared) {
      const seen = await readDeclared(doors, directory, file);
      const isLost = seen.words !== undefined && tracked !== undefined && !(await isTracked(file));
      const mistakes: DocumentMistake[] = isLost ? [{ kind: "not in git" }, ...seen.mistakes] : seen.mistakes;
      documents.push({ name, file, words: seen.words ?? 0, links: seen.links, mistakes });
    }
    return { documents, isInGit: tracked !== undefined };
  },
});

async function readDeclared(
  doors: Doors,
  directory: string,
  file: string,
): Promise<{ words: number | undefined; links: number; mistakes: DocumentMistake[] }> {
  const full = join(directory, file);
  const found = await doors.files.stat(full);
  const text = found && !found.isDirectory ? await doors.files.read(full) : undefined;
  if (text === undefined) return { words: undefined, links: 0, mistakes: [{ kind: "absent" }] };
  const { words, troubles, links } = readDocument(text);
  const mistakes: DocumentMistake[] = [...troubles];
  for (const { line, target } of links) {
    // As GitHub reads it: from the document's folder, or from the root where it begins with a slash.
    const place = target.startsWith("/") ? join(directory, target) : join(dirname(full), target);
    if (!(await doors.files.stat(place))) mistakes.push({ kind: "link to nothing", line, target });
  }
  return { words, links: links.length, mistakes };
}
