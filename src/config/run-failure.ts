import { basename, dirname, relative } from "node:path";
import { UserError } from "../model/errors.ts";
import { createLocator } from "./locate.ts";
import type { Run } from "./run-declaration.ts";
import { withoutCredentials } from "./showing.ts";
import { isCallOf, placeInSource, syntaxErrorAt } from "./syntax-tree.ts";
import { markedLine, syntaxWords } from "./syntax-words.ts";
import { type ThrownPlace, thrownPlace } from "./thrown-place.ts";

/** What to say when a configuration gave no declaration. */
export function runFailure(
  run: Exclude<Run, { type: "launch" }>,
  file: string,
  timeoutMs: number,
): UserError {
  const name = basename(file);
  const { source } = run;
  switch (run.type) {
    case "other":
      return notALaunch(run, file);
    case "timed out":
      return new UserError(`${name} was not done after ${timeoutMs} ms and was ended`, {
        where: file,
        fix: "look for a loop or a wait that does not end: a declaration is data",
      });
    case "out of memory":
      return new UserError(`${name} used more memory than a declaration may`, {
        where: file,
        fix: "look for a list or a loop that only grows: a declaration is data",
      });
    case "exited":
      return new UserError(
        `${name} ended the process (exit code ${run.code}) instead of exporting a launch`,
        {
          where: at(
            file,
            placeInSource(source, (node) => isCallOf(node, "process.exit")),
          ),
          fix: "remove process.exit from it",
        },
      );
    case "unsettled":
      return new UserError(`${name} waits for something that never comes`, {
        where: at(
          file,
          placeInSource(source, ({ type }) => type === "AwaitExpression"),
        ),
        fix: "remove the await",
      });
    case "thrown":
      return thrownFailure(run, file);
  }
}

const EXPORT = "export default defineLaunch({ ... })";

function notALaunch({ exports, launches, source }: Extract<Run, { type: "other" }>, file: string): UserError {
  const name = basename(file);
  const { locate, names } = createLocator(source);
  if (exports !== undefined) {
    const isUncalled = exports === "a function";
    return new UserError(`${name} exports ${exports} that is no launch`, {
      where: at(file, locate([])),
      fix: isUncalled ? `call it: ${EXPORT}` : EXPORT,
    });
  }
  const [other] = launches;
  if (other !== undefined)
    return new UserError(`${name} exports its launch as ${other}, and has no default export`, {
      where: at(file, names.get(other)),
      fix: `${EXPORT}, or at its end: export default ${other}`,
    });
  const called = placeInSource(source, (node) => isCallOf(node, "defineLaunch"));
  if (called)
    return new UserError(`${name} calls defineLaunch and has no default export`, {
      where: at(file, called),
      fix: EXPORT,
    });
  return new UserError(`${name} has no default export`, { where: file, fix: EXPORT });
}

function thrownFailure(run: Extract<Run, { type: "thrown" }>, file: string): UserError {
  const found = placeOf(run, file);
  const open = run.name === "SyntaxError" && found ? openText(found) : undefined;
  const place = open ?? found;
  const message = open ? "Unterminated string" : run.message;
  const where = place ? at(place.file, place) : file;
  const name = relative(dirname(file), place?.file ?? file) || basename(file);
  const [line = ""] = message.split("\n");
  const words = withoutCredentials(line);
  const told = (says: string, fix: string): UserError => new UserError(`${name} ${says}`, { where, fix });
  if (run.code === "ERR_INVALID_PACKAGE_CONFIG")
    return new UserError("package.json is no valid JSON, so nothing in the project can be read as code", {
      where: /(\/\S*package\.json)/.exec(line)?.[1] ?? file,
      fix: "mend it first: npm cannot read it either",
    });
  if (run.code === "ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX")
    return told(
      `uses TypeScript that cannot be run as it is: ${words}`,
      "use only what disappears with its types: no enum, namespace or parameter property",
    );
  if (/^__(dirname|filename) is not defined in ES module scope/.test(line))
    return told(
      `uses ${line.split(" ")[0]}, which does not exist in an ES module`,
      "import.meta.dirname and import.meta.filename are the same",
    );
  if (/^(require|module|exports) is not defined in ES module scope/.test(line))
    return told(
      "is written as CommonJS; a declaration is an ES module",
      'import { defineLaunch, local } from "gonogo"; export default defineLaunch({ ... }), whatever package.json says',
    );
  const [, from, wanted] =
    /^The requested module '([^']+)' does not provide an export named '([^']+)'/.exec(line) ?? [];
  if (from !== undefined) {
    const what = wanted === "default" ? "nothing by default" : `no ${wanted}`;
    return told(
      `imports what is not there: ${from} exports ${what}`,
      wanted === "default"
        ? "name in braces what it exports: import { ... }"
        : `export ${wanted} there, or mend the name`,
    );
  }
  if (run.name === "SyntaxError" && place) return notValid(told, line, place);
  const [, early] = /^Cannot access '(.+)' before initialization$/.exec(line) ?? [];
  if (early !== undefined)
    return place && place.file !== file
      ? told(
          `needs ${early} before it is there: it and ${basename(file)} import each other`,
          "move what both need into a file that imports neither",
        )
      : told(`uses ${early} above the line that declares it`, `move the line with ${early} up`);
  const [, unknown] = /^(\S+) is not defined$/.exec(line) ?? [];
  if (run.name === "ReferenceError" && unknown !== undefined)
    return told(`uses ${unknown}, which it neither imports nor declares`, `import or declare ${unknown}`);
  return told(
    `threw: ${words === "" ? run.name || "something empty" : words}`,
    "mend that line: a declaration has to come to its end without an error",
  );
}

function notValid(
  told: (says: string, fix: string) => UserError,
  message: string,
  place: ThrownPlace,
): UserError {
  const { line, column, text } = place;
  const { says, fix } = syntaxWords(message);
  const shown = text === undefined ? undefined : markedLine(text, line, column);
  return told(`is not valid: ${says}${shown === undefined ? "" : `\n${shown}`}`, fix);
}

/** A text that is not closed is noticed on the line after it, where something else is expected. */
function openText({ file, line, before }: ThrownPlace): ThrownPlace | undefined {
  const at = before?.lastIndexOf('"') ?? -1;
  const isOpen = before !== undefined && (before.match(/(?<!\\)"/g) ?? []).length % 2 === 1;
  return isOpen ? { file, line: line - 1, column: at + 1, text: before } : undefined;
}

/** From the stack; else, for JavaScript, from reading the text again. */
function placeOf(
  { stack, name, source }: Extract<Run, { type: "thrown" }>,
  file: string,
): ThrownPlace | undefined {
  const found = thrownPlace(stack);
  if (found?.column !== undefined) return found;
  const broken = name === "SyntaxError" && source !== undefined ? syntaxErrorAt(source) : undefined;
  if (broken)
    return { file, line: broken.line, column: broken.column, text: source?.split("\n")[broken.line - 1] };
  // What fails outside, such as a request, fails without a stack: most files wait in one place only.
  const awaited = placeInSource(source, ({ type }) => type === "AwaitExpression");
  return found ?? (awaited && { file, ...awaited, text: undefined });
}

function at(file: string, place: Pick<ThrownPlace, "line" | "column"> | undefined): string {
  if (!place) return file;
  return `${file}:${place.line}${place.column === undefined ? "" : `:${place.column}`}`;
}
