import path from "node:path";
import type { Registry } from "../config/judge-launch.ts";
import { loadLaunch } from "../config/load.ts";
import { UserError } from "../model/errors.ts";
import { parseInstant } from "../model/instant.ts";
import type { Launch } from "../model/launch.ts";
import { STANDARD_KINDS } from "../model/standard-kinds.ts";
import type { World } from "../wiring.ts";
import { type Given, text } from "./command.ts";
import { DeclarationError } from "./declaration-error.ts";

/** Loads the declaration the command line points at. All its mistakes end the command, told together. */
export async function openLaunch(world: World, given: Given): Promise<Launch> {
  const { doors, declarations, workingDirectory, signal } = world;
  const registry = await world.registry();
  const directory = path.resolve(workingDirectory, text(given, "project") ?? ".");
  const loaded = await loadLaunch({
    directory,
    file: text(given, "config"),
    ...registry,
    doors,
    declarations,
    signal,
  });
  if (loaded.ok) return withStandardComponents({ ...loaded.launch, ...launchTimeOf(given) }, registry.kinds);
  throw new DeclarationError(loaded.mistakes);
}

/** `--launch-at` goes before what is declared. */
function launchTimeOf(given: Given): Partial<Launch> {
  const words = text(given, "launchAt");
  if (words === undefined) return {};
  const launchAt = parseInstant(words);
  if (launchAt !== undefined) return { launchAt };
  throw new UserError(`--launch-at ${words} is no time with its zone`, {
    fix: "--launch-at 2026-12-01T09:00Z, or 2026-12-01T09:00+01:00",
  });
}

function withStandardComponents(launch: Launch, kinds: Registry["kinds"]): Launch {
  const declared = new Set(launch.components.map(({ kind }) => kind.kind));
  const added = STANDARD_KINDS.filter((name) => !declared.has(name)).flatMap((name) => {
    const kind = kinds.get(name);
    return kind ? [{ name, kind, options: kind.options.parse({}) }] : [];
  });
  return { ...launch, components: [...added, ...launch.components] };
}
