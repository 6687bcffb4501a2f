import path from "node:path";
import { readVariables } from "../config/variables.ts";
import { toBeSupplied } from "../deploy/supply.ts";
import { messageOf } from "../model/errors.ts";
import type { Environment, Launch } from "../model/launch.ts";
import type { OtherEnvironment } from "../model/subject.ts";
import type { World } from "../wiring.ts";

/** Another environment's file may be out of reach here; then its names are all that is missing, and that is said. */
export async function otherEnvironments(
  launch: Launch,
  { environment, salt, world }: { environment: Environment; salt: string; world: World },
): Promise<OtherEnvironment[]> {
  const { doors, signal } = world;
  const others = launch.environments.filter((each) => each.name !== environment.name);
  const found = await Promise.all(
    others.map(async (other): Promise<OtherEnvironment | undefined> => {
      const { name, stage } = other;
      const { file } = other.variables;
      // Not set up yet: there is nothing to compare with, and nothing that could leak.
      if (file && !(await doors.files.stat(path.join(launch.directory, file)))) return undefined;
      try {
        const { values } = await readVariables({
          // A command may ask for a password or cost money: only files and the process are looked at.
          environment: { ...other, variables: { ...other.variables, command: undefined } },
          directory: launch.directory,
          declared: launch.variables,
          provisioned: new Map(),
          doors,
          signal,
        });
        const set = [...values].filter(([, { source }]) => source !== "default");
        const fingerprints = Object.fromEntries(
          set.map(([key, { value }]) => [key, value.fingerprint(salt)]),
        );
        const supplied = [...toBeSupplied(launch, { declared: launch.variables, values: new Map(set) })];
        return { name, stage, names: set.map(([key]) => key), supplied, fingerprints, salt };
      } catch (thrown) {
        return { name, stage, names: [], fingerprints: {}, salt, unreadable: messageOf(thrown) };
      }
    }),
  );
  return found.filter((each) => each !== undefined);
}
