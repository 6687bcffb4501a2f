import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createLocalJWKSet, decodeProtectedHeader, type JWTPayload, jwtVerify } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serve } from "../../../test/fixtures/http-servers.ts";
import { subjectFor } from "../../../test/fixtures/subject.ts";
import { ask } from "../../assess/ask.ts";
import { createObserver } from "../../facts/observer.ts";
import type { AnyCheck } from "../../model/check.ts";
import type { Doors } from "../../model/doors.ts";
import type { Outcome } from "../../model/outcome.ts";
import { openDoors } from "../../system/doors.ts";
import { discoveryValid, jwtAlgorithm, jwtClaims, tokenRequired } from "./checks.ts";
import { identityOptions } from "./options.ts";
import { provisionIssuer } from "./provision.ts";
import { decodeToken } from "./token-cases.ts";

const ISSUER_PATH = "/tenant";
const AUDIENCE = "https://api.test";
const CANARY = "canary-7f3e";
const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const JWK = { ...publicKey.export({ format: "jwk" }), kid: "k1", alg: "RS256" };
const PEM = privateKey.export({ type: "pkcs8", format: "pem" }).toString();

/** Prints a token signed with TEST_KEY; the claims asked for go over the usual ones. */
const MINT = `
import { sign } from "node:crypto";
const now = Math.floor(Date.now() / 1000);
const usual = { iss: process.env.OIDC_ISSUER, aud: process.env.OIDC_AUDIENCE, sub: "probe", iat: now, exp: now + 600 };
const changed = process.env.IGNORE ? {} : JSON.parse(process.env.GONOGO_CLAIMS);
const claims = Object.fromEntries(Object.entries({ ...usual, ...changed }).filter(([, value]) => value !== null));
const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
const text = part({ alg: "RS256", kid: "k1" }) + "." + part(claims);
console.log("a line of chatter");
console.log(text + "." + sign("sha256", Buffer.from(text), process.env.TEST_KEY).toString("base64url"));
`;

type Verify = (token: string, issuer: string) => Promise<JWTPayload | undefined>;
const keys = createLocalJWKSet({ keys: [JWK] });
const strict: Verify = async (token, issuer) =>
  (
    await jwtVerify(token, keys, {
      issuer,
      audience: AUDIENCE,
      algorithms: ["RS256"],
      requiredClaims: ["exp"],
    })
  ).payload;
const claimsOf = (token: string) => decodeToken(token)?.claims as JWTPayload | undefined;

let doors: Doors & AsyncDisposable;
let directory: string;
beforeAll(async () => {
  doors = openDoors();
  directory = await mkdtemp(path.join(tmpdir(), "gonogo-identity-"));
  await writeFile(path.join(directory, "mint.mjs"), MINT);
});
afterAll(async () => {
  await doors[Symbol.asyncDispose]();
  await rm(directory, { recursive: true });
});

interface Subjected {
  readonly verify?: Verify;
  readonly open?: boolean;
  readonly badStatus?: number;
  readonly discovery?: (url: string) => object;
  readonly jwks?: object;
  readonly options?: Record<string, unknown>;
  readonly variables?: Record<string, string>;
  readonly checks?: readonly AnyCheck[];
}

/** The issuer and the application in one server: `/tenant/...` and `/me`. */
async function outcomesOf(given: Subjected): Promise<Record<string, Outcome>> {
  await using server = await serve((request, response) => {
    const json = (value: unknown, status = 200) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
    const issuer = server.url + ISSUER_PATH;
    if (request.url === `${ISSUER_PATH}/.well-known/openid-configuration`) {
      const endpoints = {
        authorization_endpoint: `${issuer}/a`,
        token_endpoint: `${issuer}/t`,
        jwks_uri: `${issuer}/keys`,
      };
      return json({ issuer, ...endpoints, ...given.discovery?.(server.url) });
    }
    if (request.url === `${ISSUER_PATH}/keys`) return json(given.jwks ?? { keys: [JWK] });
    if (request.url !== "/me") return json({}, 404);
    if (given.open) return json({ id: 1 });
    const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? "")?.[1];
    if (!token) return json({}, 401);
    (given.verify ?? strict)(token, issuer).then(
      (claims) => json({ sub: claims?.sub }),
      () => json({}, given.badStatus ?? 401),
    );
  });
  const subject = subjectFor({
    kind: "identity",
    options: identityOptions.parse({ route: "/me", tokens: "node mint.mjs", ...given.options }),
    directory,
    variables: {
      OIDC_ISSUER: server.url + ISSUER_PATH,
      OIDC_AUDIENCE: AUDIENCE,
      TEST_KEY: PEM,
      CLIENT: CANARY,
      ...given.variables,
    },
    address: { url: server.url },
  });
  const observer = createObserver(doors);
  const checks = given.checks ?? [discoveryValid, jwtAlgorithm, jwtClaims, tokenRequired];
  const answers = await Promise.all(checks.map((check) => ask(observer, subject, check as AnyCheck)));
  return Object.fromEntries(answers.map(({ check, outcome }) => [check.id, outcome]));
}

describe("an application that believes only its issuer", () => {
  it("passes every check, and no token or secret is told", async () => {
    const outcomes = await outcomesOf({});
    expect(Object.values(outcomes).map(({ status }) => status)).toEqual(["pass", "pass", "pass", "pass"]);
    expect(outcomes["auth.jwt.algorithm"]).toMatchObject({ measured: { cases: 11 } });
    expect(JSON.stringify(outcomes)).not.toMatch(/canary|eyJ|PRIVATE/);
  });
});

describe("auth.jwt.algorithm", () => {
  const fooled: readonly [string, Verify, readonly string[]][] = [
    [
      "takes alg none",
      async (token, issuer) =>
        /none/i.test(String(decodeProtectedHeader(token).alg)) ? claimsOf(token) : strict(token, issuer),
      ["alg none", "alg None, in capitals"],
    ],
    [
      "lets the token choose HS256",
      async (token, issuer) => {
        if (decodeProtectedHeader(token).alg !== "HS256") return strict(token, issuer);
        const pem = publicKey.export({ type: "spki", format: "pem" }).toString();
        return (
          await jwtVerify(token, Buffer.from(pem), { issuer, audience: AUDIENCE, algorithms: ["HS256"] })
        ).payload;
      },
      ["HS256 with the public key as its secret (PEM)"],
    ],
    [
      "reads without verifying",
      async (token) => claimsOf(token),
      ["altered claims under the old signature", "another key under an unknown kid"],
    ],
  ];
  it.each(fooled)("fails an application that %s", async (_, verify, findings) => {
    const { "auth.jwt.algorithm": outcome } = await outcomesOf({ verify, checks: [jwtAlgorithm] });
    expect(outcome).toMatchObject({ status: "fail", findings: expect.arrayContaining([...findings]) });
  });

  it("fails an application that breaks instead of refusing", async () => {
    const { "auth.jwt.algorithm": outcome } = await outcomesOf({ badStatus: 500, checks: [jwtAlgorithm] });
    expect(outcome).toMatchObject({ status: "fail", summary: expect.stringContaining("breaks the request") });
  });

  it("is unknown when even a good token is refused, or none can be had", async () => {
    const refusing = await outcomesOf({
      verify: () => Promise.reject(new Error("closed")),
      checks: [jwtAlgorithm],
    });
    expect(refusing["auth.jwt.algorithm"]).toMatchObject({
      status: "unknown",
      reason: expect.stringContaining("proves nothing"),
    });
    const none = await outcomesOf({ options: { tokens: undefined }, checks: [jwtAlgorithm] });
    expect(none["auth.jwt.algorithm"]).toMatchObject({
      status: "unknown",
      reason: expect.stringContaining("identity({ tokens })"),
    });
    const broken = await outcomesOf({
      options: { tokens: `echo ${CANARY} >&2; exit 3` },
      checks: [jwtAlgorithm],
    });
    expect(broken["auth.jwt.algorithm"]).toMatchObject({
      status: "unknown",
      reason: expect.stringContaining("ended with 3"),
    });
  });
});

describe("auth.jwt.claims", () => {
  const lax =
    (options: object): Verify =>
    async (token) =>
      (await jwtVerify(token, keys, { algorithms: ["RS256"], ...options })).payload;
  it.each<[string, Verify, string]>([
    [
      "forgets the audience",
      (token, issuer) => lax({ issuer, requiredClaims: ["exp"] })(token, issuer),
      "made for another audience",
    ],
    ["forgets the issuer", lax({ audience: AUDIENCE, requiredClaims: ["exp"] }), "of another issuer"],
    [
      "asks for no expiry",
      (token, issuer) => lax({ issuer, audience: AUDIENCE })(token, issuer),
      "without an expiry",
    ],
    [
      "forgives two hours",
      (token, issuer) =>
        lax({ issuer, audience: AUDIENCE, requiredClaims: ["exp"], clockTolerance: 7_200 })(token, issuer),
      "expired an hour ago",
    ],
  ])("fails an application that %s", async (_, verify, finding) => {
    const { "auth.jwt.claims": outcome } = await outcomesOf({ verify, checks: [jwtClaims] });
    expect(outcome).toMatchObject({ status: "fail", findings: expect.arrayContaining([finding]) });
  });

  it("is unknown when the command does not change claims", async () => {
    const { "auth.jwt.claims": outcome } = await outcomesOf({
      variables: { IGNORE: "1" },
      checks: [jwtClaims],
    });
    expect(outcome).toMatchObject({
      status: "unknown",
      reason: expect.stringContaining("ignores GONOGO_CLAIMS"),
    });
  });
});

describe("auth.token.required", () => {
  it("fails an open route and one that is not there", async () => {
    const open = await outcomesOf({ open: true, checks: [tokenRequired] });
    expect(open["auth.token.required"]).toMatchObject({
      status: "fail",
      summary: "/me is open to anybody",
    });
    const gone = await outcomesOf({ options: { route: "/gone" }, checks: [tokenRequired] });
    expect(gone["auth.token.required"]).toMatchObject({
      status: "fail",
      summary: "there is no /gone",
    });
  });

  it("is unknown while nothing answers", async () => {
    const subject = subjectFor({
      options: identityOptions.parse({ route: "/me" }),
      address: { url: "http://127.0.0.1:1" },
    });
    const { outcome } = await ask(createObserver(doors), subject, tokenRequired as AnyCheck);
    expect(outcome.status).toBe("unknown");
  });
});

describe("oauth.discovery.valid", () => {
  it.each<[string, Subjected, string, RegExp]>([
    ["another name", { discovery: (url) => ({ issuer: `${url}/tenant/` }) }, "fail", /another name/],
    ["no token endpoint", { discovery: () => ({ token_endpoint: undefined }) }, "fail", /no token_endpoint/],
    [
      "plain HTTP abroad",
      { discovery: () => ({ token_endpoint: "http://id.example/t" }) },
      "fail",
      /without TLS/,
    ],
    ["no keys", { jwks: { keys: [] } }, "fail", /0 keys/],
    ["a symmetric key", { jwks: { keys: [{ kty: "oct", kid: "s" }] } }, "fail", /symmetric/],
    ["no issuer named", { variables: { OIDC_ISSUER: "" } }, "unknown", /OIDC_ISSUER is not set/],
    ["nobody there", { variables: { OIDC_ISSUER: "http://127.0.0.1:1/" } }, "unknown", /127\.0\.0\.1/],
  ])("%s", async (_, given, status, told) => {
    const { "oauth.discovery.valid": outcome } = await outcomesOf({ ...given, checks: [discoveryValid] });
    expect(outcome?.status).toBe(status);
    expect(JSON.stringify(outcome)).toMatch(told);
  });
});

describe("the stand-in of this machine", () => {
  const request = (stage: "staging" | "production", standIn: string | undefined) => ({
    name: "accounts",
    options: identityOptions.parse({ route: "/me", standIn }),
    launch: "soulseer",
    project: "/project",
    stage,
    directory,
    doors,
    port: async () => 4_801,
    signal: new AbortController().signal,
  });

  it("is never supplied in production, nor when none is declared", async () => {
    expect(await provisionIssuer(request("production", "node issuer.ts"))).toBeUndefined();
    expect(await provisionIssuer(request("staging", undefined))).toBeUndefined();
  });

  it("names itself as the issuer and keeps its client's secret to itself", async () => {
    const first = await provisionIssuer(request("staging", "node issuer.ts"));
    const second = await provisionIssuer(request("staging", "node issuer.ts"));
    expect(first?.service).toMatchObject({
      cwd: "/project",
      port: 4_801,
      env: { PORT: "4801", STATE_DIRECTORY: directory },
    });
    expect(first?.variables.OIDC_ISSUER?.reveal()).toBe("http://127.0.0.1:4801");
    expect(first?.variables.OIDC_CLIENT_SECRET?.reveal()).toMatch(/^[0-9a-f]{64}$/);
    expect(second?.variables.OIDC_CLIENT_SECRET?.reveal()).toBe(
      first?.variables.OIDC_CLIENT_SECRET?.reveal(),
    );
    expect((await stat(path.join(directory, "client-secret"))).mode & 0o777).toBe(0o600);
  });
});
