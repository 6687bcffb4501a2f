import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { importChecklist } from "../src/checklist/import-checklist.ts";
import { publishedKinds } from "../test/fixtures/published-kinds.ts";

export const title =
  "who answers the lines of five launch checklists that teams wrote, and of SoulSeer's own";

const ROOT = path.join(import.meta.dirname, "..");
const SEEDS = path.join(ROOT, "test/checklists/seeds");

export async function run(report: (line: string) => void): Promise<void> {
  const files = readdirSync(SEEDS).filter((name) => name.endsWith(".md"));
  const lists = files.map((file) => [file, path.join(SEEDS, file)] as const);
  for (const [name, file] of [
    ...lists,
    ["examples/soulseer", path.join(ROOT, "examples/soulseer/LAUNCH.md")],
  ]) {
    const text = readFileSync(file ?? "", "utf8");
    const { lines } = importChecklist({ text, kinds: publishedKinds(), launch: undefined, repair: false });
    const answered = lines.filter(({ how }) => how !== "group");
    const by = (who: string): number => answered.filter(({ binding }) => binding?.by === who).length;
    const machine = by("checks") + by("drill");
    const share = Math.round((100 * machine) / answered.length);
    report(
      `${name}: ${lines.length} lines; by checks ${by("checks")}, by drills ${by("drill")}, by people ${by("person")}, ` +
        `by the lines below them ${lines.length - answered.length}: ${share} % of those that ask by a machine`,
    );
  }
}
