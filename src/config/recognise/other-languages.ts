import type { ProjectListing } from "./project-listing.ts";
import { type ComponentGuess, guess, guessStripe, type Recogniser } from "./recognition.ts";

const PIP = "requirements.txt";
/** A virtual environment is ignored by git, and so is not in a release. */
const OWN_PACKAGES =
  `a release has what its build puts there: build: "python3 -m venv .venv && .venv/bin/pip install -r ${PIP}", ` +
  "and .venv/bin/ before the commands that start and migrate";

/** Python and Ruby: what their dependency files say is relied on, and the usual background workers. */
export const recogniseOtherLanguages: Recogniser = (project) => {
  const python = ["requirements.txt", "pyproject.toml", "Pipfile"].find(
    (file) => project.text(file) !== undefined,
  );
  if (python !== undefined) {
    return {
      components: pythonComponents(project, python),
      notes: project.text(PIP) === undefined ? [] : [OWN_PACKAGES],
    };
  }
  if (project.text("Gemfile") !== undefined) return { components: rubyComponents(project) };
  return {};
};

function pythonComponents(project: ProjectListing, file: string): ComponentGuess[] {
  const text = (project.text(file) ?? "").toLowerCase();
  const uses = (...names: string[]): string | undefined =>
    names.find((name) => new RegExp(`(^|["'\\s])${name}(?![\\w-])`, "m").test(text));
  return reliedOn(file, {
    postgres: uses("psycopg2-binary", "psycopg2", "psycopg", "asyncpg", "pg8000"),
    redis: uses("redis", "django-redis", "celery", "rq"),
    stripe: uses("stripe"),
  });
}

function rubyComponents(project: ProjectListing): ComponentGuess[] {
  const text = project.text("Gemfile") ?? "";
  const uses = (...names: string[]): string | undefined =>
    names.find((name) => new RegExp(`^\\s*gem\\s+["']${name}["']`, "m").test(text));
  const sidekiq = uses("sidekiq");
  return [
    ...reliedOn("Gemfile", {
      postgres: uses("pg"),
      redis: uses("redis", "sidekiq", "resque"),
      stripe: uses("stripe"),
    }),
    ...(sidekiq === undefined
      ? []
      : [guess("worker", "Gemfile names sidekiq", { start: "bundle exec sidekiq" })]),
  ];
}

function reliedOn(
  file: string,
  found: { postgres: string | undefined; redis: string | undefined; stripe: string | undefined },
): ComponentGuess[] {
  const because = (name: string): string => `${file} names ${name}`;
  return [
    ...(found.postgres === undefined ? [] : [guess("postgres", because(found.postgres))]),
    ...(found.redis === undefined ? [] : [guess("redis", because(found.redis))]),
    ...(found.stripe === undefined ? [] : [guessStripe(because(found.stripe))]),
  ];
}
