import { readdirSync, readFileSync } from "node:fs";
import { z } from "zod";
import { launchSchema } from "../src/config/launch-schema.ts";
import { type Declarations, declarationsIn, type Member, type Shape, shapesOf } from "./declared-members.ts";
import { wordsOf } from "./type-words.ts";

interface JsonSchema {
  readonly type?: string;
  readonly const?: unknown;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
}

const MODEL = ["variable.ts", "phase.ts", "subject.ts", "channel.ts", "duration.ts"];

/**
 * Every field a launch may have: which there are and what holds without them comes from the schema that judges it,
 * the words from the docstrings an editor shows. Throws when one of both lacks a field, or they differ in a default.
 */
export function launchPage(): string {
  const declarations = declarationsIn(sources());
  const schema = z.toJSONSchema(launchSchema, { io: "input", unrepresentable: "any" }) as JsonSchema;
  const shapes = shapesOf("LaunchDeclaration", declarations);
  const sections = Object.entries(schema.properties ?? {}).map(([name, field]) => {
    const member = memberOf(shapes, name, name);
    const isRequired = schema.required?.includes(name) === true;
    const rows = rowsBelow({ schema: field, type: member.type, path: name, declarations });
    const head = `## ${name}\n\n${kindOf(field, member, isRequired, declarations)}. ${member.says}`.trimEnd();
    return `${head}\n${rows.length === 0 ? "" : `\n${rows.join("\n")}\n`}`;
  });
  return `${INTRODUCTION}\n${sections.join("\n")}`;
}

const INTRODUCTION = `# The launch

What \`defineLaunch({ ... })\` takes in \`gonogo.config.ts\`. A mistake in it is told with all the others at once, and
nothing runs on a bad declaration. What components take is told on [the page of each](components), targets on
[targets](targets.md), channels on [channels](channels.md), destinations of backups on [destinations](destinations.md).

A duration is a text such as "500ms", "30s", "15m", "4h", "30d" or "2w"; a percentage one such as "99.9%". \`<name>\`
stands for a name of your choice, \`[]\` for each entry of a list.
`;

function sources(): string[] {
  const config = readdirSync("src/config")
    .filter((file) => file.endsWith("-declaration.ts") || file === "define-launch.ts")
    .sort()
    .map((file) => `src/config/${file}`);
  return [...config, ...MODEL.map((file) => `src/model/${file}`)].map((file) => readFileSync(file, "utf8"));
}

interface Place {
  readonly schema: JsonSchema;
  readonly type: string;
  readonly path: string;
  readonly declarations: Declarations;
}

/** The fields below one; none when it is the result of a call such as `slack()`. */
function rowsBelow(place: Place): string[] {
  const { schema, type, path, declarations } = place;
  if (isCall(schema)) return [];
  if (schema.properties) return fieldRows(schema, shapesOf(type, declarations), place);
  if (typeof schema.additionalProperties === "object") {
    return rowsBelow({ ...place, schema: schema.additionalProperties, path: `${path}.<name>` });
  }
  if (schema.items) return rowsBelow({ ...place, schema: schema.items, path: `${path}[]` });
  const variants = (schema.anyOf ?? schema.oneOf ?? []).filter(({ properties }) => properties);
  return variants.length > 1
    ? variantRows(variants, place)
    : variants.flatMap((each) => rowsBelow({ ...place, schema: each }));
}

function fieldRows(schema: JsonSchema, shapes: readonly Shape[], { path, declarations }: Place): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const at = `${path}.${name}`;
    const member = memberOf(shapes, name, at);
    const kind = kindOf(field, member, schema.required?.includes(name) === true, declarations);
    const row = `- \`${at}\` (${kind})${member.says === "" ? "" : `: ${member.says}`}`;
    return [row, ...rowsBelow({ schema: field, type: member.type, path: at, declarations })];
  });
}

/** One row for each form it may have, then the fields that several have, once. */
function variantRows(variants: readonly JsonSchema[], place: Place): string[] {
  const { path, type, declarations } = place;
  const shapes = shapesOf(type, declarations);
  const inEvery = (name: string) => variants.every(({ properties = {} }) => name in properties);
  const rows = variants.map((variant) => {
    const own = Object.entries(variant.properties ?? {}).filter(
      ([name, { const: one }]) => !inEvery(name) || one !== undefined,
    );
    const fields = own.map(([name, field]) => {
      const mark = variant.required?.includes(name) ? "" : "?";
      return field.const === undefined ? `${name}${mark}` : `${name}: ${JSON.stringify(field.const)}`;
    });
    const says = shapes.find((shape) => isShapeOf(shape, variant))?.says ?? "";
    const details = own.flatMap(([name, field]) => {
      if (field.const !== undefined) return [];
      const member = memberOf(shapes, name, `${path}.${name}`);
      const kind = kindOf(field, member, variant.required?.includes(name) === true, declarations);
      return [`  - \`${name}\` (${kind})${member.says === "" ? "" : `: ${member.says}`}`];
    });
    return [
      `- \`${path}\` as \`{ ${fields.join(", ")} }\`${says === "" ? "" : `: ${says}`}`,
      ...details,
    ].join("\n");
  });
  const [first] = variants;
  const common = Object.entries(first?.properties ?? {}).filter(
    ([name, { const: one }]) => inEvery(name) && one === undefined,
  );
  const every: JsonSchema = {
    // What they hold without it may differ: then the docstring tells.
    properties: Object.fromEntries(
      common.map(([name, field]) => [
        name,
        isSame(variants, name) ? field : { ...field, default: undefined },
      ]),
    ),
    required: (first?.required ?? []).filter((name) => inEvery(name)),
  };
  return [...rows, ...fieldRows(every, shapes, place)];
}

function isSame(variants: readonly JsonSchema[], name: string): boolean {
  return new Set(variants.map(({ properties }) => JSON.stringify(properties?.[name]?.default))).size === 1;
}

/** Fields a form cannot do without, and the value that tells it from the others, are the same on both sides. */
function isShapeOf({ members }: Shape, { properties = {}, required = [] }: JsonSchema): boolean {
  const constant = Object.entries(properties).find(([, { const: one }]) => one !== undefined);
  const needed = members.filter(({ optional }) => !optional).map(({ name }) => name);
  if (!constant) return needed.join() === required.join();
  const [name, { const: one }] = constant;
  return members.some((each) => each.name === name && each.type.includes(JSON.stringify(one)));
}

function memberOf(shapes: readonly Shape[], name: string, at: string): Member {
  const found = shapes.flatMap(({ members }) => members).filter((each) => each.name === name);
  const member = found.find(({ says }) => says !== "") ?? found[0];
  if (!member) throw new Error(`${at} is judged by the schema and is in no declaration's interface`);
  return member;
}

/** "duration, default "15m"", "list of text, required". */
function kindOf(schema: JsonSchema, member: Member, isRequired: boolean, declarations: Declarations): string {
  const told = /\bDefault (?<value>"[^"]*"|\d+|true|false)/.exec(member.says)?.groups?.value;
  const holds = JSON.stringify(schema.default);
  if (told !== undefined && holds !== undefined && told !== holds) {
    throw new Error(`${member.name}: its docstring says ${told} is the default, the schema ${holds}`);
  }
  const isTold = /\bDefault/.test(member.says) || holds === undefined || /^(\{.*\}|\[\]|"")$/.test(holds);
  return [
    wordsOf(member.type, declarations),
    ...(isRequired ? ["required"] : []),
    ...(isTold ? [] : [`default \`${holds}\``]),
  ].join(", ");
}

function isCall({ properties = {} }: JsonSchema): boolean {
  return Object.keys(properties).join() === "kind,options";
}
