import { defineCheck } from "../../../model/check.ts";
import { fail, notApplicable, pass, unknown } from "../../../model/outcome.ts";
import { quantity } from "../../../model/quantity.ts";
import { ways } from "../../../model/ways.ts";
import { type BuildStage, baseOf } from "./dockerfile.ts";
import { type Containers, declaredContainers } from "./facts.ts";

interface RunAs {
  readonly place: string;
  /** Undefined: nothing says so, and the image's own user, as a rule root, is taken. */
  readonly user: string | undefined;
  readonly isRoot: boolean;
  readonly fix: string;
}

export const userNonRoot = defineCheck({
  id: "container.user.non-root",
  title: "Containers run as a user of their own",
  consequence: "A hole in the application is a hole in the container's root, and often in the machine's.",
  severity: "warning",
  phase: "build",
  freshFor: "30d",
  asks: ways(`
    containers run as non-root | Docker container runs as non-root user | non-root user in container
    non-root user in Dockerfile | USER instruction in Dockerfile | Dockerfile does not run as root
    container does not run as root | containers not running as root | runAsNonRoot set | runAsNonRoot: true
    pods run as non-root | image runs as nonroot | Docker image uses a non-root user | rootless containers
    Container laufen nicht als root | contenedores sin root | conteneurs non root | contêiner não roda como root
    Docker image runs as non-root user | Dockerfile USER is not root | image does not run as root
    container processes run as an unprivileged user | USER node in Dockerfile | USER set in the Dockerfile
    unprivileged user in the Docker image
    Dockerfile uses non-root USER | USER directive in the Dockerfile | USER in Dockerfile
    pods run unprivileged | Kubernetes manifests set runAsNonRoot
  `),
  source: "https://docs.docker.com/build/building/best-practices/#user",
  needs: { seen: declaredContainers },
  run({ seen }) {
    const all = runAs(seen);
    const roots = all.filter(({ isRoot }) => isRoot);
    const measured = { containers: all.length, asRoot: roots.length };
    if (roots.length > 0) {
      return fail(`${quantity(roots.length, "container runs", "containers run")} as root`, {
        expected: "USER with a user of its own in the last stage; runAsNonRoot: true in Kubernetes",
        found: roots.map(({ place, user }) => `${place}: ${user ?? "says no user"}`).join("; "),
        fix: [...new Set(roots.map(({ fix }) => fix))].join("\n"),
        findings: [...new Set(roots.map(({ place }) => place))],
        measured,
      });
    }
    if (seen.unread.length > 0) return unknown(`${seen.unread.join(", ")} cannot be read`);
    if (all.length === 0) return notApplicable("no container of the project's own is built or run");
    return pass(all.map(({ place, user }) => `${place}: ${user ?? "not root"}`).join("; "), measured);
  },
});

function runAs({ dockerfiles, containers }: Containers): RunAs[] {
  const built = dockerfiles.flatMap(({ file, stages }) => {
    const last = stages.at(-1);
    if (!last) return [];
    const user = userOf(last, stages);
    const fix = `${file}: RUN useradd --system app (adduser -S app on Alpine) and USER app before CMD`;
    return [{ place: file, user, isRoot: user === undefined || isRootName(user), fix }];
  });
  const run = containers.flatMap(({ name, kind, user, refusesRoot }): RunAs[] => {
    if (kind === "compose") {
      // What a vendor's image does by itself is the vendor's; here only what the file says counts.
      if (user === undefined) return [];
      return [{ place: name, user, isRoot: isRootName(user), fix: `${name}: take user: ${user} out` }];
    }
    const isRoot = user === undefined ? !refusesRoot : isRootName(user);
    const fix = `${name}: securityContext: { runAsNonRoot: true, runAsUser: 10001 }`;
    return [{ place: name, user: user ?? (refusesRoot ? "runAsNonRoot" : undefined), isRoot, fix }];
  });
  return [...built, ...run];
}

/** Images that are made to run as somebody else than root. */
const NOT_ROOT =
  /(^|[/:-])(nonroot|unprivileged|rootless)\b|nginx-unprivileged|^cgr\.dev\/chainguard\/|^(registry1\.)?bitnami(legacy|secure)?\//;

function userOf(stage: BuildStage, stages: readonly BuildStage[]): string | undefined {
  if (stage.user) return stage.user.name;
  const base = baseOf(stage, stages);
  if (base) return userOf(base, stages);
  return NOT_ROOT.test(stage.from) ? `that of ${stage.from}` : undefined;
}

function isRootName(user: string): boolean {
  return /^(root|0+)(:|$)/.test(user.trim());
}
