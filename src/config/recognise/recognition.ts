import type { VariableType } from "../../model/variable.ts";
import type { ProjectListing } from "./project-listing.ts";

/** A component that seems to be there. `because` names the file it was seen in, for people. */
export interface ComponentGuess {
  readonly name: string;
  readonly kind: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly because: string;
}

export interface VariableGuess {
  readonly name: string;
  readonly is: VariableType;
  readonly required: boolean;
  readonly because: string;
}

/** What one look at the project says; everything may be missing. */
export interface Recognition {
  readonly name?: { readonly value: string; readonly because: string };
  readonly checklist?: { readonly value: string; readonly because: string };
  readonly components?: readonly ComponentGuess[];
  readonly variables?: readonly VariableGuess[];
  /** Things that were seen and cannot be declared by themselves, for a comment. */
  readonly notes?: readonly string[];
  /** Notes that say nothing any more once somebody else has seen that option. */
  readonly openOptions?: readonly OpenOption[];
}

export interface OpenOption {
  readonly component: string;
  readonly option: string;
  readonly note: string;
}

/** Pure: looks at one kind of file. */
export type Recogniser = (project: ProjectListing) => Recognition;

/** Names a component takes when nothing says another. */
const USUAL_NAMES = {
  web: "web",
  worker: "worker",
  schedule: "schedule",
  site: "site",
  postgres: "db",
  redis: "cache",
  stripe: "payments",
  repository: "code",
  variables: "settings",
} as const;

type UsualKind = keyof typeof USUAL_NAMES;

export function guess(
  kind: UsualKind,
  because: string,
  options: Readonly<Record<string, unknown>> = {},
  name: string = USUAL_NAMES[kind],
): ComponentGuess {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return { name: nameFrom(name), kind, options: Object.fromEntries(given), because };
}

export const USUAL_EVENTS: readonly string[] = ["checkout.session.completed"];

/** Where Stripe delivers is nowhere to be seen: the usual path, to be corrected. */
export function guessStripe(because: string): ComponentGuess {
  const options = { webhook: "/stripe/webhook", events: USUAL_EVENTS };
  return guess("stripe", `${because}; path and events are the usual ones`, options);
}

/** Lower-case words joined by hyphens from whatever a thing is called; "app" when nothing is left. */
export function nameFrom(text: string): string {
  const words = text
    .replace(/^@[^/]*\//, "")
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+/, "")
    .slice(0, 31)
    .replace(/-+$/, "");
  return words === "" ? "app" : words;
}

/** Joins what several recognisers saw: of two that speak of the same component the earlier one decides. */
export function joinRecognitions(
  all: readonly Recognition[],
): Required<Omit<Recognition, "name" | "checklist" | "openOptions">> &
  Pick<Recognition, "name" | "checklist"> {
  const components = new Map<string, ComponentGuess>();
  for (const each of all.flatMap(({ components: found = [] }) => found)) {
    const known = components.get(each.name);
    components.set(each.name, known ? joinGuesses(known, each) : each);
  }
  const variables = new Map<string, VariableGuess>();
  for (const each of all.flatMap(({ variables: found = [] }) => found)) {
    if (!variables.has(each.name)) variables.set(each.name, each);
  }
  const open = all
    .flatMap(({ openOptions = [] }) => openOptions)
    .filter(({ component, option }) => components.get(component)?.options[option] === undefined);
  const notes = [...all.flatMap((each) => each.notes ?? []), ...open.map(({ note }) => note)];
  const name = all.find((each) => each.name)?.name;
  const checklist = all.find((each) => each.checklist)?.checklist;
  return {
    ...(name && { name }),
    ...(checklist && { checklist }),
    components: [...components.values()],
    variables: [...variables.values()],
    notes: [...new Set(notes)],
  };
}

function joinGuesses(known: ComponentGuess, more: ComponentGuess): ComponentGuess {
  if (known.kind !== more.kind) return known;
  const newOptions = Object.fromEntries(
    Object.entries(more.options).filter(([key]) => !(key in known.options)),
  );
  const adds = Object.keys(newOptions).length > 0;
  return {
    ...known,
    options: { ...known.options, ...newOptions },
    because:
      adds && !known.because.includes(more.because) ? `${known.because}; ${more.because}` : known.because,
  };
}
