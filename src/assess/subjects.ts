import type { Environment, Launch } from "../model/launch.ts";
import type { ReleaseSummary } from "../model/release.ts";
import type { Runtime } from "../model/runtime.ts";
import type { Address, OtherEnvironment, Subject, TargetView } from "../model/subject.ts";
import type { Variables } from "../model/variable.ts";

/** What is known of an environment when its components are looked at. */
export interface Situation {
  readonly launch: Launch;
  readonly environment: Environment;
  /** The project, or the release's own copy of it. */
  readonly directory: string;
  readonly variables: Variables;
  readonly salt?: string;
  readonly address: Address | undefined;
  readonly release: ReleaseSummary | undefined;
  readonly built?: string;
  readonly runtime: Runtime | undefined;
  readonly target: TargetView;
  readonly otherEnvironments: readonly OtherEnvironment[];
  readonly backups?: NonNullable<Subject["backups"]>;
  readonly switched?: NonNullable<Subject["switched"]>;
  readonly watch?: NonNullable<Subject["watch"]>;
}

/** One subject for each declared component. */
export function subjectsOf(situation: Situation): Subject[] {
  const { launch, environment, ...seen } = situation;
  const siblings = launch.components.map(({ name, kind, options }) => ({ name, kind: kind.kind, options }));
  return launch.components.map(({ name, kind, options }) => ({
    ...seen,
    component: name,
    kind: kind.kind,
    options,
    launch: launch.name,
    siblings: siblings.filter((sibling) => sibling.name !== name),
    environment: { name: environment.name, stage: environment.stage, allows: environment.allows },
  }));
}
