import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { ExampleCopy } from "../sabotage/example-copy.ts";

export type Fault = "slow";

/** Switches inside a copy of ExampleCopy that make its running code fail, and let it be well again, without a deploy. */
export interface Faults {
  begin(fault: Fault): void;
  end(fault: Fault): void;
}

export function buildFaultsIn(app: ExampleCopy): Faults {
  // Where releases are not: they share it.
  const directory = path.join(app.directory, ".gonogo/faults");
  mkdirSync(directory, { recursive: true });
  const file = (fault: Fault) => path.join(directory, fault);
  const isOn = (fault: Fault) => `existsSync(${JSON.stringify(file(fault))})`;
  edit(app, "src/http/listener.ts", [
    ["import { createServer,", 'import { existsSync } from "node:fs";\nimport { createServer,'],
    [
      "try {\n      answer = await",
      `if (path.startsWith("/api/") && ${isOn("slow")}) await new Promise((later) => setTimeout(later, 2_000));\n    try {\n      answer = await`,
    ],
  ]);
  return {
    begin: (fault) => writeFileSync(file(fault), ""),
    end: (fault) => rmSync(file(fault), { force: true }),
  };
}

/** A release whose every answer is 500 once it is told so, and says that it is this release's. */
export function failWhenTold(app: ExampleCopy): { readonly tell: () => void } {
  const told = path.join(app.directory, ".gonogo/faults/spoiled");
  edit(app, "src/http/listener.ts", [
    [
      "  async function answerTo(message: IncomingMessage, response: ServerResponse): Promise<void> {\n",
      `  async function answerTo(message: IncomingMessage, response: ServerResponse): Promise<void> {
    if (existsSync(${JSON.stringify(told)})) {
      response.writeHead(500, { "x-spoiled": "yes" }).end("spoiled");
      return;
    }
`,
    ],
  ]);
  return { tell: () => writeFileSync(told, "") };
}

export function edit(
  app: ExampleCopy,
  file: string,
  changes: readonly (readonly [from: string, to: string])[],
): void {
  let text = app.read(file);
  for (const [from, to] of changes) {
    if (!text.includes(from)) throw new Error(`${file} does not hold: ${from}`);
    text = text.replace(from, () => to);
  }
  app.write(file, text);
}
