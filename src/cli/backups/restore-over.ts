import { backUp } from "../../backups/back-up.ts";
import { prove } from "../../backups/prove.ts";
import type { BackupScene } from "../../backups/scene.ts";
import { UserError } from "../../model/errors.ts";
import type { World } from "../../wiring.ts";
import { type Given, text } from "../command.ts";
import { typed } from "../confirm.ts";
import type { OpenScene } from "../scene.ts";
import { chosenBackup, readShelf } from "./backups.ts";
import type { showAmounts } from "./progress.ts";

// What every restore over live data asks before it.

/** The live data goes: a "yes" is typed too easily. Throws UserError. */
export async function expectTyped(
  { output }: World,
  {
    scene,
    given,
    database,
    by,
  }: {
    readonly scene: OpenScene;
    readonly given: Given;
    readonly database: string;
    /** What the data is replaced by. */
    readonly by: string;
  },
): Promise<void> {
  const { name } = scene.environment;
  const question = `This replaces the data of ${database} by that of ${by}. Type the environment's name to go on`;
  const answer = text(given, "confirm") ?? (await typed(output, question));
  if (answer === name) return;
  throw new UserError(`the live database was not touched: "${answer ?? ""}" is not the environment's name`, {
    fix: `type ${name}, or add --confirm ${name}`,
  });
}

/** Backs up what is live now: it must be there to come back to. The backup's id. Throws UserError. */
export async function freshBackup(
  { signal }: Pick<World, "signal">,
  backups: BackupScene,
  amounts: ReturnType<typeof showAmounts>,
): Promise<string> {
  const { id } = await backUp(backups, {
    reason: "before a restore",
    signal,
    onProgress: (progress) => amounts.show(progress),
  });
  const shelf = await readShelf(backups, undefined, signal);
  const proof = await prove(backups, chosenBackup(shelf, id).backup, { signal });
  if (proof.verdict === "proven") return id;
  const problems = proof.problems.map(({ kind, what }) => `${kind}: ${what}`).join("; ");
  throw new UserError(`the live database was not touched: its fresh backup ${id} is not good: ${problems}`, {
    fix: "mend that first; what is live now could not be brought back",
  });
}
