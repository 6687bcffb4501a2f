import type { AskedFigure } from "../model/asked-figure.ts";
import type { Item } from "../model/item.ts";
import type { Launch } from "../model/launch.ts";
import type { Binding, Parameters } from "./binding.ts";
import { contradictionsOf } from "./contradictions.ts";
import { holdsCredential, LEFT_OUT } from "./credentials.ts";
import { declaredFigures } from "./declared-figures.ts";
import type { Figure, FigureName } from "./figures/figure.ts";
import { isFigureName, SEVERAL, valuesOf } from "./figures/figure-value.ts";
import { figuresOf } from "./figures/figures.ts";
import { leftOpen } from "./left-open.ts";
import type { ParsedItem } from "./markdown/parse.ts";
import {
  asksForVariables,
  GIVEN_BY_MACHINES,
  isOfDevelopment,
  qualitiesFrom,
  qualitiesParameter,
  settingsFrom,
  settingsParameter,
  stageOf,
  stageOfQuality,
} from "./setting-figures.ts";

const SAID = new WeakMap<ParsedItem, readonly Figure[]>();

/** What a line says: as it is read, or as somebody put it right in the line's comment; what holds a credential is left out. */
export function saidBy(item: ParsedItem): readonly Figure[] {
  const known = SAID.get(item);
  if (known) return known;
  const said = readSaid(item);
  SAID.set(item, said);
  return said;
}

function readSaid(item: ParsedItem): readonly Figure[] {
  // What nobody answers contradicts nothing.
  const read = item.setAside === undefined || item.binding ? figuresOf(item) : [];
  // A parameter that says what the line says keeps the line's own words.
  const wordsFor = (name: FigureName, value: string): string =>
    read.find((each) => each.name === name && each.value === value)?.said ?? value;
  const parameters = parametersIn(item.binding);
  const corrected = Object.entries(parameters).flatMap(([name, value]) =>
    isFigureName(name) && name !== "value" && name !== "quality"
      ? valuesOf(name, value).map((each): Figure => ({ name, value: each, said: wordsFor(name, each) }))
      : [],
  );
  corrected.push(...correctedSettings(parameters, read), ...correctedQualities(parameters, read));
  const names = new Set(corrected.map(({ name }) => name));
  if (parameters.quality !== undefined) names.add("quality");
  return [
    ...read.filter(({ name, value }) => !names.has(name) && !value.includes(LEFT_OUT)),
    ...corrected.filter(({ value }) => !holdsCredential(value)),
  ];
}

/** The value in a comment, unless it is what the line says anyway, which tells whose it is. */
function correctedSettings({ value, variable }: Parameters, read: readonly Figure[]): readonly Figure[] {
  if (value === undefined) return [];
  const said = read.filter(({ name }) => name === "value");
  if (settingsParameter(read) === value || said.some((each) => each.value === value)) return said;
  return settingsFrom(value, variablesOf(variable, read));
}

function correctedQualities({ quality, variable }: Parameters, read: readonly Figure[]): readonly Figure[] {
  if (quality === undefined) return [];
  return qualitiesParameter(read) === quality
    ? read.filter(({ name }) => name === "quality")
    : qualitiesFrom(quality, variablesOf(variable, read));
}

/** Those that the comment names, else those of the line. */
function variablesOf(parameter: string | undefined, read: readonly Figure[]): string[] {
  return parameter === undefined
    ? read.flatMap(({ name, value }) => (name === "variable" ? [value] : []))
    : valuesOf("variable", parameter);
}

/** As parameters of a comment: "p95" to "500ms", "variable" to "A B". */
export function parametersOf(figures: readonly Figure[]): Parameters {
  const parameters: Record<string, string> = {};
  const whole: Partial<Record<FigureName, string | undefined>> = {
    value: settingsParameter(figures),
    quality: qualitiesParameter(figures),
  };
  for (const { name, value: said } of figures) {
    const value = whole[name] ?? said;
    const known = parameters[name];
    if (known === undefined) parameters[name] = value;
    else if (SEVERAL.has(name)) parameters[name] = `${known} ${value}`;
  }
  return parameters;
}

/** "Alert when less than 10 % are free" says when to be called, and counts what is left. */
const OTHERWISE_COUNTED =
  /\b(?:alert|alarm|notif|warn|low|space (?!us)|free|left|remaining|available|headroom|frei|libres?|livres?|disponib)|告警|报警|剩余|可用|空き|свободн/iu;

/** What a line asks the checks that measure it; a share is one only where it is of what is used. */
export function asksOf(item: ParsedItem, figures: readonly Figure[], by: string): AskedFigure[] {
  const isShareOfUse = ![item.text, ...item.path.slice(-1)].some((words) => OTHERWISE_COUNTED.test(words));
  const isLookedAt = !isOfDevelopment(item, figures);
  const hasToBe = asksForVariables(item, figures);
  const unset = new Set(
    figures.flatMap(({ name, value, of }) => (name === "quality" && value === "unset" && of ? [of] : [])),
  );
  const stageOfLine = stageOf(item);
  return figures.flatMap((figure): AskedFigure[] => {
    const { name, value } = figure;
    if (name !== "value" && name !== "variable" && name !== "quality")
      return isShareOfUse || !value.endsWith("%") ? [{ ...figure, by }] : [];
    const isOurs = !GIVEN_BY_MACHINES.test(figure.of ?? value);
    const stage = name === "quality" ? stageOfQuality(value, stageOfLine) : stageOfLine;
    const isAsked =
      isLookedAt && isOurs && stage !== "none" && (name !== "variable" || (hasToBe && !unset.has(value)));
    return isAsked ? [{ ...figure, by, ...(stage && { stage }) }] : [];
  });
}

/** Lines with what they say and with what of it contradicts the declaration, each before what its checks leave open. */
export function heldAgainst(launch: Launch, items: readonly ParsedItem[]): Item[] {
  const said = items.map((item) => ({ item, figures: saidBy(item) }));
  const contradictions = contradictionsOf(
    said.map(({ item, figures }) => ({ ...item, figures })),
    declaredFigures(launch),
  );
  return said.flatMap(({ item, figures }): Item[] => {
    const against = contradictions.get(item.id);
    const line: Item = {
      ...item,
      ...(figures.length > 0 && {
        says: parametersOf(figures),
        asks: asksOf(item, figures, `${launch.checklist ?? "line"}:${item.line}`),
      }),
      ...(against && { contradictions: against }),
    };
    return [line, ...leftOpen(item)];
  });
}

function parametersIn(binding: Binding | undefined): Parameters {
  switch (binding?.by) {
    case "checks":
      return Object.assign({}, ...binding.checks.map(({ parameters }) => parameters), binding.signed);
    case "drill":
      return { ...binding.parameters, ...binding.signed };
    case "person":
      return binding.parameters;
    default:
      return {};
  }
}
