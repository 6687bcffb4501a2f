import type { LineBinding } from "../bind-checklist.ts";
import type { FigureName } from "../figures/figure.ts";
import type { KnownKind } from "../known-kinds.ts";
import { saidBy } from "../line-figures.ts";

/** Names that examples give components; another kind is called as its kind. */
const NAMES: Readonly<Record<string, string>> = {
  postgres: "db",
  redis: "cache",
  stripe: "payments",
  identity: "accounts",
  rtc: "calls",
  worker: "jobs",
  schedule: "tick",
  web: "api",
  site: "pages",
};

/** The line of a declaration that adds a component, with what the list says of it; "..." is for people to fill in. */
export function componentCall(
  kind: KnownKind,
  { argument, lines }: { argument: string | undefined; lines: readonly LineBinding[] },
): string {
  const name = NAMES[kind.kind] ?? (argument === undefined ? kind.kind : JSON.parse(argument));
  const key = /^[a-z][a-z0-9]*$/.test(name) ? name : JSON.stringify(name);
  return `${key}: ${kind.kind}(${argument ?? optionsFor(kind, lines)}),`;
}

function optionsFor(kind: KnownKind, lines: readonly LineBinding[]): string {
  const figures = lines.flatMap(({ item }) => saidBy(item));
  const said = SAID[kind.kind]?.((name) => [
    ...new Set(figures.filter((each) => each.name === name).map(({ value }) => value)),
  ]);
  const required = Object.fromEntries(kind.required);
  const options = Object.entries({ ...required, ...said }).filter(([, value]) => value !== undefined);
  const written = options.map(
    ([option, value]) => `${option}: ${JSON.stringify(value).replaceAll('","', '", "')}`,
  );
  return written.length === 0 ? "" : `{ ${written.join(", ")} }`;
}

type Said = (name: FigureName) => readonly string[];

/** Options that lists say with a figure or a name. */
const SAID: Readonly<Record<string, (said: Said) => Record<string, string | readonly string[] | undefined>>> =
  {
    postgres: (said) => ({ migrate: migrateLine(said("run")) }),
    rtc: (said) => ({ lifetime: said("token-lifetime")[0] ?? "..." }),
    schedule: (said) => ({ every: said("every")[0] ?? "..." }),
    stripe: (said) => ({
      webhook: said("webhook")[0] ?? "...",
      events: said("event").length > 0 ? said("event") : ["..."],
    }),
  };

/** Where a command runs is the target's to say. */
const WHERE =
  /^(?:heroku|railway|fly|docker(?:-compose| compose)?) (?:run|exec) (?:--?\S+ )*(?:\w+ (?=npm|npx|node|python|bin|rails|bundle|alembic))?/;

function migrateLine(commands: readonly string[]): string | undefined {
  return commands.find((each) => /migrat/i.test(each))?.replace(WHERE, "");
}
