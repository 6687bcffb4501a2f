import { join } from "node:path/posix";
import {
  type CiJob,
  type CiStep,
  isMetAnyway,
  isObject,
  objectAt,
  texts,
  type YamlObject,
} from "./ci-job.ts";

export interface YamlFile {
  /** Relative to the repository's root. */
  readonly file: string;
  readonly content: unknown;
}

/** Jobs of GitHub's workflows with what starts them; one that calls a workflow of the repository has that one's steps. */
export function githubJobs(files: readonly YamlFile[], project: string): CiJob[] {
  return files.flatMap(({ file, content }) => {
    const triggers = triggersOf(content, project);
    return Object.entries(objectAt(content, "jobs")).flatMap(([name, job]): CiJob[] => {
      if (!isObject(job)) return [];
      const condition = isMetAnyway(job.if) ? undefined : `if: ${String(job.if)}`;
      return [
        {
          file,
          name,
          on: triggers.map(({ event }) => event),
          onlyIf: condition ?? (triggers.every(({ filter }) => filter) ? triggers[0]?.filter : undefined),
          steps: stepsOf(job, content, files),
        },
      ];
    });
  });
}

const MAIN = /^["']?(main|master|trunk|\*\*?|\$default-branch)["']?$/;

/** `on` is read as `true` by parsers of YAML 1.1; this one keeps it. */
function triggersOf(content: unknown, project: string): { event: string; filter: string | undefined }[] {
  const on = isObject(content) ? content.on : undefined;
  const events: readonly (readonly [string, unknown])[] = isObject(on)
    ? Object.entries(on)
    : texts(on).map((event) => [event, undefined] as const);
  return events
    .filter(([event]) => /^(push|pull_request|merge_group)$/.test(event))
    .map(([event, said]) => ({ event, filter: filterOf(event, said, project) }));
}

function filterOf(event: string, said: unknown, project: string): string | undefined {
  if (!isObject(said)) return undefined;
  const branches = texts(said.branches);
  if (branches.length > 0 && !branches.some((branch) => MAIN.test(branch)))
    return `${event} to ${branches.join(", ")} only`;
  const ignored = texts(said["branches-ignore"]).filter((branch) => MAIN.test(branch));
  if (ignored.length > 0) return `${event} to other branches than ${ignored.join(", ")} only`;
  if (said.branches === undefined && said["branches-ignore"] === undefined && said.tags !== undefined)
    return `${event} of tags only`;
  const paths = texts(said.paths);
  const hasProject = paths.length === 0 || paths.some((path) => project !== "" && path.startsWith(project));
  return hasProject ? undefined : `${event} that touches ${paths.join(", ")} only`;
}

function stepsOf(job: YamlObject, content: unknown, files: readonly YamlFile[]): CiStep[] {
  if (typeof job.uses === "string") {
    const called = files.find(({ file }) => join(".", String(job.uses)) === file);
    const jobs = Object.values(objectAt(called?.content, "jobs")).filter(isObject);
    return jobs.flatMap((each) =>
      typeof each.uses === "string" ? [] : stepsOf(each, called?.content, files),
    );
  }
  const usual = [job, content].map(
    (each) => objectAt(objectAt(each, "defaults"), "run")["working-directory"],
  );
  const shells = [job, content].map((each) => objectAt(objectAt(each, "defaults"), "run").shell);
  const steps = Array.isArray(job.steps) ? job.steps.filter(isObject) : [];
  return steps
    .flatMap((step) => [step, ...stepsOfAction(step, files)])
    .filter(({ run }) => typeof run === "string")
    .map((step) => ({
      script: String(step.run),
      folder: join(".", texts([step["working-directory"], ...usual])[0] ?? "").replace(/^\.?\/?|\/$/g, ""),
      forgiven:
        String(step["continue-on-error"] ?? job["continue-on-error"]) === "true"
          ? "continue-on-error"
          : undefined,
      // "bash" said is bash -eo pipefail; unsaid it is bash -e.
      pipesFail: texts([step.shell, ...shells])[0] === "bash" || /\bpipefail\b/.test(String(step.run)),
      onlyIf: isMetAnyway(step.if) ? undefined : `if: ${String(step.if)}`,
    }));
}

/** Steps of an action of the repository itself, under the condition of the step that uses it. */
function stepsOfAction(step: YamlObject, files: readonly YamlFile[]): YamlObject[] {
  if (typeof step.uses !== "string" || !step.uses.startsWith("./")) return [];
  const folder = join(".", step.uses);
  const action = files.find(
    ({ file }) => file === `${folder}/action.yml` || file === `${folder}/action.yaml`,
  );
  const { steps } = objectAt(action?.content, "runs");
  const own = Array.isArray(steps) ? steps.filter(isObject) : [];
  return own.map((each) => ({
    ...each,
    if: isMetAnyway(step.if) ? each.if : step.if,
    "continue-on-error": step["continue-on-error"] ?? each["continue-on-error"],
  }));
}
