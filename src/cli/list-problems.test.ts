import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openWorld, type World } from "../wiring.ts";
import { checkCommand } from "./check.ts";
import type { CommandModule } from "./command.ts";
import { statusCommand } from "./status.ts";

let world: World;
let directory: string;

beforeAll(async () => {
  world = await openWorld();
  directory = await mkdtemp(path.join(tmpdir(), "gonogo-test-list-"));
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  await rm(directory, { recursive: true });
});

async function notesOf(command: CommandModule, options: Given["options"]): Promise<string> {
  let notes = "";
  const output = {
    ...world.output,
    write: () => undefined,
    note: (text: string) => {
      notes += text;
    },
  };
  await command.run({ ...world, output, workingDirectory: directory }, { args: [], options });
  return notes;
}
type Given = Parameters<CommandModule["run"]>[1];

it("tells what is wrong with the list where it is answered, and not with every command", async () => {
  await writeFile(
    path.join(directory, "gonogo.config.ts"),
    `import { defineLaunch, local, variables } from "gonogo";
export default defineLaunch({
  name: "shop",
  checklist: "LAUNCH.md",
  components: { settings: variables() },
  environments: { staging: { target: local() } },
});
`,
  );
  await writeFile(path.join(directory, "LAUNCH.md"), "- [ ] Team trained\n- [ ]\n");
  expect(await notesOf(checkCommand, { only: ["config.env.node-env"] })).toContain(
    "LAUNCH.md:2: a box without words\n",
  );
  expect(await notesOf(statusCommand, {})).not.toContain("LAUNCH.md");
});
