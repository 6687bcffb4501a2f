import { basename } from "node:path";
import { pathToFileURL } from "node:url";
import { UserError } from "../model/errors.ts";
import { syntaxErrorAt } from "./locate.ts";
import type { Run } from "./run-declaration.ts";
import { withoutCredentials } from "./showing.ts";

/** What to say when a configuration gave no declaration. */
export function runFailure(
  run: Exclude<Run, { type: "launch" }>,
  file: string,
  timeoutMs: number,
): UserError {
  const name = basename(file);
  const fix = "export default defineLaunch({ ... })";
  switch (run.type) {
    case "other":
      return run.exports === undefined
        ? new UserError(`${name} has no default export`, { where: file, fix })
        : new UserError(`${name} exports ${run.exports} that is no launch`, { where: file, fix });
    case "timed out":
      return new UserError(`${name} was not done after ${timeoutMs} ms and was ended`, {
        where: file,
        fix: "look for a loop or a wait that does not end: a declaration is data",
      });
    case "out of memory":
      return new UserError(`${name} used more memory than a declaration may`, { where: file });
    case "exited":
      return new UserError(
        `${name} ended the process (exit code ${run.code}) instead of exporting a launch`,
        {
          where: file,
          fix: "remove process.exit from it",
        },
      );
    case "unsettled":
      return new UserError(`${name} waits for something that never comes`, {
        where: file,
        fix: "remove the await",
      });
    case "thrown":
      return thrownFailure(run, file);
  }
}

function thrownFailure(run: Extract<Run, { type: "thrown" }>, file: string): UserError {
  const name = basename(file);
  const place = placeOf(run, file);
  const where = place === undefined ? file : `${file}:${place}`;
  const words = withoutCredentials(run.message.split("\n")[0] ?? "");
  if (run.code === "ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX") {
    return new UserError(`${name} uses TypeScript that cannot be run as it is: ${words}`, {
      where,
      fix: "use only what disappears with its types: no enum, namespace or parameter property",
    });
  }
  if (run.code === "ERR_MODULE_NOT_FOUND" || run.code === "MODULE_NOT_FOUND") {
    return new UserError(`${name} imports something that is not there: ${words}`, {
      where,
      fix: "install the package, or mend the path (with its extension)",
    });
  }
  if (/^(require|module|exports|__dirname|__filename) is not defined in ES module scope/.test(words)) {
    return new UserError(`${name} is written as CommonJS; a declaration is an ES module`, {
      where,
      fix: 'import { defineLaunch, local } from "gonogo"; export default defineLaunch({ ... }), whatever package.json says',
    });
  }
  if (run.name === "SyntaxError" && place !== undefined) {
    return new UserError(`${name} is not valid: ${words}`, { where });
  }
  return new UserError(`${name} threw: ${words === "" ? run.name || "something empty" : words}`, { where });
}

/** "12:9": from the stack; else, for JavaScript, from reading the text again. */
function placeOf(
  { stack, name, source }: Extract<Run, { type: "thrown" }>,
  file: string,
): string | undefined {
  const url = pathToFileURL(file).href;
  const after = stack.indexOf(`${url}:`);
  const found = after < 0 ? undefined : /^(\d+)(?::(\d+))?/.exec(stack.slice(after + url.length + 1))?.[0];
  if (found?.includes(":")) return found;
  const broken = name === "SyntaxError" && source !== undefined ? syntaxErrorAt(source) : undefined;
  return broken ? `${broken.line}:${broken.column}` : (found ?? undefined);
}
