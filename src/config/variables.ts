import { basename, dirname, join } from "node:path";
import type { Doors } from "../model/doors.ts";
import { UserError } from "../model/errors.ts";
import type { Environment } from "../model/launch.ts";
import { Secret } from "../model/secret.ts";
import { formatSize } from "../model/size.ts";
import type { Variable, Variables, VariableValue } from "../model/variable.ts";
import { readDotenv } from "./dotenv.ts";
import { nearest } from "./mistakes.ts";

export { type DotenvProblem, type DotenvRule, dotenvProblems } from "./dotenv.ts";

export interface VariablesRequest {
  readonly environment: Environment;
  /** Of the project: the file's name is relative to it. */
  readonly directory: string;
  readonly declared: readonly Variable[];
  /** What the target supplies, by variable. */
  readonly provisioned: ReadonlyMap<string, Secret>;
  /** Variables the target would supply where no source names them; told to whoever writes the file. */
  readonly suppliable?: ReadonlySet<string>;
  readonly doors: Pick<Doors, "files" | "shell" | "environment">;
  readonly signal: AbortSignal;
}

type Found = readonly (readonly [name: string, value: VariableValue])[];

const MAX_FILE_BYTES = 32 * 1_048_576;
/** The kernel's MAX_ARG_STRLEN: a longer "NAME=value" cannot be handed to a process. */
const MAX_ENTRY_BYTES = 131_071;
const COMMAND_TIMEOUT_MS = 30_000;

/**
 * The values of an environment: its file, then the process (declared names only), then its command's output, then
 * what was provisioned, then defaults. The first that gives a name wins, but a blank one yields to a later source
 * (a line copied from .env.example). Throws UserError, with file and line, for what cannot be read or handed over.
 */
export async function readVariables(request: VariablesRequest): Promise<Variables> {
  const { declared, provisioned } = request;
  const sources = [
    await fromFile(request),
    fromProcess(request),
    await fromCommand(request),
    [...provisioned].map(([name, value]) => [name, { value, source: "provisioned" }] as const),
  ];
  const values = new Map<string, VariableValue>();
  for (const [name, found] of sources.flat()) {
    const earlier = values.get(name);
    if (!earlier || (isBlank(earlier) && !isBlank(found))) values.set(name, found);
  }
  for (const { name, default: otherwise } of declared) {
    if (otherwise === undefined || values.has(name)) continue;
    values.set(name, { value: new Secret(otherwise), source: "default" });
  }
  return { declared, values };
}

function isBlank({ value }: VariableValue): boolean {
  return value.reveal().trim() === "";
}

async function fromFile({ environment, directory, doors, suppliable }: VariablesRequest): Promise<Found> {
  const { file } = environment.variables;
  if (file === undefined) return [];
  const path = join(directory, file);
  const text = await doors.files.read(path, { maxBytes: MAX_FILE_BYTES });
  if (text === undefined) {
    const example = (await doors.files.stat(join(directory, ".env.example")))
      ? `cp .env.example ${file}`
      : `create ${file}`;
    const written = `${example}, then fill in the values${withoutSupplied([...(suppliable ?? [])])}`;
    const near = await nearFile(file, directory, doors);
    throw new UserError(
      `the variables of ${environment.name} are to come from ${file}, which does not exist`,
      {
        where: environment.variables.declaredAt ?? path,
        fix: near === undefined ? written : `did you mean ${near}? Write that; or ${written}`,
      },
    );
  }
  return valuesOf(text, (line) => `${file}:${line}`);
}

/** One beside it that is called nearly so. */
async function nearFile(
  file: string,
  directory: string,
  { files }: Pick<Doors, "files">,
): Promise<string | undefined> {
  const names = (await files.list(join(directory, dirname(file)))).filter((name) =>
    /\.env\b|env$/.test(name),
  );
  const near = nearest(
    basename(file),
    names.filter((name) => !/\.(example|sample|template)$/.test(name)),
  );
  return near === undefined ? undefined : join(dirname(file), near);
}

/** A line copied from .env.example would stand in the way of what is there for the asking. */
function withoutSupplied(names: readonly string[]): string {
  if (names.length === 0) return "";
  return `; leave ${names.join(", ")} out of it, and Gonogo supplies what ${names.length === 1 ? "it leads" : "they lead"} to`;
}

function fromProcess({ environment, declared, doors }: VariablesRequest): Found {
  if (!environment.variables.process) return [];
  return declared.flatMap(({ name }) => {
    const value = doors.environment.value(name);
    return value === undefined ? [] : [[name, { value: new Secret(value), source: "process" }] as const];
  });
}

async function fromCommand({ environment, directory, doors, signal }: VariablesRequest): Promise<Found> {
  const { command } = environment.variables;
  if (command === undefined) return [];
  const source = `command \`${command.length > 40 ? `${command.slice(0, 39)}…` : command}\``;
  const result = await doors.shell.run({
    line: command,
    cwd: directory,
    timeoutMs: COMMAND_TIMEOUT_MS,
    maxOutputBytes: MAX_FILE_BYTES,
    signal,
  });
  if (result.code !== 0) {
    const how = result.timedOut
      ? `took longer than ${COMMAND_TIMEOUT_MS / 1_000} s`
      : `ended with ${result.code === null ? result.signal : `exit code ${result.code}`}`;
    // What it printed stays untold: it may hold the very values.
    throw new UserError(`the ${source} that gives the variables of ${environment.name} ${how}`, {
      fix: "run it by hand in the project to see why",
    });
  }
  return valuesOf(result.stdout, () => source);
}

function valuesOf(text: string, sourceAt: (line: number) => string): Found {
  const { entries, problems } = readDotenv(text);
  const garbage = problems.find(({ rule }) => rule === "not-text");
  if (garbage) {
    throw new UserError(`${sourceAt(garbage.line)}: ${garbage.says}`, {
      fix: "write the file as UTF-8 text",
    });
  }
  // In a file the last line that sets a name is the one that counts.
  const last = new Map(entries.map((each) => [each.name, each]));
  return [...last.values()].map(({ name, value, line }) => {
    const bytes = Buffer.byteLength(value) + name.length + 1;
    if (bytes > MAX_ENTRY_BYTES) {
      throw new UserError(
        `${sourceAt(line)}: ${name} has ${formatSize(bytes)}; a process can be given at most ${formatSize(MAX_ENTRY_BYTES)}`,
        { fix: "put it into a file and the file's name into the variable" },
      );
    }
    return [name, { value: new Secret(value), source: sourceAt(line) }] as const;
  });
}
