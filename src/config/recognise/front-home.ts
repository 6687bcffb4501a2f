import { fieldsOf, jsonObject, textOf } from "./parsed-text.ts";
import type { ProjectListing } from "./project-listing.ts";

export interface Package {
  /** "apps/api" */
  readonly folder: string;
  /** What commands may call it: its folder, that folder's own name, its name. */
  readonly names: readonly string[];
}

/** Files of the package that answers "/", as far as its start says which one that is; otherwise those of no package. */
export function filesOfFront(project: ProjectListing, start: string | undefined): readonly string[] {
  const packages = packagesOf(project);
  const home = start === undefined ? undefined : homeOf(packages, spelledOut(project, start));
  if (home) return project.files.filter((file) => file.startsWith(`${home.folder}/`));
  return project.files.filter((file) => !packages.some(({ folder }) => file.startsWith(`${folder}/`)));
}

export function packagesOf(project: ProjectListing): Package[] {
  return project.files.flatMap((file) => {
    const folder = /^(.+)\/package\.json$/.exec(file)?.[1];
    if (folder === undefined) return [];
    const name = textOf(jsonObject(project, file)?.name);
    const names = [folder, `./${folder}`, folder.split("/").at(-1) ?? folder, ...(name ? [name] : [])];
    return [{ folder, names }];
  });
}

/** The start with what the scripts say that it runs. */
function spelledOut(project: ProjectListing, start: string): string {
  const scripts = fieldsOf(jsonObject(project, "package.json")?.scripts) ?? {};
  const script = /^(?:npm|pnpm|yarn|bun)\s+(?:run\s+)?([\w:-]+)$/.exec(start.trim())?.[1];
  const line = script === undefined ? undefined : textOf(scripts[script]);
  return line === undefined ? start : `${start} ${line}`;
}

/** `node apps/api/server.js`, `npm start -w @acme/api`, `cd apps/api && ...`, `pnpm --filter api start`. */
function homeOf(packages: readonly Package[], line: string): Package | undefined {
  const words = line.split(/[\s"'=;&|]+/);
  const byPath = packages.filter(({ folder }) =>
    words.some((word) => word.replace(/^\.\//, "").startsWith(`${folder}/`)),
  );
  const byName = packages.filter(({ names }) =>
    words.some(
      (word, at) =>
        names.includes(word) &&
        /^(-w|--workspace|--filter|workspace|cd|-C|--prefix|--cwd)$/.test(words[at - 1] ?? ""),
    ),
  );
  return [...byPath, ...byName].sort((a, b) => b.folder.length - a.folder.length)[0];
}
