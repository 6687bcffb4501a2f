import { execFile, execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ownPorts, type Project } from "../fixtures/project.ts";

/** A copy of examples/soulseer in a repository of its own, as it is in this one: a workspace below a lock. */
export interface SoulSeer extends Project {
  /** What a command with `--format json` printed, whatever its exit code. */
  run<Answer>(...args: readonly string[]): Promise<Answer>;
  read(file: string): string;
  /** Back to the healthy code and variables. */
  reset(): void;
}

const ROOT = path.join(import.meta.dirname, "../..");
const MAIN = path.join(ROOT, "bin/gonogo.mjs");
const NOT_COPIED = /(^|\/)(node_modules|dist|\.gonogo|\.env\.staging|\.env\.production)(\/|$)/;

/** The tests take 10 s and each change of the code would run them again: here two of them stand for all. */
const QUICK_TEST = "node test/quick.mjs";

export function copySoulSeer(): Promise<SoulSeer> {
  return copyExample("soulseer", adapt);
}

/** Any example, made less patient by `adapt`; a copy like SoulSeer's. */
export async function copyExample(
  name: string,
  adaptIt: (app: SoulSeer) => Promise<void>,
): Promise<SoulSeer> {
  const APP = `examples/${name}`;
  const place = mkdtempSync(path.join(tmpdir(), "gonogo-sabotage-"));
  const repository = path.join(place, "repository");
  const directory = path.join(repository, APP);
  mkdirSync(directory, { recursive: true });
  for (const file of ["package.json", "package-lock.json", ".gitignore", "biome.json"])
    cpSync(path.join(ROOT, file), path.join(repository, file));
  const source = path.join(ROOT, APP);
  cpSync(source, directory, {
    recursive: true,
    filter: (file) => !NOT_COPIED.test(path.relative(source, file)),
  });
  // Beside the repository, not in it: git would take a link for a file.
  symlinkSync(path.join(ROOT, "node_modules"), path.join(place, "node_modules"));

  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=soul", "-c", "user.email=soul@example.com", ...args], {
      cwd: repository,
      encoding: "utf8",
    });
  const file = (name: string) => path.join(directory, name);
  let healthy = { commit: "", variables: "" };
  const app: SoulSeer = {
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
  await adaptIt(app);
  healthy = { commit: git("rev-parse", "HEAD").trim(), variables: app.read(".env.staging") };
  return app;
}

/** Staging's variables for the copy's own port, and less patience: nobody waits for what is broken. */
async function adapt(app: SoulSeer): Promise<void> {
  execFileSync(process.execPath, ["scripts/staging-variables.ts"], { cwd: app.directory });
  const change = (file: string, from: string, to: string) => {
    const text = app.read(file);
    if (!text.includes(from)) throw new Error(`${file} does not hold: ${from}`);
    app.write(file, text.replace(from, to));
  };
  const port = /local\(\{ port: (\d+)/.exec(app.read("gonogo.config.ts"))?.[1] ?? "";
  change(".env.staging", "8443", port);
  change("gonogo.config.ts", 'test: "npm test"', `test: "${QUICK_TEST}"`);
  change(
    "gonogo.config.ts",
    'start: "node src/server.ts",',
    'start: "node src/server.ts",\n      stopGrace: "2s",',
  );
  change("gonogo.config.ts", 'bake: "3s"', 'bake: "500ms"');
  // What is broken is to be told, not to be sent back.
  const { 0: rollbackOn = "" } = /\n {4}rollbackOn: \[[^\]]*\],/.exec(app.read("gonogo.config.ts")) ?? [];
  change("gonogo.config.ts", rollbackOn, "");
  change("src/probe/queue.ts", "PATIENCE_SECONDS = 20", "PATIENCE_SECONDS = 5");
  app.write("test/quick.mjs", TEST);
  app.commit("Ports of its own, and less patience");
}

const TEST = `import assert from "node:assert";
import { isOver, next } from "../src/sessions/state.ts";

assert.equal(next("active", "ended by client"), "ended");
assert.equal(isOver("finalized"), true);
`;

function runJson<Answer>(args: readonly string[]): Promise<Answer> {
  const { PATH, HOME, TMPDIR } = process.env;
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [MAIN, ...args, "--format", "json"],
      { env: { PATH, HOME, TMPDIR }, timeout: 120_000, maxBuffer: 64_000_000 },
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
