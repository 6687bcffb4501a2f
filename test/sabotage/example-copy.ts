import { execFile, execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { builtCommand } from "../fixtures/built-command.ts";
import { ownPorts, type Project } from "../fixtures/project.ts";

/** A copy of an example in a repository of its own, as it is in this one: a workspace below a lock. */
export interface ExampleCopy extends Project {
  /** What a command with `--format json` printed, whatever its exit code. */
  run<Answer>(...args: readonly string[]): Promise<Answer>;
  read(file: string): string;
  /** Back to the healthy code and variables. */
  reset(): void;
}

const ROOT = path.join(import.meta.dirname, "../..");
const NOT_COPIED = /(^|\/)(node_modules|dist|\.gonogo|\.env\.staging|\.env\.production)(\/|$)/;

/** `prepare` changes the healthy copy before its first commit. */
export async function copyExample(name: string, prepare?: (app: ExampleCopy) => void): Promise<ExampleCopy> {
  const place = mkdtempSync(path.join(tmpdir(), "gonogo-sabotage-"));
  const repository = path.join(place, "repository");
  const directory = path.join(repository, "examples", name);
  mkdirSync(directory, { recursive: true });
  for (const file of ["package.json", "package-lock.json", ".gitignore", "biome.json"])
    cpSync(path.join(ROOT, file), path.join(repository, file));
  const source = path.join(ROOT, "examples", name);
  cpSync(source, directory, {
    recursive: true,
    filter: (file) => !NOT_COPIED.test(path.relative(source, file)),
  });
  // Beside the repository, not in it: git would take a link for a file.
  symlinkSync(path.join(ROOT, "node_modules"), path.join(place, "node_modules"));

  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=example", "-c", "user.email=example@example.com", ...args], {
      cwd: repository,
      encoding: "utf8",
    });
  const file = (name: string) => path.join(directory, name);
  let healthy = { commit: "", variables: "" };
  const app: ExampleCopy = {
    directory,
    read: (name) => readFileSync(file(name), "utf8"),
    write(name, text) {
      mkdirSync(path.dirname(file(name)), { recursive: true });
      writeFileSync(file(name), text);
    },
    commit(message) {
      git("add", "-A");
      git("commit", "-q", "--allow-empty", "-m", message);
    },
    reset() {
      git("reset", "-q", "--hard", healthy.commit);
      git("clean", "-q", "-d", "-f");
      app.write(".env.staging", healthy.variables);
      rmSync(file(".env.production"), { force: true });
    },
    run: (...args) => runJson([...args, "--project", directory]),
    async [Symbol.asyncDispose]() {
      try {
        // With a broken declaration nothing could be stopped.
        if (healthy.commit !== "") app.reset();
        await runJson(["stop", "--env", "staging", "--purge", "--yes", "--project", directory]);
      } finally {
        rmSync(place, { recursive: true, force: true });
      }
    },
  };
  git("init", "-q");
  await ownPorts(app);
  hasten(app);
  prepare?.(app);
  app.commit("Ports of its own, and less patience");
  healthy = { commit: git("rev-parse", "HEAD").trim(), variables: app.read(".env.staging") };
  return app;
}

/** Staging's variables for the copy's own port, and less patience: nobody waits for what is broken. */
function hasten(app: ExampleCopy): void {
  execFileSync(process.execPath, ["scripts/staging-variables.ts"], { cwd: app.directory });
  const port = /local\(\{ port: (\d+)/.exec(app.read("gonogo.config.ts"))?.[1] ?? "";
  for (const file of [".env.staging", "gonogo.config.ts", ...filesBelow(app, "stand-ins")])
    app.write(file, app.read(file).replaceAll(":8443", `:${port}`));
  // Each change of the code would run the example's tests again.
  change(app, "gonogo.config.ts", 'test: "npm test"', 'test: "node test/quick.mjs"');
  app.write("test/quick.mjs", "");
  change(app, "gonogo.config.ts", "instances: 2,", 'instances: 2,\n      stopGrace: "2s",');
  change(app, "gonogo.config.ts", 'bake: "3s"', 'bake: "500ms"');
  // No round breaks what only a real browser sees, and it takes its time with each page.
  app.write("gonogo.config.ts", app.read("gonogo.config.ts").replace(/\n {6}browser: \{\},/, ""));
  // What is broken is to be told, not to be sent back.
  change(app, "gonogo.config.ts", /\n {4}rollbackOn: \[[^\]]*\],/, "");
}

export function change(app: ExampleCopy, file: string, from: string | RegExp, to: string): void {
  const text = app.read(file);
  if (text.search(from) < 0) throw new Error(`${file} does not hold: ${from}`);
  app.write(file, text.replace(from, to));
}

function filesBelow(app: ExampleCopy, folder: string): string[] {
  if (!existsSync(path.join(app.directory, folder))) return [];
  const found = readdirSync(path.join(app.directory, folder), { withFileTypes: true, recursive: true });
  return found
    .filter((each) => each.isFile())
    .map((each) => path.relative(app.directory, path.join(each.parentPath, each.name)));
}

function runJson<Answer>(args: readonly string[]): Promise<Answer> {
  const { PATH, HOME, TMPDIR } = process.env;
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [builtCommand(), ...args, "--format", "json"],
      { env: { PATH, HOME, TMPDIR }, timeout: 150_000, maxBuffer: 64_000_000 },
      (_error, stdout, stderr) => {
        try {
          resolve(JSON.parse(stdout) as Answer);
        } catch {
          reject(
            new Error(`gonogo ${args[0]} printed no JSON:\n${stdout.slice(-2_000)}\n${stderr.slice(-2_000)}`),
          );
        }
      },
    );
  });
}
