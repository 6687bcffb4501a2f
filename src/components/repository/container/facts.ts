import { projectFiles, readTexts } from "../../../facts/project-files.ts";
import { messageOf } from "../../../model/errors.ts";
import { DoesNotApply, defineFact } from "../../../model/fact.ts";
import { NOT_WRITTEN_HERE } from "../deployed-code.ts";
import type { RepositoryOptions } from "../options.ts";
import { type BuildStage, stagesOf } from "./dockerfile.ts";
import { containersIn, type DeclaredContainer } from "./manifests.ts";

export interface Containers {
  readonly dockerfiles: readonly { readonly file: string; readonly stages: readonly BuildStage[] }[];
  readonly containers: readonly DeclaredContainer[];
  /** Files that could not be understood: a template, broken YAML. */
  readonly unread: readonly string[];
}

const DOCKERFILE = /(^|\/)(Dockerfile|Containerfile)(\.[\w-]+)?$|\.[Dd]ockerfile$/;
const COMPOSE = /(^|\/)(docker-)?compose[\w.-]*\.ya?ml$/;
const YAML = /\.ya?ml$/;
const NOT_FOR_RELEASES =
  /(^|\/)(tests?|__tests__|e2e|fixtures|examples?|docs?)\/|[.-](dev|development|local|test|ci|override)(\.ya?ml)?$|(^|\/)(dev|test)\.[Dd]ockerfile$/;
const MOST_FILES = 500;

export const declaredContainers = defineFact<Containers, RepositoryOptions>({
  id: "repository.containers",
  access: "read",
  reach: "source",
  timeoutMs: 30_000,
  async collect({ subject, doors, signal, get }) {
    const { paths } = await get(projectFiles);
    const some = paths.filter(
      (path) =>
        (DOCKERFILE.test(path) || YAML.test(path)) &&
        !NOT_WRITTEN_HERE.test(path) &&
        !NOT_FOR_RELEASES.test(path),
    );
    const dockerfiles: Containers["dockerfiles"][number][] = [];
    const containers: DeclaredContainer[] = [];
    const broken: string[] = [];
    const { parseAllDocuments } = await import("yaml");
    const { unread } = await readTexts(doors, {
      directory: subject.directory,
      paths: some.slice(0, MOST_FILES),
      maxBytes: 1_048_576,
      signal,
      each: ({ path, text }) => {
        if (DOCKERFILE.test(path)) {
          dockerfiles.push({ file: path, stages: stagesOf(text) });
          return;
        }
        const isWorkload =
          /^\s*kind:\s*["']?(Deployment|StatefulSet|DaemonSet|Job|CronJob|Pod|ReplicaSet)\b/m.test(text);
        if (!COMPOSE.test(path) && !isWorkload) return;
        try {
          containers.push(...(containersIn(path, text, parseAllDocuments) ?? []));
        } catch (thrown) {
          broken.push(`${path} (${messageOf(thrown)})`);
        }
      },
    });
    if (dockerfiles.length + containers.length + broken.length === 0) {
      throw new DoesNotApply("the project has no Dockerfile, compose file or Kubernetes manifest");
    }
    return {
      dockerfiles,
      containers,
      unread: [
        ...broken,
        ...unread.filter(({ path }) => DOCKERFILE.test(path) || COMPOSE.test(path)).map(({ path }) => path),
      ],
    };
  },
});
