import { UserError } from "../model/errors.ts";
import type { Environment, Launch } from "../model/launch.ts";
import { noSuch } from "./no-such.ts";

/** The environment that `--env` names; without it the only one, or staging. Throws UserError. */
export function chosenEnvironment(launch: Launch, name: string | undefined): Environment {
  const names = launch.environments.map((each) => each.name);
  const wanted = name ?? (names.length === 1 ? names[0] : "staging");
  const found = launch.environments.find((each) => each.name === wanted);
  if (found) return found;
  const [where, fix] = [launch.configFile, "--env with one of"];
  if (name !== undefined) throw noSuch("environment", name, { known: names, where, fix });
  throw new UserError("there are several environments, and none is called staging", {
    where,
    fix: `${fix}: ${names.join(", ")}`,
  });
}
