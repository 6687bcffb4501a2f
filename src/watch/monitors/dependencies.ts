import type { Component, Launch } from "../../model/launch.ts";

/** The component all others stand on: the machine, the agent and its public door. */
const HOST_KIND = "host";

/**
 * Whose trouble explains whose, by component. What the application's processes cannot do without (a database)
 * explains the processes; the processes explain what is asked through them (a webhook, a sign-in).
 */
export function dependenciesOf({ components }: Pick<Launch, "components">): Map<string, readonly string[]> {
  const namesOf = (isMeant: (component: Component) => boolean): string[] =>
    components.filter(isMeant).map(({ name }) => name);
  const hosts = namesOf(({ kind }) => kind.kind === HOST_KIND);
  const basis = namesOf(({ kind }) => kind.isBasis === true);
  const answering = namesOf(({ kind }) => kind.processes !== undefined && kind.probes !== undefined);
  return new Map(
    components.map((component) => {
      const { name, kind } = component;
      if (kind.kind === HOST_KIND) return [name, []];
      if (kind.isBasis === true) return [name, hosts];
      if (kind.processes !== undefined) return [name, [...hosts, ...basis]];
      return [name, [...hosts, ...basis, ...answering]];
    }),
  );
}
