import { projectFiles, readTexts } from "../../../facts/project-files.ts";
import { DoesNotApply, defineFact, Undeclared } from "../../../model/fact.ts";
import { NOT_WRITTEN_HERE } from "../deployed-code.ts";
import { isAmong, type RepositoryOptions } from "../options.ts";
import { commentStyleOf, type Todo, todosIn } from "./todos.ts";

export interface TodosSeen {
  readonly files: number;
  readonly found: readonly (Todo & { readonly file: string })[];
  readonly unread: readonly string[];
}

export const todos = defineFact<TodosSeen, RepositoryOptions>({
  id: "repository.todos",
  access: "read",
  reach: "source",
  timeoutMs: 60_000,
  async collect({ subject, doors, signal, get }) {
    const { todo } = subject.options;
    if (!todo)
      throw new Undeclared("whether a TODO may be left is not declared; add repository({ todo: {} })");
    const { paths } = await get(projectFiles);
    const code = paths.filter(
      (path) => commentStyleOf(path) && !NOT_WRITTEN_HERE.test(path) && !isAmong(path, todo.ignore),
    );
    if (code.length === 0) throw new DoesNotApply("the project holds no code");
    const found: TodosSeen["found"][number][] = [];
    const { read, unread } = await readTexts(doors, {
      directory: subject.directory,
      paths: code,
      maxBytes: 1_048_576,
      signal,
      each: ({ path, text }) => {
        const style = commentStyleOf(path);
        if (style) for (const each of todosIn(style, text)) found.push({ ...each, file: path });
      },
    });
    return { files: read, found, unread: unread.map(({ path }) => path) };
  },
});
