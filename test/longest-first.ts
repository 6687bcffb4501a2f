import { relative } from "node:path";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Whole systems are launched, watched, broken and killed there: half a minute to six, where others take seconds. */
const LONG = [
  "test/faults",
  "test/watched",
  "test/sabotage",
  "test/end-to-end",
  "src/targets",
  "src/backups",
] as const;

/** By itself a machine that has never run them goes by size of file, and ends with one long test and an idle core. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ project, moduleId }: TestSpecification): number => {
      const file = relative(project.config.root, moduleId);
      const at = LONG.findIndex((folder) => file.startsWith(`${folder}/`));
      return at < 0 ? LONG.length : at;
    };
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b));
  }
}
