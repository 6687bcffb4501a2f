import { lastPrinted } from "../../facts/printed-answer.ts";
import { defineFact, NotObserved } from "../../model/fact.ts";
import { Secret } from "../../model/secret.ts";
import { discovery } from "./discovery.ts";
import type { IdentityOptions } from "./options.ts";
import { askRoute, type Context } from "./route-facts.ts";
import { decodeToken, forgedTokens } from "./token-cases.ts";

type Claims = Readonly<Record<string, unknown>>;

/** A token of the issuer's that the protected route accepts: without one, refusals prove nothing. */
const goodToken = defineFact<Secret, IdentityOptions>({
  id: "identity.good-token",
  access: "active",
  reach: "application",
  timeoutMs: 30_000,
  sends: "1 GET request to the protected route with a token the issuer signed",
  async collect(context) {
    const token = await mint(context, {});
    const { status } = await askRoute(context, bearer(token.reveal()));
    if (status < 200 || status > 299) {
      throw new NotObserved(`a good token was answered ${status}, so a refusal of a bad one proves nothing`);
    }
    return token;
  },
});

/** How one bad token was answered. */
export interface BadToken {
  readonly how: string;
  readonly status: number;
}

export const forgedTokenAnswers = defineFact<readonly BadToken[], IdentityOptions>({
  id: "identity.forged-token-answers",
  access: "active",
  reach: "application",
  timeoutMs: 60_000,
  sends: "about 12 GET requests to the protected route with forged tokens",
  async collect(context) {
    const good = decodeToken((await context.get(goodToken)).reveal());
    if (!good) throw new NotObserved("the tokens command prints no JWT");
    const keys = (await context.get(discovery)).keys?.list ?? [];
    const cases = forgedTokens(
      good,
      keys.map(({ jwk }) => jwk),
    );
    return inTurn(context, cases);
  },
});

export const wrongClaimAnswers = defineFact<readonly BadToken[], IdentityOptions>({
  id: "identity.wrong-claim-answers",
  access: "active",
  reach: "application",
  timeoutMs: 60_000,
  sends: "5 GET requests to the protected route with tokens whose claims are wrong",
  async collect(context) {
    await context.get(goodToken);
    const now = Math.floor(context.doors.clock.now() / 1_000);
    const cases: readonly (readonly [how: string, claims: Claims])[] = [
      ["expired an hour ago", { iat: now - 7_200, nbf: now - 7_200, exp: now - 3_600 }],
      ["made for another audience", { aud: "https://gonogo.invalid/another-api" }],
      ["of another issuer", { iss: "https://gonogo.invalid/" }],
      ["valid only from an hour on", { nbf: now + 3_600 }],
      ["without an expiry", { exp: null }],
    ];
    const tokens: { how: string; token: string }[] = [];
    for (const [how, claims] of cases) {
      const token = (await mint(context, claims)).reveal();
      mustCarry(token, claims, how);
      tokens.push({ how, token });
    }
    return inTurn(context, tokens);
  },
});

async function inTurn(
  context: Context,
  cases: readonly { how: string; token: string }[],
): Promise<BadToken[]> {
  const answers: BadToken[] = [];
  for (const { how, token } of cases) {
    answers.push({ how, status: (await askRoute(context, bearer(token))).status });
  }
  return answers;
}

function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}

async function mint(context: Context, claims: Claims): Promise<Secret> {
  const { tokens: line } = context.subject.options;
  if (line === undefined) throw new NotObserved("no tokens command is declared: identity({ tokens })");
  const token = await lastPrinted(context, { line, env: { GONOGO_CLAIMS: JSON.stringify(claims) } });
  if (!decodeToken(token)) throw new NotObserved(`\`${line}\` printed no JWT on its last line`);
  return new Secret(token);
}

/** A command that ignores GONOGO_CLAIMS would make good tokens look like bad ones that were accepted. */
function mustCarry(token: string, wanted: Claims, how: string): void {
  const claims = decodeToken(token)?.claims ?? {};
  const ignored = Object.entries(wanted).filter(([name, value]) =>
    value === null ? name in claims : JSON.stringify(claims[name]) !== JSON.stringify(value),
  );
  if (ignored.length > 0) {
    throw new NotObserved(
      `the tokens command ignores GONOGO_CLAIMS (${ignored.map(([name]) => name).join(", ")}; ${how})`,
    );
  }
}
