import { existsSync, readdirSync } from "node:fs";

/** The example named on the command line (`npm run demo -- snuggles`), SoulSeer without a name; relative to the root. */
export function demoProject(name = "soulseer"): string {
  const project = `examples/${name}`;
  if (existsSync(`${project}/gonogo.config.ts`)) return project;
  const there = readdirSync("examples").filter((each) => existsSync(`examples/${each}/gonogo.config.ts`));
  console.error(
    `error: there is no example "${name}"\n  Fix: npm run demo -- with one of: ${there.join(", ")}`,
  );
  process.exit(2);
}
