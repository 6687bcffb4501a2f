import { readVariables } from "../config/variables.ts";
import { UserError } from "../model/errors.ts";
import type { Environment, Launch } from "../model/launch.ts";
import { Secret } from "../model/secret.ts";
import { openStore } from "../store/open-store.ts";
import type { Store } from "../store/store.ts";
import type { World } from "../wiring.ts";
import { type Given, text } from "./command.ts";

/** The store of a launch: in a Postgres where one is named, on the command line or in the declaration; else a file. */
export async function openLaunchStore(
  world: World,
  given: Given,
  { launch, environment, file }: { launch: Launch; environment: Environment; file: string },
): Promise<Store> {
  const { clock, random } = world.doors;
  const variable = variableOf(given) ?? launch.store?.postgres;
  if (variable === undefined) return await openStore(file, clock, random);
  const address = await addressIn(variable, { launch, environment, world });
  const { openServerStore } = await import("../store/open-server-store.ts");
  return await openServerStore({ address, variable, launch: launch.name, clock, random });
}

function variableOf(given: Given): string | undefined {
  const variable = text(given, "store");
  if (variable === undefined || /^[A-Za-z_][A-Za-z0-9_]*$/.test(variable)) return variable;
  // What was given may be an address with its password: it is not said again.
  throw new UserError("--store takes the name of a variable, and this is none", {
    fix: "GONOGO_STORE=postgres://user:password@host:5432/database gonogo ... --store GONOGO_STORE: what is on the command line, everybody on the machine can read",
  });
}

/** The process goes first: one store serves all environments, whatever their files say. */
async function addressIn(
  variable: string,
  { launch, environment, world }: { launch: Launch; environment: Environment; world: World },
): Promise<Secret> {
  const { doors, signal } = world;
  const own = doors.environment.value(variable);
  if (own !== undefined && own.trim() !== "") return new Secret(own);
  const { values } = await readVariables({
    environment,
    directory: launch.directory,
    declared: [],
    provisioned: new Map(),
    doors,
    signal,
  });
  const found = values.get(variable)?.value;
  if (found && found.reveal().trim() !== "") return found;
  const { file } = environment.variables;
  throw new UserError(`the store is to be in a Postgres, and ${variable} with its address is not set`, {
    where: launch.configFile,
    fix: `${variable}=postgres://user:password@host:5432/database, for this process${file ? ` or in ${file}` : ""}`,
  });
}
