import type { ComponentGuess, VariableGuess } from "./recognise/recognition.ts";
import { isSecretName } from "./showing.ts";

/** What goes into a gonogo.config.ts: every part with why it stands there. */
export interface ConfigDraft {
  readonly name: { readonly value: string; readonly because: string };
  readonly checklist: { readonly value: string; readonly because: string } | undefined;
  /** `export` is the name of the function that declares the kind. */
  /** `hint` is what only a person can add to it. */
  readonly components: readonly (ComponentGuess & {
    readonly exported: string;
    readonly hint?: string | undefined;
  })[];
  readonly variables: readonly VariableGuess[];
  /** File with the values of staging. */
  readonly variablesFile: string | undefined;
  /** Exported name of the target of staging. */
  readonly target: string;
  /** The file that tells of a server of their own, when there is one. */
  readonly server?: string | undefined;
  /** Told in comments at the end. */
  readonly notes: readonly string[];
}

/** The text of a configuration, with comments that say what was guessed and from what. */
export function writeConfig(draft: ConfigDraft): string {
  const { name, checklist, components, variables, variablesFile, target, server, notes } = draft;
  const imports = [
    ...new Set(["defineLaunch", target, ...components.map(({ exported }) => exported)]),
  ].sort();
  const production = variablesFile?.replace("staging", "production");
  return [
    ...importLines(imports),
    "",
    "// Written by `gonogo init`. Every comment says what a line was guessed from: correct what is wrong.",
    "export default defineLaunch({",
    `  name: ${text(name.value)}, // from ${comment(name.because)}`,
    ...(checklist ? [`  checklist: ${text(checklist.value)}, // ${comment(checklist.because)}`] : []),
    "  components: {",
    ...components.flatMap(componentLines),
    "  },",
    ...(variables.length === 0 ? [] : ["  variables: {", ...variables.flatMap(variableLines), "  },"]),
    "  // Nobody can guess what you promise your users: these are common figures.",
    '  promises: { availability: "99.9%", latency: { p95: "500ms" }, errors: "1%", rollback: "15m" },',
    "  environments: {",
    `    staging: { target: ${target}()${variablesFile === undefined ? "" : `, variables: ${text(variablesFile)}`} },`,
    "    // production: {",
    ...(server === undefined
      ? [`    //   target: ${target}(),`]
      : [
          `    //   // from ${comment(server)}: a server of your own, reached over SSH (import ssh, see docs/ssh.md)`,
          '    //   target: ssh({ host: "203.0.113.7", user: "app" }),',
        ]),
    '    //   domain: "app.example",',
    ...(production === undefined ? [] : [`    //   variables: ${text(production)},`]),
    "    // },",
    "  },",
    "});",
    ...(notes.length === 0
      ? []
      : ["", "// Seen, and not declared:", ...notes.map((note) => `// - ${comment(note)}`)]),
    "",
  ].join("\n");
}

function importLines(names: readonly string[]): string[] {
  const line = `import { ${names.join(", ")} } from "gonogo";`;
  if (line.length <= 100) return [line];
  return ["import {", ...names.map((name) => `  ${name},`), '} from "gonogo";'];
}

function componentLines({
  name,
  exported,
  options,
  because,
  hint,
}: ConfigDraft["components"][number]): string[] {
  const entries = Object.entries(options);
  const call = entries.length === 0 ? "" : literal(options);
  const line = `    ${key(name)}: ${exported}(${call}),`;
  const lines =
    line.length <= 100
      ? [line]
      : [
          `    ${key(name)}: ${exported}({`,
          ...entries.map(([option, value]) => `      ${key(option)}: ${literal(value)},`),
          "    }),",
        ];
  return [`    // ${comment(because)}`, ...(hint === undefined ? [] : [`    // ${comment(hint)}`]), ...lines];
}

function variableLines({ name, is, required }: VariableGuess): string[] {
  // It is one by its name anyway; said, so that whoever reads the file sees it.
  const isSecret = isSecretName(name) && (is.type === "string" || is.type === "url" || is.type === "hex");
  const declared = { ...is, ...(required ? {} : { required: false }), ...(isSecret && { secret: true }) };
  return [`    ${key(name)}: ${literal(declared)},`];
}

function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value !== "object" || value === null) return text(value);
  const entries = Object.entries(value).map(([name, each]) => `${key(name)}: ${literal(each)}`);
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}

function key(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : text(name);
}

function text(value: unknown): string {
  return JSON.stringify(value);
}

/** One line, whatever was in the project. */
function comment(words: string): string {
  return words.replace(/\p{C}+|[\u2028\u2029]/gu, " ").slice(0, 200);
}
