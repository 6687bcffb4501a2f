import { type ApiKey, KEY_SCOPES, type KeyScope } from "../model/api-key.ts";
import { UserError } from "../model/errors.ts";
import {
  actionAmong,
  type CommandModule,
  declareEnvironment,
  declareFormat,
  examples,
  text,
} from "./command.ts";
import { show } from "./format.ts";
import { noSuch } from "./no-such.ts";
import type { KeyRecord } from "./output/contracts/key.ts";
import { folded, harmless } from "./output/plain-text.ts";
import { type OpenScene, openScene } from "./scene.ts";

const ACTIONS = ["list", "add", "revoke"] as const;

export const keyCommand: CommandModule = {
  completes: { action: ACTIONS, name: { after: { revoke: "keys" } }, "--scope": KEY_SCOPES },
  declare(command) {
    declareFormat(declareEnvironment(command))
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
    const action = actionAmong(given, ACTIONS);
    const name = action === "list" ? "" : expectName(given.args[1]);
    const scope = scopeOf(text(given, "scope"));
    await using scene = await openScene(world, given);
    if (action === "add") {
      const key = await scene.store.keys.add({ name, scope, madeBy: world.who });
      const record: KeyRecord = { ...headOf(scene), kind: "key", name, scope, key: key.reveal() };
      await show(world, given, { record, text: () => folded(addedText(record.key), world.output) });
      return 0;
    }
    if (action === "revoke" && !(await scene.store.keys.revoke(name))) throw await noKey(name, scene);
    const keys = await scene.store.keys.list();
    const record: KeyRecord = { ...headOf(scene), kind: "keys", keys: keys.map(keyEntry) };
    await show(world, given, {
      record,
      text: () =>
        folded(action === "revoke" ? `${name} opens nothing any more\n` : listText(keys), world.output),
    });
    return 0;
  },
};

function headOf({ launch }: OpenScene) {
  return { version: 1 as const, launch: launch.name };
}

function keyEntry({ lastUsedAt, revokedAt, ...key }: ApiKey) {
  return { ...key, lastUsedAt: lastUsedAt ?? null, revokedAt: revokedAt ?? null };
}

function addedText(key: string): string {
  return `${key}\n\nThis is shown once: only its hash is kept. Send it as "Authorization: Bearer <key>".\n`;
}

function listText(keys: readonly ApiKey[]): string {
  if (keys.length === 0) return "no keys yet\nNext: gonogo key add <name>\n";
  const day = (at: number | undefined): string =>
    at === undefined ? "never" : new Date(at).toISOString().slice(0, 10);
  const lines = keys.map(
    ({ name, scope, madeBy, madeAt, lastUsedAt, revokedAt }) =>
      `  ${name.padEnd(16)} ${scope.padEnd(6)} made ${day(madeAt)} by ${harmless(madeBy)}, ${revokedAt === undefined ? `last used ${day(lastUsedAt)}` : `revoked ${day(revokedAt)}`}`,
  );
  return `${lines.join("\n")}\n`;
}

async function noKey(name: string, { store }: OpenScene): Promise<UserError> {
  const inUse = (await store.keys.list()).filter(({ revokedAt }) => revokedAt === undefined);
  return noSuch("key in use", name, { known: inUse.map((each) => each.name), none: "gonogo key list" });
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
  throw noSuch("scope", scope ?? "", { known: KEY_SCOPES, fix: "--scope with one of" });
}
