import path from "node:path";
import { answerersOf } from "../checklist/answerers.ts";
import { heldAgainst } from "../checklist/line-figures.ts";
import { parseChecklist } from "../checklist/markdown/parse.ts";
import { UserError } from "../model/errors.ts";
import type { Item } from "../model/item.ts";
import type { Launch } from "../model/launch.ts";
import { formatSize } from "../model/size.ts";
import type { World } from "../wiring.ts";
import { secretsInFiles } from "./listed-secrets.ts";

/** Some ten thousand lines, all of which must be answered. */
const MAX_CHECKLIST_BYTES = 1_048_576;

export interface ListedItems {
  readonly items: readonly Item[];
  /** "LAUNCH.md:49: a box without words": for whoever asks about the list, not thrown. */
  readonly problems: readonly string[];
}

/** The lines of a checklist, by its path in the project. Throws UserError. */
export async function readItems(
  checklist: string,
  { launch, world: { doors, registry } }: { launch: Launch; world: World },
): Promise<ListedItems> {
  const file = path.join(launch.directory, checklist);
  const size = (await doors.files.stat(file))?.sizeBytes ?? 0;
  if (size > MAX_CHECKLIST_BYTES) {
    const limit = formatSize(MAX_CHECKLIST_BYTES);
    throw new UserError(`the checklist is ${formatSize(size)}; at most ${limit} is read`, {
      where: file,
      fix: "keep only the lines that stand between the code and the launch",
    });
  }
  const markdown = await doors.files.read(file);
  if (markdown === undefined) throw new UserError("the checklist is not there", { where: file });
  const knownChecks = answerersOf((await registry()).kinds.values()).map(({ id }) => id);
  const secrets = await secretsInFiles(launch, doors.files);
  const { items, problems } = parseChecklist(markdown, { knownChecks, secrets });
  return {
    items: heldAgainst(launch, items),
    problems: problems.map(({ line, what }) => `${checklist}:${line}: ${what}`),
  };
}
