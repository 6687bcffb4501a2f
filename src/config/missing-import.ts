import { basename, dirname, extname, isAbsolute, relative, resolve } from "node:path";
import type { Doors } from "../model/doors.ts";
import { UserError } from "../model/errors.ts";
import { createLocator, type Import } from "./locate.ts";
import { nearest } from "./mistakes.ts";
import type { Run } from "./run-declaration.ts";
import type { Position } from "./syntax-tree.ts";

type Thrown = Extract<Run, { type: "thrown" }>;

const CODES: readonly string[] = [
  "ERR_MODULE_NOT_FOUND",
  "MODULE_NOT_FOUND",
  "ERR_PACKAGE_PATH_NOT_EXPORTED",
  "ERR_UNSUPPORTED_DIR_IMPORT",
  "ERR_IMPORT_ATTRIBUTE_MISSING",
  "ERR_UNKNOWN_FILE_EXTENSION",
];

/** What to say of an import that leads nowhere; undefined when that is not what was thrown. */
export async function missingImport(
  run: Thrown,
  file: string,
  { files }: Pick<Doors, "files">,
): Promise<UserError | undefined> {
  if (!CODES.includes(run.code)) return undefined;
  const { imports } = createLocator(run.source);
  const directory = dirname(file);
  const importer = importerIn(run.message) ?? file;
  const found = importer === file ? imports.find((each) => isMeant(each, run, directory)) : undefined;
  const what = found?.from ?? wantedIn(run.message, dirname(importer)) ?? "something";
  const where = placeText(importer, found?.at);
  const name = relative(directory, importer) || basename(importer);
  const told = (says: string, fix: string): UserError =>
    new UserError(`${name} imports ${what}${says}`, { where, fix });
  switch (run.code) {
    case "ERR_IMPORT_ATTRIBUTE_MISSING":
      return told(
        " without saying that it is JSON",
        `import ... from ${JSON.stringify(what)} with { type: "json" }`,
      );
    case "ERR_UNKNOWN_FILE_EXTENSION":
      return told(", which is no module", 'import TypeScript or JavaScript, or JSON with { type: "json" }');
    case "ERR_UNSUPPORTED_DIR_IMPORT":
      return told(", which is a directory", "name the file in it, with its extension");
    case "ERR_PACKAGE_PATH_NOT_EXPORTED":
      return told(", which the package does not offer", packageFix(what));
    default:
      if (!what.startsWith(".") && !isAbsolute(what))
        return told(", which is not installed here", packageFix(what));
      return told(", which is not there", await nearFix(resolve(dirname(importer), what), what, files));
  }
}

function isMeant({ from }: Import, { message }: Thrown, directory: string): boolean {
  const path = from.startsWith(".") || isAbsolute(from) ? resolve(directory, from) : undefined;
  const words = message.split(/['"]/);
  if (path !== undefined) return words.some((each) => each === path || each === `file://${path}`);
  const [scope = "", name] = from.split("/");
  const packageName = from.startsWith("@") ? `${scope}/${name}` : scope;
  return words.includes(packageName) || words.includes(from);
}

function importerIn(message: string): string | undefined {
  return / imported from (.+)$/m.exec(message)?.[1];
}

/** From "Cannot find module '/app/more' imported from ..." what an import in `directory` would call it. */
function wantedIn(message: string, directory: string): string | undefined {
  const wanted = /'([^']+)'/.exec(message)?.[1];
  if (wanted === undefined || !isAbsolute(wanted)) return wanted;
  const path = relative(directory, wanted);
  return path.startsWith(".") ? path : `./${path}`;
}

function packageFix(what: string): string {
  const own = what === "gonogo" || what.startsWith("gonogo/") || nearest(what, ["gonogo"]) !== undefined;
  return own
    ? 'import { defineLaunch, local } from "gonogo"'
    : `npm install --save-dev ${packageOf(what)}, or leave the import out`;
}

function packageOf(what: string): string {
  return what
    .split("/")
    .slice(0, what.startsWith("@") ? 2 : 1)
    .join("/");
}

const MODULE = /\.(?:[cm]?[jt]s|json)$/;

/** The same name with an extension, or one that is nearly it. */
async function nearFix(path: string, what: string, files: Doors["files"]): Promise<string> {
  const names = (await files.list(dirname(path))).filter((each) => MODULE.test(each));
  const wanted = basename(path);
  const same = names.find((each) => each.slice(0, -extname(each).length) === wanted.replace(MODULE, ""));
  const near = same ?? nearest(wanted, names);
  if (near === undefined) return "write the file, or mend the path; it is told with its extension";
  const folder = what.slice(0, what.length - wanted.length);
  return `write ${JSON.stringify(`${folder === "" ? "./" : folder}${near}`)}: an import names the file with its extension`;
}

function placeText(file: string, at: Position | undefined): string {
  return at ? `${file}:${at.line}:${at.column}` : file;
}
