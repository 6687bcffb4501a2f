import { KEY_SCOPES, type KeyScope } from "../model/api-key.ts";
import { UserError } from "../model/errors.ts";
import { type CommandModule, declareEnvironment, examples, text } from "./command.ts";
import { type OpenScene, openScene } from "./scene.ts";

const ACTIONS = ["list", "add", "revoke"];

export const keyCommand: CommandModule = {
  declare(command) {
    declareEnvironment(command)
      .argument("[action]", "list, add or revoke", "list")
      .argument("[name]", "of the key")
      .option(
        "--scope <scope>",
        `one of: ${KEY_SCOPES.join(", ")}; write may acknowledge and silence`,
        "read",
      );
    examples(command, [
      ["gonogo key add ci", "makes a key that may look, and shows it once"],
      ["gonogo key add oncall --scope write", "one that may acknowledge incidents, too"],
      ["gonogo key revoke ci", "from now on it opens nothing"],
    ]);
  },
  async run(world, given) {
    const [action = "list", name] = given.args;
    if (!ACTIONS.includes(action)) {
      throw new UserError(`a key cannot be "${action}"`, { fix: `one of: ${ACTIONS.join(", ")}` });
    }
    await using scene = await openScene(world, given);
    if (action === "list") world.output.write(await listed(scene));
    else if (action === "add")
      world.output.write(
        await added(scene, { name: expectName(name), scope: scopeOf(text(given, "scope")), by: world.who }),
      );
    else if (await scene.store.keys.revoke(expectName(name)))
      world.output.write(`${name} opens nothing any more\n`);
    else throw new UserError(`there is no key "${name}" in use`, { fix: "gonogo key list" });
    return 0;
  },
};

async function added(
  { store }: OpenScene,
  { name, scope, by }: { name: string; scope: KeyScope; by: string },
): Promise<string> {
  const key = await store.keys.add({ name, scope, madeBy: by });
  return `${key.reveal()}\n\nThis is shown once: only its hash is kept. Send it as "Authorization: Bearer <key>".\n`;
}

async function listed({ store }: OpenScene): Promise<string> {
  const keys = await store.keys.list();
  if (keys.length === 0) return "no keys yet\nNext: gonogo key add <name>\n";
  const day = (at: number | undefined): string =>
    at === undefined ? "never" : new Date(at).toISOString().slice(0, 10);
  const lines = keys.map(
    ({ name, scope, madeBy, madeAt, lastUsedAt, revokedAt }) =>
      `  ${name.padEnd(16)} ${scope.padEnd(6)} made ${day(madeAt)} by ${madeBy}, ${revokedAt === undefined ? `last used ${day(lastUsedAt)}` : `revoked ${day(revokedAt)}`}`,
  );
  return `${lines.join("\n")}\n`;
}

function expectName(name: string | undefined): string {
  if (name !== undefined && /^[a-z0-9][a-z0-9-]{0,31}$/.test(name)) return name;
  throw new UserError(name === undefined ? "the key needs a name" : `"${name}" is not a name for a key`, {
    fix: "lower-case letters, digits and hyphens: gonogo key add ci",
  });
}

function scopeOf(scope: string | undefined): KeyScope {
  const found = KEY_SCOPES.find((each) => each === scope);
  if (found) return found;
  throw new UserError(`there is no scope "${scope}"`, {
    fix: `--scope with one of: ${KEY_SCOPES.join(", ")}`,
  });
}
