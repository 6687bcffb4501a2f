import type { parseAllDocuments } from "yaml";
import { isObject, objectAt, type YamlObject } from "../ci/ci-job.ts";
import { fill } from "./dockerfile.ts";

/** A container that a compose file or a Kubernetes manifest runs. */
export interface DeclaredContainer {
  /** "compose.yml: api", "deploy/api.yaml: Deployment api/web". */
  readonly name: string;
  readonly kind: "compose" | "kubernetes";
  /** Undefined: it is built from a Dockerfile. */
  readonly image: string | undefined;
  /** As it is said here; undefined: the image's own. */
  readonly user: string | undefined;
  /** Kubernetes refuses to start it as root. */
  readonly refusesRoot: boolean;
}

const WORKLOADS = /^(Deployment|StatefulSet|DaemonSet|Job|CronJob|Pod|ReplicaSet)$/;

/**
 * Containers of a compose file or of Kubernetes manifests; undefined when the YAML is of another kind. Throws when it is
 * broken. `parse` is of the package "yaml", which no command but this one needs.
 */
export function containersIn(
  file: string,
  text: string,
  parse: typeof parseAllDocuments,
): DeclaredContainer[] | undefined {
  const documents = parse(text, { logLevel: "silent", merge: true });
  if (!Array.isArray(documents)) return undefined;
  const broken = documents.flatMap(({ errors }) => errors)[0];
  if (broken) throw new Error(broken.message.split("\n")[0]);
  const contents = documents.map((each): unknown => each.toJS()).filter(isObject);
  if (/(^|\/)(docker-)?compose[\w.-]*\.ya?ml$/.test(file))
    return contents.flatMap((each) => services(file, each));
  const workloads = contents.filter(({ kind, apiVersion }) => apiVersion && WORKLOADS.test(String(kind)));
  return workloads.length === 0 ? undefined : workloads.flatMap((each) => pods(file, each));
}

function services(file: string, content: YamlObject): DeclaredContainer[] {
  return Object.entries(objectAt(content, "services")).flatMap(([name, service]) => {
    if (!isObject(service)) return [];
    const isBuilt = service.build !== undefined;
    return [
      {
        name: `${file}: ${name}`,
        kind: "compose" as const,
        image: isBuilt || typeof service.image !== "string" ? undefined : fill(service.image, new Map()),
        user: service.user === undefined ? undefined : fill(String(service.user), new Map()),
        refusesRoot: false,
      },
    ];
  });
}

function pods(file: string, content: YamlObject): DeclaredContainer[] {
  const spec = objectAt(content, "spec");
  const job = content.kind === "CronJob" ? objectAt(objectAt(spec, "jobTemplate"), "spec") : spec;
  const pod = content.kind === "Pod" ? spec : objectAt(objectAt(job, "template"), "spec");
  const of = String(objectAt(content, "metadata").name ?? "");
  const whole = objectAt(pod, "securityContext");
  const all = [pod.initContainers, pod.containers].flatMap((each) => (Array.isArray(each) ? each : []));
  return all.filter(isObject).map((container) => {
    const own = objectAt(container, "securityContext");
    const user = own.runAsUser ?? whole.runAsUser;
    return {
      name: `${file}: ${String(content.kind)} ${of}/${String(container.name)}`,
      kind: "kubernetes",
      image: typeof container.image === "string" ? container.image : undefined,
      user: user === undefined ? undefined : String(user),
      refusesRoot: (own.runAsNonRoot ?? whole.runAsNonRoot) === true,
    };
  });
}
