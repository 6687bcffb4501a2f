import type { DotenvRule } from "../../../config/dotenv.ts";
import { defineCheck } from "../../../model/check.ts";
import { fail, notApplicable, pass } from "../../../model/outcome.ts";
import { quantity } from "../../../model/quantity.ts";
import { ways } from "../../../model/ways.ts";
import { livePrefix } from "../value/mode.ts";
import { type DotenvFile, dotenvFiles, exampleFile, imageContext } from "./facts.ts";

const NO_FILE = "the project has no dotenv file";

const MEND: Readonly<Record<DotenvRule, string>> = {
  "not-text": "write the file as UTF-8 text",
  "byte-order-mark": "save it as UTF-8 without one",
  "carriage-return": "save it with LF",
  "no-assignment": "write NAME=value, or # before it",
  "bad-name": "begin it with a letter or _, and use letters, digits and _ only",
  "space-around-equals": "take it away",
  "unclosed-quote": "close it",
  "trailing-space": "take it away, or put the value in quotes",
  duplicate: "keep one of them",
};

export const dotenvSyntax = defineCheck({
  id: "config.env.dotenv-syntax",
  title: "Dotenv files are read by every parser the same way",
  consequence: "A doubled name or an open quote gives one machine another value than the next.",
  severity: "warning",
  phase: "build",
  freshFor: "7d",
  asks: ways(`
    .env file is valid | no duplicate environment variables | env file syntax checked | .env parses
    no stray quotes in the dotenv file | dotenv file has valid syntax
    dotenv syntax | env file syntax | dotenv-linter | no duplicate keys in dotenv
    dotenv file without syntax errors | no spaces around the equals sign in env | dotenv parses
    env file parsed without errors | dotenv quoting | dotenv file well-formed | env file lint
    no trailing spaces in env file
  `),
  source: "https://dotenv-linter.github.io/",
  needs: { files: dotenvFiles },
  run({ files }) {
    if (files.length === 0) return notApplicable(NO_FILE);
    const problems = files.flatMap(({ path, problems }) =>
      problems.map(({ line, rule, says }) => ({ place: `${path}:${line}`, says, mend: MEND[rule] })),
    );
    if (problems.length === 0) {
      return pass(`${files.map(({ path }) => path).join(", ")} can be read`, { files: files.length });
    }
    return fail(`${problems.length === 1 ? "1 line" : `${problems.length} lines`} of a dotenv file to mend`, {
      expected: "one NAME=value a line, each name once, quotes closed",
      found: problems
        .slice(0, 10)
        .map(({ place, says }) => `${place}: ${says}`)
        .join("; "),
      fix: problems
        .slice(0, 10)
        .map(({ place, says, mend }) => `${place}: ${says}: ${mend}`)
        .join("\n"),
      findings: problems.map(({ place }) => place),
      measured: { problems: problems.length },
    });
  },
});

export const dotenvIgnored = defineCheck({
  id: "config.env.dotenv-ignored",
  title: "No file with secrets is in git or in an image",
  consequence:
    "Everybody who can clone the repository or pull the image has production's passwords, for ever.",
  severity: "blocker",
  phase: "build",
  freshFor: "7d",
  asks: ways(`
    environment variables secured, not in git | environment variables not in git | .env not committed
    .env in .gitignore | never commit .env.production to version control | .env not in git
    .env excluded from version control | environment files ignored by git | .env file not committed
    .env files gitignored | .env added to .gitignore | env files not in repository | .env not in repository
    .gitignore includes .env | .env excluded from git | environment files not committed
    production .env not committed | .env not tracked by git | sensitive files in .gitignore
    sensitive data in .gitignore | .env in gitignore | secrets file in .gitignore
    .env does not get into git | secrets file added to .gitignore | .env files ignored
    no .env in the Docker image | .dockerignore excludes .env | .gitignore | .env not copied into the image
    env files out of version control | .env not in the Docker image | git does not track .env
  `),
  needs: { files: dotenvFiles, image: imageContext },
  run({ files, image }) {
    const real = files.filter((file) => !file.isExample);
    if (real.length === 0) return notApplicable(NO_FILE);
    if (real.every((file) => file.git === "outside git") && image.copies.length === 0) {
      return notApplicable("the project is not in a git repository and builds no image");
    }
    const withSecrets = real.filter((file) => file.secrets.length > 0);
    const tracked = withSecrets.filter((file) => file.git === "tracked");
    const loose = withSecrets.filter((file) => file.git === "neither");
    const copied = !image.ignoresDotenv && withSecrets.length > 0 ? image.copies : [];
    if (tracked.length + loose.length + copied.length === 0) {
      return pass(`${quantity(withSecrets.length, "file")} with secrets, all kept out of git`, {
        files: real.length,
        withSecrets: withSecrets.length,
      });
    }
    return fail(summarise({ tracked, loose }), {
      expected: "files with secrets ignored by git and by the image build",
      found: [
        ...tracked.map((file) => `${file.path} is in git with ${file.secrets.join(", ")}`),
        ...loose.map((file) => `${file.path} is not ignored and holds ${file.secrets.join(", ")}`),
        ...copied.map((path) => `${path} copies the whole folder and .dockerignore does not name .env`),
      ].join("; "),
      fix: [
        ...tracked.map(
          ({ path, secrets }) =>
            `git rm --cached ${path} && echo '${path}' >> .gitignore; then replace ${secrets.join(", ")}: history keeps them`,
        ),
        ...loose.map(({ path }) => `echo '${path}' >> .gitignore`),
        ...(copied.length > 0 ? ["printf '.env\\n.env.*\\n' >> .dockerignore"] : []),
      ].join("\n"),
      findings: [...tracked.map(({ path }) => path), ...loose.map(({ path }) => path), ...copied],
    });
  },
});

function summarise({
  tracked,
  loose,
}: {
  readonly tracked: readonly DotenvFile[];
  readonly loose: readonly DotenvFile[];
}): string {
  if (tracked.length > 0) return `${paths(tracked)} committed with secrets`;
  if (loose.length > 0) return `${paths(loose)} not ignored by git`;
  return "dotenv files go into the image";
}

function paths(files: readonly DotenvFile[]): string {
  return files.map(({ path }) => path).join(", ");
}

export const exampleComplete = defineCheck({
  id: "config.env.example-complete",
  title: "The example file names every variable, and nothing real",
  consequence: "A newcomer, or a new server, finds out about each missing variable from a crash.",
  severity: "warning",
  phase: "build",
  freshFor: "30d",
  asks: ways(`
    .env.example is complete | document all environment variables in .env.example | .env.example up to date
    .env.example with all variables | .env.example documented | environment variables documented
    environment variable template | .env.example provided | .env.example updated | env variables documented
    environment variables documentation | example env file present
    .env.example reflects every required variable | .env.example lists every variable
    .env.example contains all required variables | .env.example lists all variables | .env.example exists
    .env.example in sync with the code | .env.example is up to date
    .env.example contains no real secrets | sample env file contains no real secrets
    example environment file complete | example file current | env template lists every key
    env example current | dotenv template documents required keys | .env.example covers all variables
    sample environment file | .env.sample complete | .env.template current | env example matches the code
    new variables added to .env.example | .env.example mentions every variable | .env.example is in sync
    .env.example synced
  `),
  needs: { example: exampleFile },
  run({ example }, subject) {
    const { declared } = subject.variables;
    if (declared.length === 0) return notApplicable("no component declares a variable");
    const real = [...example.values]
      .filter(([name, value]) => {
        const prefixes = declared.find((variable) => variable.name === name)?.livePrefixes;
        const prefix = livePrefix(value.reveal(), prefixes);
        // "sk_live_xxx" shows the form; only what goes on like a real one is one.
        return prefix !== undefined && /[A-Za-z0-9]{16}/.test(value.reveal().slice(prefix.length));
      })
      .map(([name]) => name);
    // What a component may be given and need not is in its reference; a newcomer does not stumble over it.
    const wanted = declared.filter(({ required, declaredBy }) => required || declaredBy === "launch");
    const missing = wanted.filter(({ name }) => !example.values.has(name));
    const lines = missing.map(
      ({ name, description }) => `  ${name}=${description ? `  # ${description}` : ""}`,
    );
    if (real.length > 0) {
      return fail(`${example.path} holds a live credential`, {
        expected: "names and made-up values",
        found: `${real.join(", ")} begin with a live prefix`,
        fix: `empty ${real.join(", ")} in ${example.path} and replace the credential at its provider: history keeps it`,
        findings: real,
      });
    }
    if (!example.present && wanted.length === 0) return notApplicable("no variable has to be given");
    if (!example.present) {
      return fail(`there is no ${example.path}`, {
        expected: `${example.path} with ${quantity(wanted.length, "name")}`,
        found: "no such file",
        fix: `write ${example.path}:\n${lines.join("\n")}`,
      });
    }
    if (missing.length === 0) return pass(`${example.path} names all ${quantity(wanted.length, "variable")}`);
    return fail(`${example.path} lacks ${missing.length} of ${wanted.length} variables`, {
      expected: "each variable that is needed",
      found: `without ${missing.map(({ name }) => name).join(", ")}`,
      fix: `add to ${example.path}:\n${lines.join("\n")}`,
      findings: missing.map(({ name }) => name),
    });
  },
});
