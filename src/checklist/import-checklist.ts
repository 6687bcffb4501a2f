import { UserError } from "../model/errors.ts";
import type { Contradiction } from "../model/item.ts";
import type { Launch } from "../model/launch.ts";
import { once } from "../model/once.ts";
import { withAccepted } from "./accept-near.ts";
import { withAlsoSigned } from "./also-signed.ts";
import { answerersOf, declaredAnswerersOf } from "./answerers.ts";
import { bindChecklist, type LineBinding } from "./bind-checklist.ts";
import type { Answerer } from "./binder/answerer.ts";
import { createLineBinder } from "./binder/line-binder.ts";
import { answeredBy, type Binding } from "./binding.ts";
import type { KnownKinds } from "./known-kinds.ts";
import { heldAgainst } from "./line-figures.ts";
import { type Misread, type ParsedItem, type Problem, parseChecklist } from "./markdown/parse.ts";
import { withoutForeignDatabase } from "./other-databases.ts";
import type { Prepared } from "./prepared.ts";
import { alertProposals, thresholdProposals } from "./proposals/alert.ts";
import { promiseProposals } from "./proposals/promise.ts";
import { componentProposals, type Proposal } from "./proposals/proposals.ts";
import { triggerProposals } from "./proposals/trigger.ts";
import { variableProposals } from "./proposals/variable.ts";
import { writeBindings } from "./write-bindings.ts";

export interface ImportRequest {
  readonly text: string;
  /** Every kind there is: a line may ask for a component that is not declared yet. */
  readonly kinds: KnownKinds;
  /** Undefined: nothing is declared yet. */
  readonly launch: Launch | undefined;
  /** Write text that was encoded twice as it was meant. */
  readonly repair: boolean;
  /** What was made when the package was built; without it, a line is bound by its words alone. */
  readonly prepared?: () => Prepared;
  /** Values that are left out of what is told of the list. */
  readonly secrets?: readonly string[];
  /** Look for what is nearest to answering lines that a person answers by their comment, and what checks may not show, too. */
  readonly looksAgain?: boolean;
  /** Lines, by number or id, that their nearest answers from now on. */
  readonly accept?: readonly string[];
  /** Lines, by number or id, that a person signs too from now on. */
  readonly alsoSign?: readonly string[];
}

export interface Import {
  readonly lines: readonly LineBinding[];
  /** Who could have answered one. */
  readonly answerers: readonly Answerer[];
  /** What lines say otherwise than the declaration. */
  readonly contradictions: readonly LineContradiction[];
  readonly proposals: readonly Proposal[];
  /** What to write; the text itself when nothing has to be. */
  readonly text: string;
  /** Lines that cannot take a comment and stay unbound. */
  readonly refused: readonly number[];
  readonly problems: readonly Problem[];
  readonly misread: Misread | undefined;
}

export interface LineContradiction extends Contradiction {
  readonly line: number;
}

/** More than this nobody reads before a launch. */
const MOST_ITEMS = 20_000;

/**
 * Who answers each line of a checklist, and the checklist that says so. Throws UserError on too many lines, and on one
 * that cannot be accepted or signed too.
 */
export function importChecklist(request: ImportRequest): Import {
  const { text, kinds, launch, repair, prepared, accept = [], alsoSign = [], secrets = [] } = request;
  const published = answerersOf(kinds.values());
  const { items, problems, misread } = parseChecklist(text, {
    knownChecks: published.map(({ id }) => id),
    secrets,
  });
  if (items.length > MOST_ITEMS) {
    throw new UserError(`the checklist has ${items.length} lines to answer; ${MOST_ITEMS} are the most`, {
      fix: "split it by environment or by team",
    });
  }
  const hasPostgres = launch?.components.some(({ kind }) => kind.kind === "postgres") ?? false;
  const asked = hasPostgres ? published : withoutForeignDatabase(published, text);
  const answerers = [...asked, ...(launch ? declaredAnswerersOf(launch) : [])];
  const bind = once(() => createLineBinder(answerers, { prepared: prepared?.() }));
  const start = repair && misread ? misread.repaired : text;
  const isStopped = problems.some(({ stops }) => stops);
  const looksAgain = request.looksAgain === true || accept.length > 0;
  const bound = isStopped ? [] : bindChecklist(items, (line) => bind()(line), { looksAgain });
  const lines = withAlsoSigned(withAccepted(bound, accept), alsoSign);
  const wanted = new Map<number, Binding>();
  for (const { item, how, binding } of lines) if (how === "bound" && binding) wanted.set(item.line, binding);
  const written = isStopped
    ? { text: start, refused: [] }
    : writeBindings(start, items, { bindings: wanted, secrets });
  const declared = launch ? heldAgainst(launch, lines.map(asBound)) : [];
  return {
    lines,
    answerers,
    ...written,
    problems,
    misread,
    contradictions: declared.flatMap(({ line, contradictions = [] }) =>
      contradictions.map((each) => ({ ...each, line: line ?? 0 })),
    ),
    proposals: proposalsFor(lines.filter(isAsked), kinds, launch),
  };
}

/** What is struck out implies nothing. */
function isAsked({ item }: LineBinding): boolean {
  return item.setAside === undefined || item.binding !== undefined;
}

/** The line as the next check will read it. */
function asBound({ item, binding }: LineBinding): ParsedItem {
  return binding ? { ...item, binding, answeredBy: answeredBy(binding) } : item;
}

function proposalsFor(
  lines: readonly LineBinding[],
  kinds: KnownKinds,
  launch: Launch | undefined,
): Proposal[] {
  const components = componentProposals(lines, kinds, launch);
  // Before anything is declared, a first declaration comes first.
  if (!launch) return components;
  const added = components.flatMap(({ kind }) => (kind === undefined ? [] : (kinds.get(kind)?.brings ?? [])));
  return [
    ...components,
    ...alertProposals(lines, launch),
    ...promiseProposals(lines, launch),
    ...triggerProposals(lines, launch),
    ...thresholdProposals(lines, launch),
    ...variableProposals(lines, launch, new Set(added)),
  ];
}
