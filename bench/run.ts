import { readdirSync } from "node:fs";
import { cpus, loadavg, release, totalmem } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

/** One bench: prints what it measured, beside a peer in the same run, with its conditions. */
export interface Bench {
  readonly title: string;
  run(report: (line: string) => void): Promise<void>;
}

const directory = import.meta.dirname;
const names = readdirSync(directory)
  .filter((file) => file.endsWith(".ts") && file !== "run.ts" && !file.endsWith(".test.ts"))
  .map((file) => path.basename(file, ".ts"));

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`there is no bench ${unknown.join(", ")}; one of: ${names.join(", ")}`);
  process.exit(2);
}
const gib = Math.round(totalmem() / 1_073_741_824);
console.log(
  `${cpus().length} cores, ${gib} GiB, Linux ${release()}, Node ${process.versions.node}, one machine for both sides; ` +
    `load of others before it began: ${loadavg()[0]?.toFixed(1)}`,
);
for (const name of asked.length > 0 ? asked : names) {
  const bench = (await import(pathToFileURL(path.join(directory, `${name}.ts`)).href)) as Bench;
  console.log(`\n== ${name}: ${bench.title}`);
  await bench.run((line) => console.log(`  ${line}`));
}
