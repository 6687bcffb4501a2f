import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { type Plugin, rolldown } from "rolldown";
import { compiledAtOnce } from "./compiled-at-once.ts";

/*
 * The command of the package in a few files instead of a thousand: to read those one by one takes longer than most
 * commands work. The compiled modules stay beside it, for what runs as a program of its own and is found by its file:
 * the agent, its parent, the thread of the declaration.
 */

/** Where what was compiled lies: given, or the package's own. */
const DIST = resolve(process.argv[2] ?? "dist");
const OUT = join(DIST, "bundle");
/** Packages of many small modules, and small ones that every command needs. Others are read from where npm puts them. */
const INLINED =
  /^(?:kysely|zod|commander|age-encryption|@noble\/[^/]+|@scure\/base|aws4fetch|croner|fastest-levenshtein|picocolors)(?:\/|$)/;

/** A module that asks where it is gets the place of its own file, not of the bundle's. */
const ownPlaces: Plugin = {
  name: "own-places",
  transform: {
    filter: { id: { include: [`${DIST}/**`] }, code: "import.meta.url" },
    handler: (code, id) => {
      const place = relative(OUT, id).split(sep).join("/");
      return code.replaceAll("import.meta.url", `new URL(${JSON.stringify(place)}, import.meta.url).href`);
    },
  },
};

rmSync(OUT, { recursive: true, force: true });
await using bundle = await rolldown({
  input: { main: join(DIST, "main.js") },
  platform: "node",
  external: (id) => !id.startsWith(".") && !isAbsolute(id) && !INLINED.test(id),
  plugins: [ownPlaces, compiledAtOnce([`${DIST}/checklist/**`])],
});
const { output } = await bundle.write({ dir: OUT, format: "esm", chunkFileNames: "[name]-[hash].js" });

refuseStrangers();

const modules = output.flatMap((each) => (each.type === "chunk" ? each.moduleIds : []));
const folders = new Set(modules.flatMap((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? []));
writeFileSync(join(OUT, "LICENSES.txt"), [...folders].sort().map(licenseOf).join("\n\n"));

/** What the bundler put there by itself is among nobody's dependencies: the command would not even start. */
function refuseStrangers(): void {
  const { dependencies } = JSON.parse(readFileSync("package.json", "utf8")) as {
    dependencies: Readonly<Record<string, string>>;
  };
  const imported = output.flatMap((each) =>
    each.type === "chunk" ? [...each.imports, ...each.dynamicImports] : [],
  );
  const own = new Set(output.map(({ fileName }) => fileName));
  const strangers = [...new Set(imported)].filter((specifier) => {
    const name = /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;
    return !own.has(specifier) && !isBuiltin(specifier) && !Object.hasOwn(dependencies, name);
  });
  if (strangers.length > 0) throw new Error(`the bundle imports what no user has: ${strangers.join(", ")}`);
}

/** Their licences ask that it stays with every copy. */
function licenseOf(folder: string): string {
  const { name, version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    name: string;
    version: string;
  };
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  if (file === undefined) throw new Error(`${name} has no file with its licence`);
  return `${name} ${version}\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
}
