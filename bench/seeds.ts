import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { importChecklist } from "../src/checklist/import-checklist.ts";
import { prepared } from "../test/fixtures/prepared.ts";
import { publishedKnownKinds } from "../test/fixtures/published-kinds.ts";

export const title =
  "who answers the lines of five launch checklists that teams wrote, and of the examples' own";

const ROOT = path.join(import.meta.dirname, "..");
const EXAMPLES = path.join(ROOT, "examples");
const SEEDS = path.join(ROOT, "test/checklists/seeds");

export async function run(report: (line: string) => void): Promise<void> {
  const files = readdirSync(SEEDS).filter((name) => name.endsWith(".md"));
  const lists = files.map((file) => [file, path.join(SEEDS, file)] as const);
  for (const [name, file] of [
    ...lists,
    ...examples().map((name) => [`examples/${name}`, path.join(EXAMPLES, name, "LAUNCH.md")]),
  ]) {
    const text = readFileSync(file ?? "", "utf8");
    const { lines } = importChecklist({
      text,
      kinds: publishedKnownKinds(),
      launch: undefined,
      repair: false,
      prepared,
    });
    const answered = lines.filter(({ how }) => how !== "group");
    const by = (who: string): number => answered.filter(({ binding }) => binding?.by === who).length;
    const machine = by("checks") + by("drill");
    const share = Math.round((100 * machine) / answered.length);
    report(
      `${name}: ${lines.length} lines; by checks ${by("checks")}, by drills ${by("drill")}, by people ${by("person")}, ` +
        `by the lines below them ${lines.length - answered.length}: ${share} % of those that ask by a machine`,
    );
  }
  for (const name of examples()) {
    const answeredBy = withDeclaration(name).filter((each) => each !== "nobody");
    const machine = answeredBy.filter((each) => each !== "person").length;
    const share = Math.round((100 * machine) / answeredBy.length);
    report(
      `${name} with the example's declaration: ${machine} of ${answeredBy.length} that ask by a machine, ${share} %`,
    );
  }
}

/** Examples with a checklist whose team wrote one of the lists. */
function examples(): string[] {
  const isWhole = (name: string) => existsSync(path.join(EXAMPLES, name, "LAUNCH.md"));
  return readdirSync(EXAMPLES).filter((name) => isWhole(name) && existsSync(path.join(SEEDS, `${name}.md`)));
}

/** Who answers each line of the team's list, as `gonogo import` tells it in the example's project. */
function withDeclaration(name: string): string[] {
  const list = path.join(SEEDS, `${name}.md`);
  const args = ["import", list, "--dry-run", "--format", "json", "--project", path.join(EXAMPLES, name)];
  const text = execFileSync(process.execPath, [path.join(ROOT, "bin/gonogo.mjs"), ...args], {
    encoding: "utf8",
    maxBuffer: 16_000_000,
  });
  return (JSON.parse(text) as { lines: { answeredBy: string }[] }).lines.map(({ answeredBy }) => answeredBy);
}
