import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { COMMANDS } from "../src/cli/commands.ts";
import * as contract from "../src/cli/output/contracts/contract.ts";
import * as published from "../src/index.ts";
import type { AnyChannelKind } from "../src/model/channel.ts";
import { type AnyCheck, accessOf, reachOf } from "../src/model/check.ts";
import type { AnyComponentKind } from "../src/model/component.ts";
import type { AnyDestinationKind } from "../src/model/destination.ts";
import type { AnyTargetKind } from "../src/model/target.ts";
import { launchPage } from "./launch-page.ts";
import { sabotagePage } from "./sabotage-page.ts";

// Reference docs come from the code; `--check` fails when what is committed differs from what the code says.

const DIRECTORY = "docs/reference";
const pages = new Map<string, string>();
const definitions = Object.values(published).flatMap((value): object[] =>
  typeof value === "function" && "definition" in value ? [value.definition as object] : [],
);
const kinds = definitions
  .filter((definition): definition is AnyComponentKind => "checks" in definition)
  .sort((a, b) => a.kind.localeCompare(b.kind));

const channels = definitions
  .filter((definition): definition is AnyChannelKind => "send" in definition)
  .sort((a, b) => a.kind.localeCompare(b.kind));

pages.set("checks.md", checksPage());
for (const kind of kinds) pages.set(`components/${kind.kind}.md`, componentPage(kind));
pages.set("channels.md", channelsPage());
pages.set("destinations.md", destinationsPage());
pages.set("commands.md", commandsPage());
pages.set("launch.md", launchPage());
pages.set("targets.md", targetsPage());
pages.set("sabotage.md", sabotagePage());
for (const [name, schema] of Object.entries(contract)) {
  if (!(schema instanceof z.ZodType)) continue;
  const file = name
    .replace(/(Result|Schema)$/, "")
    .replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  pages.set(
    `json/${file.replace(/^-/, "")}.schema.json`,
    `${JSON.stringify(z.toJSONSchema(schema), null, 2)}\n`,
  );
}

if (process.argv.includes("--check")) check();
else write();

function checksPage(): string {
  const rows = kinds.flatMap(({ kind, checks }) =>
    checks.map(
      (each) =>
        `| [${each.id}](components/${kind}.md#${anchor(each.id)}) | ${each.title} | ${each.severity} | ${accessOf(each)} | ${each.phase} |`,
    ),
  );
  return `# Checks\n\n${rows.length} checks. Each is proven on a healthy, a broken, an irrelevant and an unreachable subject.\n\n| id | what is so when it passes | severity | access | due |\n|---|---|---|---|---|\n${rows.join("\n")}\n`;
}

function componentPage(kind: AnyComponentKind): string {
  const schema = z.toJSONSchema(kind.options, { io: "input", unrepresentable: "any" }) as JsonSchema;
  const checks = [...kind.checks]
    .sort((a: AnyCheck, b: AnyCheck) => a.id.localeCompare(b.id))
    .map(checkSection);
  return `# ${kind.kind}\n\n${kind.summary}\n\n## Options\n\n${optionRows(schema).join("\n") || "None."}\n\n## Checks\n\n${checks.join("\n")}`;
}

function destinationsPage(): string {
  const destinations = definitions
    .filter((definition): definition is AnyDestinationKind => "openPlace" in definition)
    .sort((a, b) => a.kind.localeCompare(b.kind));
  const sections = destinations.map((kind) => {
    const schema = z.toJSONSchema(kind.options, { io: "input", unrepresentable: "any" }) as JsonSchema;
    return `## ${kind.kind}\n\n${kind.summary}\n\n${optionRows(schema).join("\n") || "No options."}\n`;
  });
  return `# Destinations\n\nWhere backups are brought, declared under \`backups.destinations\`. Their credentials are variables of the\nenvironment that neither commands nor processes of the application get.\n\n${sections.join("\n")}`;
}

function channelsPage(): string {
  const sections = channels.map((kind) => {
    const schema = z.toJSONSchema(kind.options, { io: "input", unrepresentable: "any" }) as JsonSchema;
    return `## ${kind.kind}\n\n${kind.summary}\n\n${optionRows(schema).join("\n") || "No options."}\n`;
  });
  return `# Channels\n\nWays of telling people, declared under \`alerts.channels\`. Their credentials are variables of the environment\nthat neither commands nor processes of the application get.\n\n${sections.join("\n")}`;
}

function targetsPage(): string {
  const targets = definitions
    .filter((definition): definition is AnyTargetKind => "open" in definition)
    .sort((a, b) => a.kind.localeCompare(b.kind));
  const sections = targets.map((kind) => {
    const schema = z.toJSONSchema(kind.options, { io: "input", unrepresentable: "any" }) as JsonSchema;
    return `## ${kind.kind}\n\n${kind.summary}\n\n${optionRows(schema).join("\n") || "No options."}\n`;
  });
  return `# Targets\n\nWhere an environment runs, declared as its \`target\`: \`local()\`, \`ssh({ host: "203.0.113.7", user: "app" })\`. What a server\nneeds first is told in [a server of your own](../ssh.md).\n\n${sections.join("\n")}`;
}

interface JsonSchema {
  readonly type?: string | string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly anyOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
}

function optionRows(schema: JsonSchema, prefix = ""): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, option]) => {
    const required = schema.required?.includes(name) ? ", required" : "";
    const fallback = option.default === undefined ? "" : `, default \`${JSON.stringify(option.default)}\``;
    const row = `- \`${prefix}${name}\` (${typeOf(option)}${required}${fallback})${option.description ? `: ${option.description}` : ""}`;
    return [row, ...optionRows(option, `${prefix}${name}.`)];
  });
}

function typeOf(schema: JsonSchema): string {
  if (schema.enum) return schema.enum.map((each) => JSON.stringify(each)).join(" or ");
  if (schema.anyOf) return [...new Set(schema.anyOf.map(typeOf))].join(" or ");
  if (schema.type === "array") return `list of ${schema.items ? typeOf(schema.items) : "anything"}`;
  return [schema.type ?? "any"].flat().join(" or ");
}

function checkSection(check: AnyCheck): string {
  const facts = [
    `${check.severity}, due in ${check.phase}, ${accessOf(check)} access, seen from ${reachOf(check)}`,
    `fresh for ${check.freshFor}${check.every ? `, asked every ${check.every} as a monitor` : ""}`,
    ...(check.gates
      ? [`${check.gates === "none" ? "no deploy waits" : `only deploys of ${check.gates} wait`} for it`]
      : []),
    ...(check.source ? [`source: ${check.source}`] : []),
  ];
  return `### ${check.id}\n\n${check.title}. ${check.consequence}\n\n${facts.map((each) => `- ${each}`).join("\n")}\n`;
}

function anchor(id: string): string {
  return id.replaceAll(".", "");
}

function commandsPage(): string {
  const help = (args: readonly string[]) =>
    execFileSync(process.execPath, ["bin/gonogo.mjs", ...args, "--help"], {
      encoding: "utf8",
      env: { ...process.env, NO_COLOR: "1" },
    });
  const sections = COMMANDS.filter(({ hidden }) => !hidden).map(
    ({ name }) => `## gonogo ${name}\n\n\`\`\`\n${help([name]).trimEnd()}\n\`\`\`\n`,
  );
  return `# Commands\n\n\`\`\`\n${help([]).trimEnd()}\n\`\`\`\n\n${sections.join("\n")}`;
}

function write(): void {
  rmSync(DIRECTORY, { recursive: true, force: true });
  for (const [name, text] of pages) {
    mkdirSync(path.dirname(path.join(DIRECTORY, name)), { recursive: true });
    writeFileSync(path.join(DIRECTORY, name), text);
  }
  console.log(`${pages.size} pages written to ${DIRECTORY}`);
}

function check(): void {
  const stale = [...pages]
    .filter(([name, text]) => readOrEmpty(path.join(DIRECTORY, name)) !== text)
    .map(([name]) => name);
  const extra = readdirSync(DIRECTORY, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => path.relative(DIRECTORY, path.join(each.parentPath, each.name)))
    .filter((name) => !pages.has(name));
  if (stale.length + extra.length === 0) return;
  console.error(
    `stale reference docs: ${[...stale, ...extra].join(", ")}\nFix: npm run docs, then commit docs/reference`,
  );
  process.exit(1);
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
