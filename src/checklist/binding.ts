import type { AnsweredBy, CheckReference } from "../model/item.ts";
import { figureMistake } from "./figures/figure-mistake.ts";
import { ruleMistake, rulesOf } from "./sign-off-rules.ts";

export type Parameters = Readonly<Record<string, string>>;

export interface BoundCheck extends CheckReference {
  /** "(p95=500ms)": what the line asks of the check beyond its declaration. */
  readonly parameters: Parameters;
}

/** Who answers a line, as a comment at its end says it. */
export type Binding =
  | { readonly by: "checks"; readonly checks: readonly BoundCheck[] }
  | { readonly by: "drill"; readonly drill: string; readonly parameters: Parameters }
  | { readonly by: "person"; readonly parameters: Parameters }
  /** Somebody decided that nobody has to answer, and said why. */
  | { readonly by: "none"; readonly why: string };

export interface Mistake {
  readonly mistake: string;
}

/**
 * Reads what stands between `<!-- gonogo:` and `-->`:
 *   db/postgres.index.foreign-key, http.header.hsts (max-age=31536000)
 *   sign-off (approver=cto) · drill restore · none "why"
 */
export function parseBinding(words: string): Binding | Mistake {
  const tokens = tokensOf(words);
  if ("mistake" in tokens) return tokens;
  const reader = createReader(tokens);
  const first = reader.next();
  if (first === undefined) return { mistake: "it is empty: name a check, sign-off, drill NAME or none" };
  const binding = parseKind(first, reader);
  if ("mistake" in binding) return binding;
  const rest = reader.next();
  return rest === undefined ? binding : { mistake: `"${rest.text}" stands where nothing is expected` };
}

function parseKind(first: Token, reader: Reader): Binding | Mistake {
  if (first.kind !== "word") return { mistake: `"${first.text}" is no check, sign-off, drill NAME or none` };
  switch (first.text) {
    case "sign-off": {
      const parameters = parseParameters(reader);
      if ("mistake" in parameters) return parameters as Mistake;
      const mistake = ruleMistake(parameters);
      return mistake === undefined ? { by: "person", parameters } : { mistake };
    }
    case "none": {
      const why = reader.next();
      if (why?.kind === "quoted" && why.text.trim() !== "") return { by: "none", why: why.text };
      return { mistake: 'none has to say why: none "we send no mail"' };
    }
    case "drill": {
      const name = reader.next();
      if (name?.kind !== "word" || !/^[a-z][a-z0-9-]*$/.test(name.text)) {
        return { mistake: "drill has to be followed by its name: drill restore" };
      }
      const parameters = parseParameters(reader);
      if ("mistake" in parameters) return parameters as Mistake;
      const mistake = figureMistake(parameters);
      return mistake === undefined ? { by: "drill", drill: `drill.${name.text}`, parameters } : { mistake };
    }
    default:
      return parseChecks(first, reader);
  }
}

const REFERENCE = /^(?:([a-z][a-z0-9-]*)\/)?([a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)+)$/;

function parseChecks(first: Token, reader: Reader): Binding | Mistake {
  const checks: BoundCheck[] = [];
  for (let token: Token | undefined = first; token; token = reader.next()) {
    const [, component, check] = (token.kind === "word" && REFERENCE.exec(token.text)) || [];
    if (check === undefined)
      return { mistake: `"${token.text}" is not a check, "sign-off", "drill NAME" or "none"` };
    const parameters = parseParameters(reader);
    if ("mistake" in parameters) return parameters as Mistake;
    const mistake = figureMistake(parameters);
    if (mistake !== undefined) return { mistake };
    checks.push({ check, ...(component !== undefined && { component }), parameters });
    if (!reader.take(",")) break;
    if (!reader.peek()) return { mistake: "it ends in a comma" };
  }
  return { by: "checks", checks };
}

function parseParameters(reader: Reader): Parameters | Mistake {
  const parameters: Record<string, string> = {};
  if (!reader.take("(")) return parameters;
  while (!reader.take(")")) {
    const name = reader.next();
    if (name?.kind !== "word" || !/^[A-Za-z][\w.-]*$/.test(name.text) || !reader.take("=")) {
      return { mistake: "parameters look like this: (p95=500ms, path=/health)" };
    }
    const value = reader.next();
    if (value?.kind !== "word" && value?.kind !== "quoted") return { mistake: `${name.text} has no value` };
    if (Object.hasOwn(parameters, name.text)) return { mistake: `${name.text} stands there twice` };
    parameters[name.text] = value.text;
    if (!reader.take(",") && reader.peek()?.text !== ")")
      return { mistake: `${name.text} is not closed with )` };
  }
  return parameters;
}

interface Token {
  readonly kind: "word" | "quoted" | "mark";
  readonly text: string;
}

function tokensOf(words: string): Token[] | Mistake {
  const tokens: Token[] = [];
  const pattern = /\s*(?:"((?:[^"\\]|\\.)*)"|([(),=])|([^\s"(),=]+))/gsy;
  const end = words.trimEnd().length;
  while (pattern.lastIndex < end) {
    const match = pattern.exec(words);
    if (!match) return { mistake: "a quotation mark is not closed" };
    const [, quoted, mark, word] = match;
    if (quoted !== undefined) tokens.push({ kind: "quoted", text: withoutEscapes(quoted) });
    else if (mark !== undefined) tokens.push({ kind: "mark", text: mark });
    else tokens.push({ kind: "word", text: word ?? "" });
  }
  return tokens;
}

interface Reader {
  next(): Token | undefined;
  peek(): Token | undefined;
  /** Passes over a mark when it comes next. */
  take(mark: string): boolean;
}

function createReader(tokens: readonly Token[]): Reader {
  let at = 0;
  return {
    next: () => tokens[at++],
    peek: () => tokens[at],
    take(mark) {
      const isNext = tokens[at]?.kind === "mark" && tokens[at]?.text === mark;
      if (isNext) at += 1;
      return isNext;
    },
  };
}

/** The words between `<!-- gonogo:` and `-->`, such that reading them gives the binding again. */
export function formatBinding(binding: Binding): string {
  switch (binding.by) {
    case "none":
      return `none ${quote(binding.why)}`;
    case "person":
      return `sign-off${formatParameters(binding.parameters)}`;
    case "drill":
      return `drill ${binding.drill.replace(/^drill\./, "")}${formatParameters(binding.parameters)}`;
    case "checks":
      return binding.checks
        .map(({ check, component, parameters }) => {
          const place = component === undefined ? "" : `${component}/`;
          return `${place}${check}${formatParameters(parameters)}`;
        })
        .join(", ");
  }
}

function formatParameters(parameters: Parameters): string {
  const pairs = Object.entries(parameters).map(([name, value]) => `${name}=${quoteIfNeeded(value)}`);
  return pairs.length === 0 ? "" : ` (${pairs.join(", ")})`;
}

function quoteIfNeeded(value: string): string {
  return /^[\w./:%+~@;&#$!?*]+(?:-[\w./:%+~@;&#$!?*]+)*$/.test(value) ? value : quote(value);
}

/** What would end the comment, the table cell or the line is written as its code: "\x3e". */
function quote(text: string): string {
  const escaped = text.replace(/["\\|<>`\u2028\u2029\uFFFD]|\p{Cc}|-(?=-|$)|^-/gu, (character) => {
    const code = character.charCodeAt(0);
    return code < 256
      ? `\\x${code.toString(16).padStart(2, "0")}`
      : `\\u${code.toString(16).padStart(4, "0")}`;
  });
  return `"${escaped}"`;
}

function withoutEscapes(text: string): string {
  return text.replace(/\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|(.))/gis, (_whole, byte, unit, other) =>
    other === undefined ? String.fromCharCode(Number.parseInt(byte ?? unit, 16)) : other,
  );
}

/** In the words of the model. A line that nobody has to answer keeps why. */
export function answeredBy(binding: Binding): AnsweredBy {
  switch (binding.by) {
    case "checks":
      return {
        by: "checks",
        checks: binding.checks.map(({ check, component }) => ({
          check,
          ...(component !== undefined && { component }),
        })),
      };
    case "drill":
      return { by: "drill", drill: binding.drill };
    case "person":
      return {
        by: "person",
        ...(Object.keys(rulesOf(binding.parameters)).length > 0 && { rules: rulesOf(binding.parameters) }),
      };
    case "none":
      return { by: "nobody", why: binding.why };
  }
}
