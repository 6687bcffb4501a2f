import { dirname, join } from "node:path/posix";
import { type DotenvProblem, dotenvProblems, readDotenv } from "../../../config/dotenv.ts";
import { projectFiles } from "../../../facts/project-files.ts";
import { defineFact } from "../../../model/fact.ts";
import { Secret } from "../../../model/secret.ts";
import type { VariablesOptions } from "../options.ts";
import { holdsSecret } from "./secret-entry.ts";

/** A file of variables in the project, without its values. */
export interface DotenvFile {
  readonly path: string;
  /** "outside git": the project is not in a repository. */
  readonly git: "tracked" | "ignored" | "neither" | "outside git";
  readonly isExample: boolean;
  readonly names: readonly string[];
  /** Names to which the file gives a secret. */
  readonly secrets: readonly string[];
  readonly problems: readonly DotenvProblem[];
}

const DOTENV = /(^|\/)\.env(rc|[.-][\w.-]+)?$/;
const EXAMPLE = /[.-](example|sample|template|dist|defaults?|schema|vault)$/;

export const dotenvFiles = defineFact<readonly DotenvFile[], VariablesOptions>({
  id: "variables.dotenv-files",
  access: "read",
  reach: "source",
  async collect({ subject, doors, get }) {
    const { paths, tracked } = await get(projectFiles);
    const listed = new Set(paths);
    const secrets = new Set(
      subject.variables.declared.filter(({ secret }) => secret).map(({ name }) => name),
    );
    // The usual .env is ignored, so git does not list it: look beside each package.
    const folders = new Set([".", ...paths.filter((path) => /(^|\/)package\.json$/.test(path)).map(dirname)]);
    const beside = await Promise.all(
      [...folders].map(async (folder) =>
        (await doors.files.list(join(subject.directory, folder))).map((name) => join(folder, name)),
      ),
    );
    const found = [...new Set([...paths, ...beside.flat()])].filter((path) => DOTENV.test(path)).sort();
    const files = await Promise.all(
      found.map(async (path): Promise<DotenvFile | undefined> => {
        const full = join(subject.directory, path);
        if ((await doors.files.stat(full))?.isDirectory) return undefined;
        const text = await doors.files.read(full);
        if (text === undefined) return undefined;
        const { entries } = readDotenv(text);
        return {
          path,
          git:
            tracked === undefined
              ? "outside git"
              : tracked.has(path)
                ? "tracked"
                : listed.has(path)
                  ? "neither"
                  : "ignored",
          isExample: EXAMPLE.test(path),
          names: [...new Set(entries.map(({ name }) => name))],
          secrets: [...new Set(entries.filter((each) => holdsSecret(each, secrets)).map(({ name }) => name))],
          problems: dotenvProblems(text),
        };
      }),
    );
    return files.filter((file) => file !== undefined);
  },
});

/** The file that shows which variables there are; its values are boxed, because people paste real ones. */
export interface ExampleFile {
  readonly path: string;
  readonly present: boolean;
  readonly values: ReadonlyMap<string, Secret>;
}

export const exampleFile = defineFact<ExampleFile, VariablesOptions>({
  id: "variables.example-file",
  access: "read",
  reach: "source",
  async collect({ subject, doors }) {
    const path = subject.options.example;
    const text = await doors.files.read(join(subject.directory, path));
    const values = readDotenv(text ?? "").entries.map(
      ({ name, value }) => [name, new Secret(value)] as const,
    );
    return { path, present: text !== undefined, values: new Map(values) };
  },
});

/** A Dockerfile that copies the whole folder, and whether its .dockerignore keeps dotenv files out. */
export interface ImageContext {
  /** Dockerfiles that copy everything. */
  readonly copies: readonly string[];
  readonly ignoresDotenv: boolean;
}

export const imageContext = defineFact<ImageContext, VariablesOptions>({
  id: "variables.image-context",
  access: "read",
  reach: "source",
  async collect({ subject, doors, get }) {
    const { paths } = await get(projectFiles);
    const read = async (path: string) => (await doors.files.read(join(subject.directory, path))) ?? "";
    const dockerfiles = paths.filter((path) => /^(Dockerfile|Containerfile)(\.[\w-]+)?$/.test(path));
    const texts = await Promise.all(dockerfiles.map(async (path) => ({ path, text: await read(path) })));
    const ignore = (await read(".dockerignore")).split(/\r?\n/).map((line) => line.trim());
    return {
      copies: texts
        .filter(({ text }) => /^\s*(COPY|ADD)\s+(--\S+\s+)*\.\/?\s/im.test(text))
        .map(({ path }) => path),
      ignoresDotenv: ignore.some((line) => /^(\/|\*\*\/)?(\.env\*?|\.env\.\*|\.\*|\*)$/.test(line)),
    };
  },
});
