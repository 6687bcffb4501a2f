import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Application, openApplication } from "../apps/backend/application.ts";
import { rewardOf } from "../apps/backend/routes.ts";
import { readSettings } from "../apps/backend/settings.ts";
import { createTokens, type Role } from "../apps/backend/tokens.ts";
import { migrate } from "../scripts/migrate.ts";
import { run, startPostgres } from "./postgres-server.ts";

const SECRET = "j".repeat(43);
const ORIGIN = "https://customer.vocilia.test";
const PROBE = "00000000-0000-4000-8000-0000000000";
let postgres: Awaited<ReturnType<typeof startPostgres>>;
let application: Application;
let url: string;

beforeAll(async () => {
  postgres = await startPostgres();
  await run(postgres.url, [
    "create role owner login",
    "create role app login",
    "create database vocilia owner owner",
  ]);
  const as = (role: string) => {
    const address = new URL(postgres.url);
    [address.username, address.pathname] = [role, "vocilia"];
    return address.href;
  };
  await migrate(as("owner"), "app");
  expect(await migrate(as("owner"), "app")).toEqual([]);
  const settings = readSettings({
    DATABASE_URL: as("app"),
    JWT_SECRET: SECRET,
    ALLOWED_HOSTS: "127.0.0.1",
    ALLOWED_ORIGINS: `${ORIGIN},https://admin.vocilia.test`,
  });
  application = openApplication(settings, () => undefined);
  application.server.listen(0, "127.0.0.1");
  await once(application.server, "listening");
  url = `http://127.0.0.1:${(application.server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await application.stop();
  await postgres.stop();
});

const tokens = createTokens(SECRET);
const tokenOf = (role: Role, id = `${PROBE}b1`) => tokens.sign({ id, role });

async function ask(path: string, options: { token?: string; body?: unknown; origin?: string } = {}) {
  const { token, body, origin } = options;
  const answer = await fetch(`${url}${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: { ...(token && { authorization: `Bearer ${token}` }), ...(origin && { origin }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return {
    status: answer.status,
    headers: answer.headers,
    body: (await answer.json()) as Record<string, unknown>,
  };
}

const FEEDBACK = { code: "PROBE1", purchaseMinor: 1_000, text: "Warm bread, and a warm word with it." };

describe("feedback", () => {
  it("is rewarded with whole cents, three times a day, however many ask at once", async () => {
    const { body } = await ask("/api/customers", { body: {} });
    const token = String(body.token);
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => ask("/api/feedback", { token, body: FEEDBACK })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 429, 429]);
    expect((await ask("/api/rewards", { token })).body).toMatchObject({ totalMinor: 90 });
  });

  it.each([
    [1_000, "good", 20],
    [1_000, "word ".repeat(16), 40],
    [1_000, "word ".repeat(500), 120],
    [100, "short", 2],
    [199, "short", 3],
  ])("for %i cents and %j brings back %i", (purchase, text, reward) => {
    expect(rewardOf(purchase, text)).toBe(reward);
  });

  it.each([
    [{ ...FEEDBACK, code: "NOSUCH" }, 404],
    [{ ...FEEDBACK, purchaseMinor: 10.5 }, 400],
    [{ ...FEEDBACK, purchaseMinor: 1_000_001 }, 400],
    [{ ...FEEDBACK, text: "short" }, 400],
  ])("like %o is refused with %i", async (body, status) => {
    expect(await ask("/api/feedback", { token: await tokenOf("customer"), body })).toMatchObject({ status });
  });

  it("is read by the shop it is for and by no other", async () => {
    const own = await ask("/api/feedback", { token: await tokenOf("business") });
    expect((own.body.feedback as unknown[]).length).toBeGreaterThan(0);
    const other = await ask("/api/feedback", { token: await tokenOf("business", `${PROBE}a2`) });
    expect(other.body).toEqual({ feedback: [] });
  });
});

describe("whoever asks", () => {
  it("needs a token of ours, and the right role", async () => {
    expect(await ask("/api/summary")).toMatchObject({ status: 401 });
    const foreign = await createTokens("x".repeat(43)).sign({ id: PROBE, role: "admin" });
    expect(await ask("/api/summary", { token: foreign })).toMatchObject({ status: 401 });
    expect(await ask("/api/summary", { token: await tokenOf("business") })).toMatchObject({ status: 403 });
    expect(await ask("/api/summary", { token: await tokenOf("admin") })).toMatchObject({ status: 200 });
  });

  it("may ask from the pages of the three front ends only", async () => {
    const allowed = await ask("/api/businesses/probe1", { origin: ORIGIN });
    expect(allowed.headers.get("access-control-allow-origin")).toBe(ORIGIN);
    const foreign = await ask("/api/businesses/probe1", { origin: "https://vocilia.test.example" });
    expect(foreign.headers.get("access-control-allow-origin")).toBeNull();
  });
});

describe("the settings", () => {
  it("name every mistake at once and repeat no value", () => {
    const wrong = { DATABASE_URL: "mysql://canary", JWT_SECRET: "canary", ALLOWED_ORIGINS: "http://canary" };
    expect(() => readSettings(wrong)).toThrow(
      /DATABASE_URL.*\n.*JWT_SECRET.*\n.*ALLOWED_HOSTS is not set\n.*ALLOWED_ORIGINS/,
    );
    expect(() => readSettings(wrong)).not.toThrow(/canary/);
  });
});
