import { beginWalk, type Walk } from "../../facts/walk.ts";
import { differenceOf } from "../../facts/walk-answer.ts";
import { type RequestStep, requestStep } from "../../facts/walk-options.ts";
import { filled } from "../../facts/walk-values.ts";
import { defineFact, NotObserved, Undeclared } from "../../model/fact.ts";
import { account, type Context, shownBy } from "./accounts.ts";
import type { AttackOptions } from "./options.ts";
import { isDone, isThrough, mustBeRefusals, mustWorkForOwner, type Tried } from "./refusals.ts";

/** Changes that another site asked for in the name of somebody who is signed in. */
export const foreignChanges = defineFact<readonly Tried[], AttackOptions>({
  id: "attack.foreign-changes",
  access: "active",
  reach: "application",
  timeoutMs: 60_000,
  sends:
    "2 requests for each of its changes, as another site's page would send them, and 1 as its own page does",
  async collect(context) {
    const { changes } = context.subject.options;
    if (changes.length === 0) throw new Undeclared("no changes are declared");
    await using owner = await account(context);
    const tried: Tried[] = [];
    for (const change of changes) {
      for (const [how, headers] of [
        ["from another site", { origin: "https://evil.example", referer: "https://evil.example/" }],
        ["from a page without an origin", { origin: "null" }],
      ] as const) {
        const { status } = await owner.send({ ...change, headers: { ...change.headers, ...headers } });
        tried.push({ name: change.name, how, status });
      }
    }
    if (tried.some(isDone)) return tried;
    mustBeRefusals(tried);
    await mustWorkForOwner(changes, {
      owner,
      anew: () => account(context),
      ask: async (who, change) => (await who.send(change)).status,
    });
    return tried;
  },
});

export interface Reached {
  readonly tried: readonly Tried[];
  /** What the owner found otherwise afterwards. */
  readonly changed: string | undefined;
}

/** One person's object in another person's hands. */
export const strangersReach = defineFact<Reached, AttackOptions>({
  id: "attack.strangers-reach",
  access: "active",
  reach: "application",
  timeoutMs: 60_000,
  sends: "the declared requests, by a stranger, by nobody and by the owner",
  async collect(context) {
    const { object } = context.subject.options;
    if (!object) throw new Undeclared("no object is declared");
    await using owner = await ownerOf(object.made, context);
    await using stranger = await account(context);
    const about = ({ kept }: Walk) =>
      new Map([...kept, ...stranger.kept, ...[...kept].filter(([name]) => name in object.made.keep)]);
    for (const [name, value] of about(owner)) stranger.kept.set(name, value);
    const nobody = beginWalk(context, Object.fromEntries(owner.kept));
    const tried: Tried[] = [];
    for (const step of object.reached) {
      tried.push({ name: step.name, how: "by a stranger", status: (await stranger.send(step)).status });
      tried.push({ name: step.name, how: "by nobody", status: (await nobody.send(step)).status });
    }
    const difference = differenceOf(await owner.send(object.kept), filled(object.kept.expect, owner.kept));
    if (difference || tried.some(isDone)) return { tried, changed: difference?.found };
    mustBeRefusals(tried);
    await mustWorkForOwner(object.reached, {
      owner,
      anew: () => ownerOf(object.made, context),
      async ask(who, step) {
        const { status } = await who.send(step);
        // "Share it with me" makes sense in the stranger's words only.
        return status < 400 ? status : (await who.send(filled(step, about(who)))).status;
      },
    });
    return { tried, changed: undefined };
  },
});

/** An account that has made the object. Throws NotObserved when it could not. */
async function ownerOf(made: RequestStep, context: Context): Promise<Walk & AsyncDisposable> {
  await using unfinished = new AsyncDisposableStack();
  const owner = unfinished.use(await account(context));
  const [taken] = await owner.take([made]);
  if (taken?.difference) throw new NotObserved(`the object was not made: ${taken.difference.found}`);
  unfinished.move();
  return owner;
}

/** Ways by which others got past a sign-in (OWASP, "Testing for bypassing authentication schema"). */
const TRICKS: readonly (readonly [how: string, headers: Readonly<Record<string, string>>])[] = [
  ["as this machine", { "x-forwarded-for": "127.0.0.1", "x-real-ip": "127.0.0.1" }],
  ["as a user a proxy knows", { "x-forwarded-user": "admin", "x-remote-user": "admin", "x-user-id": "1" }],
  ["with a token nobody signed", { authorization: `Bearer ${unsigned()}` }],
  ["with an empty token", { authorization: "Bearer undefined" }],
  ["with cookies that say so", { cookie: "admin=true; authenticated=1; session=1; __Host-session=1" }],
  ["by another method's name", { "x-http-method-override": "OPTIONS" }],
];
const PATHS = [
  (path: string) => `${path}/`,
  (path: string) => `${path}%2f`,
  (path: string) => path.toUpperCase(),
  (path: string) => `${path};a=b`,
];

export const bypasses = defineFact<readonly Tried[], AttackOptions>({
  id: "attack.bypasses",
  access: "active",
  reach: "application",
  timeoutMs: 60_000,
  sends: "13 GET requests for each of its bypass paths",
  async collect(context) {
    const { bypass } = context.subject.options;
    if (bypass.length === 0) throw new Undeclared("no bypass paths are declared");
    await using owner = await account(context);
    const nobody = beginWalk(context);
    const tried: Tried[] = [];
    for (const path of bypass) {
      await mustBePrivate(path, owner, context);
      const ask = async (how: string, asked: string, headers: Readonly<Record<string, string>> = {}) => {
        const { status } = await nobody.send({
          ...requestStep.parse({ name: how, path }),
          path: asked,
          headers: { ...headers },
        });
        tried.push({ name: path, how, status });
      };
      for (const [how, headers] of TRICKS) await ask(how, path, headers);
      for (const change of PATHS) await ask(`as ${change(path)}`, change(path));
      await ask("behind an address that leads nowhere", `/${context.doors.random.hex(6)}`, {
        "x-original-url": path,
        "x-rewrite-url": path,
      });
    }
    if (!tried.some(isThrough)) mustBeRefusals(tried);
    return tried;
  },
});

/** Ways round a sign-in lead nowhere, too, where nothing lies behind it, and anywhere where there is none. Throws NotObserved. */
async function mustBePrivate(path: string, owner: Walk, context: Context): Promise<void> {
  const step = requestStep.parse({ name: path, path });
  const { status } = await owner.send({ ...step, ...shownBy(context) });
  if (status < 200 || status > 299)
    throw new NotObserved(`${path} answered ${status} to the account, so a refusal of it proves nothing`);
  const plain = { name: path, how: "plainly", status: (await beginWalk(context).send(step)).status };
  if (isThrough(plain))
    throw new NotObserved(`${path} is open to nobody, too: it does not show who is signed in`);
  mustBeRefusals([plain]);
}

function unsigned(): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "none", typ: "JWT" })}.${part({ sub: "1", role: "admin", exp: 4_000_000_000 })}.`;
}
