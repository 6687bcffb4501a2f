/** A stage of a Dockerfile. */
export interface BuildStage {
  readonly line: number;
  /** The image or the earlier stage it begins with, its build arguments filled in where they have a default. */
  readonly from: string;
  readonly name: string | undefined;
  /** Of its last USER instruction. */
  readonly user: { readonly name: string; readonly line: number } | undefined;
  /** Images it copies from. */
  readonly copies: readonly { readonly line: number; readonly image: string }[];
}

/** Reads the stages of a Dockerfile (docs.docker.com/reference/dockerfile). */
export function stagesOf(text: string): BuildStage[] {
  const stages: { -readonly [K in keyof BuildStage]: BuildStage[K] }[] = [];
  const global = new Map<string, string>();
  let own = new Map<string, string>();
  for (const { line, word, rest } of instructionsOf(text)) {
    const stage = stages.at(-1);
    const filled = fill(rest, new Map([...global, ...own]));
    if (word === "ARG" || word === "ENV") {
      for (const [, name = "", quoted, plain] of rest.matchAll(/(\w+)=(?:"([^"]*)"|(\S*))/g)) {
        (stage ? own : global).set(name, fill(quoted ?? plain ?? "", new Map([...global, ...own])));
      }
    } else if (word === "FROM") {
      own = new Map();
      const [, from = "", name] = /^(?:--\S+\s+)*(\S+)(?:\s+as\s+(\S+))?/i.exec(fill(rest, global)) ?? [];
      stages.push({ line, from, name: name?.toLowerCase(), user: undefined, copies: [] });
    } else if (word === "USER" && stage) {
      stage.user = { name: filled.split(":")[0]?.trim() ?? "", line };
    } else if (word === "COPY" && stage) {
      const image = /--from=(\S+)/.exec(filled)?.[1];
      if (image !== undefined) stage.copies = [...stage.copies, { line, image }];
    }
  }
  return stages;
}

/** The stage that another one begins with; undefined when that is an image. */
export function baseOf(stage: BuildStage, stages: readonly BuildStage[]): BuildStage | undefined {
  const earlier = stages.slice(0, stages.indexOf(stage));
  return earlier.findLast(({ name }) => name === stage.from.toLowerCase());
}

interface Instruction {
  readonly line: number;
  readonly word: string;
  readonly rest: string;
}

function instructionsOf(text: string): Instruction[] {
  const found: Instruction[] = [];
  let open: Instruction | undefined;
  let heredoc: string | undefined;
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    if (heredoc !== undefined) {
      if (raw.trim() === heredoc) heredoc = undefined;
      continue;
    }
    if (/^\s*(#|$)/.test(raw)) continue;
    const [, word = "", own = ""] = /^\s*([A-Za-z]+)\s*(.*)$/.exec(raw) ?? [];
    const before: Instruction = open ?? { line: index + 1, word: word.toUpperCase(), rest: "" };
    const rest = `${before.rest} ${open ? raw.trim() : own}`.trim();
    const isContinued = /\\\s*$/.test(rest);
    const whole = { ...before, rest: rest.replace(/\\\s*$/, "").trim() };
    open = isContinued ? whole : undefined;
    if (isContinued) continue;
    heredoc = /^(RUN|COPY|ADD)$/.test(whole.word)
      ? /<<-?\s*["']?(\w+)["']?/.exec(whole.rest)?.[1]
      : undefined;
    found.push(whole);
  }
  return found;
}

/** `${NAME}`, `${NAME:-default}` and `$NAME`; what has no value stays as it is written. */
export function fill(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(
    /\$\{(\w+)(?::?-([^}]*))?\}|\$(\w+)/g,
    (written, braced?: string, usual?: string, plain?: string) =>
      values.get(braced ?? plain ?? "") ?? usual ?? written,
  );
}
