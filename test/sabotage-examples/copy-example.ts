import { execFile, execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ownPorts } from "../fixtures/project.ts";
import type { SoulSeer } from "../sabotage/soulseer.ts";

const ROOT = path.join(import.meta.dirname, "../..");
const MAIN = path.join(ROOT, "bin/gonogo.mjs");
const NOT_COPIED = /(^|\/)(node_modules|dist|\.gonogo|\.env\.staging|\.env\.production)(\/|$)/;

/** A copy of an example in a repository of its own, as it is in this one, with ports of its own and less patience. */
export async function copyExample(name: "snuggles" | "vocilia"): Promise<SoulSeer> {
  const place = mkdtempSync(path.join(tmpdir(), `gonogo-${name}-`));
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
  const file = (each: string) => path.join(directory, each);
  let healthy = { commit: "", variables: "" };
  const app: SoulSeer = {
    directory,
    read: (each) => readFileSync(file(each), "utf8"),
    write: (each, text) => writeFileSync(file(each), text),
    commit(message) {
      git("add", "-A");
      git("commit", "-q", "--allow-empty", "-m", message);
    },
    reset() {
      git("reset", "-q", "--hard", healthy.commit);
      git("clean", "-q", "-d", "-f");
      app.write(".env.staging", healthy.variables);
    },
    run: (...args) => runJson([...args, "--project", directory]),
    async [Symbol.asyncDispose]() {
      try {
        if (healthy.commit !== "") app.reset();
        await runJson(["stop", "--env", "staging", "--purge", "--yes", "--project", directory]);
      } finally {
        rmSync(place, { recursive: true, force: true });
      }
    },
  };
  git("init", "-q");
  execFileSync(process.execPath, ["scripts/staging-variables.ts"], { cwd: directory });
  await ownPorts(app);
  const config = app.read("gonogo.config.ts");
  const port = /local\(\{ port: (\d+)/.exec(config)?.[1] ?? "";
  for (const each of [
    "gonogo.config.ts",
    ".env.staging",
    ...(name === "snuggles" ? ["stand-ins/storage.ts"] : []),
  ])
    app.write(each, app.read(each).replaceAll(":8443", `:${port}`));
  app.write(
    "gonogo.config.ts",
    app
      .read("gonogo.config.ts")
      .replace('test: "npm test"', 'test: "true"')
      .replace('bake: "3s"', 'bake: "500ms"')
      .replace("instances: 2,", 'instances: 2,\n      stopGrace: "2s",')
      // What is broken is to be told, not to be sent back.
      .replace(/\n {4}rollbackOn: \[[^\n]*\],/, ""),
  );
  app.commit("Ports of its own, and less patience");
  healthy = { commit: git("rev-parse", "HEAD").trim(), variables: app.read(".env.staging") };
  return app;
}

function runJson<Answer>(args: readonly string[]): Promise<Answer> {
  const { PATH, HOME, TMPDIR } = process.env;
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [MAIN, ...args, "--format", "json"],
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
