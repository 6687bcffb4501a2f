import { beginWalk } from "../../facts/walk.ts";
import { differenceOf } from "../../facts/walk-answer.ts";
import { requestStep } from "../../facts/walk-options.ts";
import { filled } from "../../facts/walk-values.ts";
import { defineFact, NotObserved, Undeclared } from "../../model/fact.ts";
import { account } from "./accounts.ts";
import type { AttackOptions } from "./options.ts";

export interface Tried {
  readonly name: string;
  readonly how: string;
  readonly status: number;
}

/** Changes that another site asked for in the name of somebody who is signed in. */
export const foreignChanges = defineFact<readonly Tried[], AttackOptions>({
  id: "attack.foreign-changes",
  access: "active",
  reach: "application",
  timeoutMs: 60_000,
  sends: "2 requests for each of its changes, as another site's page would send them",
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
  sends: "the declared requests, by a stranger and by nobody",
  async collect(context) {
    const { object } = context.subject.options;
    if (!object) throw new Undeclared("no object is declared");
    await using owner = await account(context);
    await using stranger = await account(context);
    const [made] = await owner.take([object.made]);
    if (made?.difference) throw new NotObserved(`the object was not made: ${made.difference.found}`);
    for (const [name, value] of owner.kept)
      if (!stranger.kept.has(name) || name in object.made.keep) stranger.kept.set(name, value);
    const nobody = beginWalk(context, Object.fromEntries(owner.kept));
    const tried: Tried[] = [];
    for (const step of object.reached) {
      tried.push({ name: step.name, how: "by a stranger", status: (await stranger.send(step)).status });
      tried.push({ name: step.name, how: "by nobody", status: (await nobody.send(step)).status });
    }
    const difference = differenceOf(await owner.send(object.kept), filled(object.kept.expect, owner.kept));
    return { tried, changed: difference?.found };
  },
});

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
  sends: "11 GET requests for each of its bypass paths",
  async collect(context) {
    const { bypass } = context.subject.options;
    if (bypass.length === 0) throw new Undeclared("no bypass paths are declared");
    const nobody = beginWalk(context);
    const tried: Tried[] = [];
    for (const path of bypass) {
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
    return tried;
  },
});

function unsigned(): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "none", typ: "JWT" })}.${part({ sub: "1", role: "admin", exp: 4_000_000_000 })}.`;
}
