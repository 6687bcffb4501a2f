import type { LineBinding } from "./bind-checklist.ts";
import type { FigureName } from "./figures/figure.ts";
import { saidBy } from "./line-figures.ts";

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
  kind: string,
  { argument, lines }: { argument: string | undefined; lines: readonly LineBinding[] },
): string {
  const name = NAMES[kind] ?? (argument === undefined ? kind : JSON.parse(argument));
  return `${/^[a-z][a-z0-9]*$/.test(name) ? name : JSON.stringify(name)}: ${kind}(${argument ?? optionsFor(kind, lines)}),`;
}

function optionsFor(kind: string, lines: readonly LineBinding[]): string {
  const figures = lines.flatMap(({ item }) => saidBy(item));
  const said = (name: FigureName): string[] => [
    ...new Set(figures.filter((each) => each.name === name).map(({ value }) => value)),
  ];
  const text = (name: FigureName): string => JSON.stringify(said(name)[0] ?? "...");
  switch (kind) {
    case "postgres": {
      const command = said("run").find((each) => /migrat/i.test(each));
      // Where it runs is the target's to say.
      const migrate = command?.replace(
        /^(?:heroku|railway|fly|docker(?:-compose| compose)?) (?:run|exec) (?:--?\S+ )*(?:\w+ (?=npm|npx|node|python|bin|rails|bundle|alembic))?/,
        "",
      );
      return migrate === undefined ? "" : `{ migrate: ${JSON.stringify(migrate)} }`;
    }
    case "stripe": {
      const events = said("event").length > 0 ? said("event") : ["..."];
      return `{ webhook: ${text("webhook")}, events: [${events.map((each) => JSON.stringify(each)).join(", ")}] }`;
    }
    case "identity":
      return '{ route: "..." }';
    case "rtc":
      return `{ endpoint: "...", lifetime: ${text("token-lifetime")}, cases: "..." }`;
    case "worker":
    case "web":
      return '{ start: "..." }';
    case "schedule":
      return `{ every: ${text("every")}, run: "..." }`;
    default:
      return "";
  }
}
