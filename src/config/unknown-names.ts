import { basename } from "node:path";
import { createLocator } from "./locate.ts";
import { type Mistake, nearest } from "./mistakes.ts";
import type { Run } from "./run-declaration.ts";
import { thrownPlace } from "./thrown-place.ts";

/** A name a configuration uses and nobody gives it: with one of them the module does not even start. */
export interface UnknownName {
  readonly name: string;
  /** Imported from gonogo, which has no such name; else it is merely used. */
  readonly isImported: boolean;
  /** What it stands for when the rest is judged all the same; undefined: anything. */
  readonly meant: string | undefined;
  readonly mistake: Mistake;
}

/** `exported` is what gonogo exports besides defineLaunch. */
export function findUnknownNames(
  run: Extract<Run, { type: "thrown" }>,
  { file, exported }: { readonly file: string; readonly exported: readonly string[] },
): UnknownName[] {
  const known = ["defineLaunch", ...exported];
  const used = undefinedName(run, { file, known });
  return used ? [used] : unknownImports(run.source, known, basename(file));
}

function unknownImports(source: string | undefined, known: readonly string[], file: string): UnknownName[] {
  return createLocator(source)
    .imports.filter(({ from, name }) => from === "gonogo" && name !== undefined && !known.includes(name))
    .map(({ name = "", at }) => {
      const near = nearest(name, known);
      const isWhole = name === "default";
      const mistake = {
        path: isWhole ? "import" : `import { ${name} }`,
        file,
        ...at,
        expected: `names that gonogo exports: ${known.join(", ")}`,
        found: isWhole
          ? "an import without braces: gonogo exports nothing by default"
          : `the unknown name ${name}`,
        didYouMean: near,
        fix: isWhole
          ? 'import { defineLaunch, local, web } from "gonogo"'
          : /^[A-Z]/.test(name)
            ? `if it is a type: import type { ${name} } from "gonogo"`
            : near === undefined
              ? "remove it from the import"
              : `import ${near}`,
      };
      return { name, isImported: true, meant: near, mistake };
    });
}

/** "wbe is not defined", in the configuration itself. */
function undefinedName(
  run: Extract<Run, { type: "thrown" }>,
  { file, known }: { file: string; known: readonly string[] },
): UnknownName | undefined {
  const [, name] =
    (run.name === "ReferenceError" &&
      /^([\p{ID_Start}$_][\p{ID_Continue}$]*) is not defined$/u.exec(run.message)) ||
    [];
  const at = thrownPlace(run.stack);
  if (name === undefined || at?.file !== file) return undefined;
  const declared = [...createLocator(run.source).names.keys()];
  const isForgotten = known.includes(name);
  const near = isForgotten ? undefined : nearest(name, [...new Set([...declared, ...known])]);
  const mistake = {
    path: name,
    file: basename(file),
    line: at.line,
    column: at.column,
    expected: "a name that this file imports or declares",
    found: isForgotten
      ? `${name}, which gonogo exports and this file does not import`
      : `${name}, which is neither`,
    didYouMean: near,
    fix: isForgotten
      ? `import { ${name} } from "gonogo"`
      : near === undefined
        ? `declare ${name}, or write its value`
        : declared.includes(near)
          ? `write ${near}`
          : `write ${near}, and import { ${near} } from "gonogo"`,
  };
  return { name, isImported: false, meant: isForgotten ? name : near, mistake };
}
