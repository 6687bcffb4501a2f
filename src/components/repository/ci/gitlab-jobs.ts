import { type CiJob, isObject, objectAt, texts, type YamlObject } from "./ci-job.ts";
import type { YamlFile } from "./github-jobs.ts";

const NO_JOB =
  /^(default|include|stages|variables|workflow|image|services|cache|pages:deploy|before_script|after_script|spec)$/;

/** Jobs of `.gitlab-ci.yml`: without a rule that says otherwise each runs on every push. */
export function gitlabJobs({ file, content }: YamlFile): CiJob[] {
  if (!isObject(content)) return [];
  return Object.keys(content)
    .filter((name) => !NO_JOB.test(name) && !name.startsWith("."))
    .flatMap((name): CiJob[] => {
      const job = inherited(content, name);
      if (texts(job.script).length === 0) return [];
      const forgiven = job.allow_failure === true ? "allow_failure" : undefined;
      const script = [
        ...texts(job.before_script ?? objectAt(content, "default").before_script),
        ...texts(job.script),
      ];
      return [
        {
          file,
          name,
          on: isStarted(job) ? ["push"] : [],
          onlyIf: limitOf(job) ?? limitOf(objectAt(content, "workflow")),
          steps: [{ script: script.join("\n"), folder: "", forgiven, pipesFail: true, onlyIf: undefined }],
        },
      ];
    });
}

function inherited(content: YamlObject, name: string, depth = 0): YamlObject {
  const own = objectAt(content, name);
  const bases = depth < 5 ? texts(own.extends) : [];
  return Object.assign({}, ...bases.map((base) => inherited(content, base, depth + 1)), own);
}

function isStarted(job: YamlObject): boolean {
  const only = [...texts(job.only), ...texts(objectAt(job, "only").refs)];
  const isForOthers =
    only.length > 0 && only.every((each) => /^(tags|schedules|triggers|web|api)$/.test(each));
  return job.when !== "manual" && job.when !== "never" && !isForOthers;
}

const ON_CHANGES =
  /^\s*\$CI_(COMMIT_BRANCH|MERGE_REQUEST_I?ID|COMMIT_REF_NAME)\s*$|\$CI_PIPELINE_SOURCE\s*==\s*["'](push|merge_request_event)["']|\$CI_COMMIT_(BRANCH|REF_NAME)\s*==\s*(\$CI_DEFAULT_BRANCH|["'](main|master)["'])/;

function limitOf(job: YamlObject): string | undefined {
  if (!Array.isArray(job.rules)) return undefined;
  const rules = job.rules.filter(isObject).filter(({ when }) => when !== "never" && when !== "manual");
  const isMet = rules.some(
    (rule) => rule.changes === undefined && (rule.if === undefined || ON_CHANGES.test(String(rule.if))),
  );
  if (isMet) return undefined;
  return `rules: ${rules.map((rule) => String(rule.if ?? "changes")).join(" or ") || "never by itself"}`;
}
