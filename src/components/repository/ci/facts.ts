import { join } from "node:path/posix";
import { isInRepository, readGit } from "../../../facts/git.ts";
import { defineFact, NotObserved, Undeclared } from "../../../model/fact.ts";
import type { RepositoryOptions } from "../options.ts";
import type { CiJob } from "./ci-job.ts";
import { githubJobs, type YamlFile } from "./github-jobs.ts";
import { gitlabJobs } from "./gitlab-jobs.ts";

export interface CiSeen {
  readonly files: readonly string[];
  readonly jobs: readonly CiJob[];
  /** The project's folder in the repository, "" for its root. */
  readonly folder: string;
  /** Scripts of package.json by name. */
  readonly scripts: Readonly<Record<string, string>>;
  /** Files of CI systems that are not read here, or of elsewhere, which may hold more jobs. */
  readonly elsewhere: readonly string[];
}

const OTHERS = [
  ".circleci/config.yml",
  "bitbucket-pipelines.yml",
  "azure-pipelines.yml",
  "Jenkinsfile",
  ".drone.yml",
  ".travis.yml",
  ".buildkite/pipeline.yml",
  ".woodpecker.yml",
];

export const ciJobs = defineFact<CiSeen, RepositoryOptions>({
  id: "repository.ci-jobs",
  access: "read",
  reach: "source",
  timeoutMs: 30_000,
  async collect({ subject, doors, signal }) {
    const { directory, options } = subject;
    if (options.test === undefined) {
      throw new Undeclared('no test line is declared; add repository({ test: "npm test" })');
    }
    if (!(await doors.files.stat(directory))?.isDirectory) {
      throw new NotObserved(`the project's folder ${directory} does not exist`);
    }
    const isGit = await isInRepository(doors, directory, signal).catch(() => false);
    const git = (flag: string) => readGit(doors, { directory, args: ["rev-parse", flag], signal });
    const root = isGit ? join(directory, await git("--show-cdup")) : directory;
    const folder = isGit ? (await git("--show-prefix")).replace(/\/$/, "") : "";
    const { parse } = await import("yaml");
    const read = async (file: string): Promise<YamlFile[]> => {
      const text = await doors.files.read(join(root, file), { maxBytes: 1_048_576 });
      if (text === undefined) return [];
      return [{ file, content: parse(text, { logLevel: "error", merge: true }) }];
    };
    const names = (await doors.files.list(join(root, ".github/workflows"))).sort();
    const workflows = names
      .filter((name) => /\.ya?ml$/.test(name))
      .map((name) => `.github/workflows/${name}`);
    const actions = (await doors.files.list(join(root, ".github/actions"))).flatMap((name) =>
      ["yml", "yaml"].map((ending) => `.github/actions/${name}/action.${ending}`),
    );
    const github = (await Promise.all(workflows.map(read))).flat();
    const called = (await Promise.all(actions.map(read))).flat();
    const gitlab = await read(".gitlab-ci.yml");
    const elsewhere: string[] = [];
    for (const file of OTHERS) if (await doors.files.stat(join(root, file))) elsewhere.push(file);
    if (gitlab.some(({ content }) => (content as { include?: unknown } | null)?.include !== undefined))
      elsewhere.push("what .gitlab-ci.yml includes");
    if (github.length + gitlab.length + elsewhere.length === 0 && options.ci !== true) {
      throw new Undeclared(
        "the project has no CI workflow; where it has to have one, say so: repository({ ci: true })",
      );
    }
    const manifest = await doors.files.read(join(directory, "package.json"));
    return {
      files: [...github, ...gitlab].map(({ file }) => file),
      jobs: [...githubJobs([...github, ...called], folder), ...gitlab.flatMap(gitlabJobs)],
      folder,
      scripts: scriptsOf(manifest),
      elsewhere,
    };
  },
});

function scriptsOf(manifest: string | undefined): Record<string, string> {
  try {
    return (JSON.parse(manifest ?? "{}") as { scripts?: Record<string, string> }).scripts ?? {};
  } catch {
    return {};
  }
}
