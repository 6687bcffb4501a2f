import type { Binding, BoundCheck, Parameters } from "./binding.ts";
import { figureMistake } from "./figures/figure-mistake.ts";
import { ruleMistake } from "./sign-off-rules.ts";

export interface BindingMistake {
  readonly mistake: string;
}

/**
 * Reads what stands between `<!-- gonogo:` and `-->`:
 *   db/postgres.index.foreign-key, http.header.hsts (max-age=31536000)
 *   sign-off (approver=cto) · drill restore · none "why"
 *   http.header.hsts, sign-off (rest="keys are rotated")
 */
export function parseBinding(words: string): Binding | BindingMistake {
  const tokens = tokensOf(words);
  if ("mistake" in tokens) return tokens;
  const reader = createReader(tokens);
  const first = reader.next();
  if (first === undefined) return { mistake: "it is empty: name a check, sign-off, drill NAME or none" };
  const binding = parseKind(first, reader);
  if ("mistake" in binding) return binding;
  const rest = reader.next();
  if (rest?.text === "," && (binding.by === "checks" || binding.by === "person"))
    return { mistake: SIGN_OFF_LAST };
  return rest === undefined ? binding : { mistake: `"${rest.text}" stands where nothing is expected` };
}

function parseKind(first: Token, reader: Reader): Binding | BindingMistake {
  if (first.kind !== "word") return { mistake: `"${first.text}" is no check, sign-off, drill NAME or none` };
  switch (first.text) {
    case "sign-off": {
      const parameters = parseSignOff(reader);
      if ("mistake" in parameters) return parameters as BindingMistake;
      return parameters.rest === undefined ? { by: "person", parameters } : { mistake: NOTHING_BEFORE };
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
      if ("mistake" in parameters) return parameters as BindingMistake;
      const mistake = figureMistake(parameters);
      if (mistake !== undefined) return { mistake };
      const drill = { by: "drill", drill: `drill.${name.text}`, parameters } as const;
      if (!reader.take(",")) return drill;
      if (reader.next()?.text !== "sign-off")
        return { mistake: "behind a drill stands nothing, or sign-off" };
      const signed = parseSignOff(reader);
      return "mistake" in signed ? (signed as BindingMistake) : { ...drill, signed };
    }
    default:
      return parseChecks(first, reader);
  }
}

const SIGN_OFF_LAST = "sign-off stands behind the checks, and nothing behind it";
const NOTHING_BEFORE = "rest= says what checks leave open, and no check stands before this sign-off";

function parseSignOff(reader: Reader): Parameters | BindingMistake {
  const parameters = parseParameters(reader);
  if ("mistake" in parameters) return parameters;
  const mistake = ruleMistake(parameters);
  return mistake === undefined ? parameters : { mistake };
}

const REFERENCE = /^(?:([a-z][a-z0-9-]*)\/)?([a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)+)$/;

function parseChecks(first: Token, reader: Reader): Binding | BindingMistake {
  const checks: BoundCheck[] = [];
  for (let token: Token | undefined = first; token; token = reader.next()) {
    if (checks.length > 0 && token.text === "sign-off") {
      const signed = parseSignOff(reader);
      return "mistake" in signed ? (signed as BindingMistake) : { by: "checks", checks, signed };
    }
    if (checks.length > 0 && token.text === "drill")
      return { mistake: "a comment names checks or one drill: two lines may name one each" };
    const [, component, check] = (token.kind === "word" && REFERENCE.exec(token.text)) || [];
    if (check === undefined)
      return { mistake: `"${token.text}" is not a check, "sign-off", "drill NAME" or "none"` };
    const parameters = parseParameters(reader);
    if ("mistake" in parameters) return parameters as BindingMistake;
    const mistake = figureMistake(parameters);
    if (mistake !== undefined) return { mistake };
    checks.push({ check, ...(component !== undefined && { component }), parameters });
    if (!reader.take(",")) break;
    if (!reader.peek()) return { mistake: "it ends in a comma" };
  }
  return { by: "checks", checks };
}

function parseParameters(reader: Reader): Parameters | BindingMistake {
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

function tokensOf(words: string): Token[] | BindingMistake {
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

function withoutEscapes(text: string): string {
  return text.replace(/\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|(.))/gis, (_whole, byte, unit, other) =>
    other === undefined ? String.fromCharCode(Number.parseInt(byte ?? unit, 16)) : other,
  );
}
