import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { type Running, startApplication } from "./running-application.ts";

let app: Running;
beforeAll(async () => {
  app = await startApplication();
});
afterAll(() => app[Symbol.asyncDispose]());

const PASSWORD = "eleven grey geese";

/** One browser: keeps its cookies and says where its pages come from. */
function browser(origin = app.url) {
  const cookies = new Map<string, string>();
  return {
    async ask(
      method: string,
      path: string,
      body?: unknown,
    ): Promise<{ status: number; value: Json; to: string }> {
      const response = await fetch(path.startsWith("http") ? path : app.url + path, {
        method,
        redirect: "manual",
        headers: {
          origin,
          cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; "),
          ...(body !== undefined && { "content-type": "application/json" }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      for (const line of response.headers.getSetCookie()) {
        const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        if (value === "") cookies.delete(name);
        else cookies.set(name, value);
      }
      const text = await response.text();
      const value = text.startsWith("{") ? (JSON.parse(text) as Json) : {};
      return { status: response.status, value, to: response.headers.get("location") ?? "" };
    },
    cookies,
  };
}
type Json = Record<string, unknown>;

async function dreamer(name: string) {
  const own = browser();
  const email = `${name}@probe.invalid`;
  const { status, value } = await own.ask("POST", "/api/register", { email, password: PASSWORD });
  expect(status).toBe(201);
  return { ...own, email, id: String(value.id) };
}

describe("an account", () => {
  it("is made, left and entered again, and opens nothing with another password", async () => {
    const ada = await dreamer("ada");
    expect((await ada.ask("GET", "/api/me")).value).toMatchObject({
      email: "ada@probe.invalid",
      tier: "free",
    });
    const before = new Map(ada.cookies);
    expect((await ada.ask("POST", "/api/logout")).status).toBe(204);
    for (const [name, value] of before) ada.cookies.set(name, value);
    expect((await ada.ask("GET", "/api/me")).status).toBe(401);
    const login = (password: string) =>
      ada.ask("POST", "/api/login", { email: "ADA@probe.invalid", password });
    expect((await login("wrong but long enough")).status).toBe(401);
    expect((await login(PASSWORD)).status).toBe(200);
    expect(
      (await ada.ask("POST", "/api/register", { email: "ada@probe.invalid", password: PASSWORD })).status,
    ).toBe(409);
    expect(
      (await ada.ask("POST", "/api/register", { email: "x@probe.invalid", password: "short" })).status,
    ).toBe(400);
    expect(
      (await ada.ask("POST", "/api/register", { email: "x@probe.invalid", password: "P@ssw0rd12345" }))
        .status,
    ).toBe(400);
  });

  it("guesses are slowed down for the account, whoever guesses", async () => {
    const guess = () =>
      browser().ask("POST", "/api/login", { email: "guessed@probe.invalid", password: "wrong wrong wrong" });
    const statuses = [];
    for (let left = 6; left > 0; left--) statuses.push((await guess()).status);
    expect(statuses).toEqual([...Array<number>(5).fill(401), 429]);
  });

  it("cannot be changed by another site", async () => {
    const ada = await dreamer("csrf");
    const foreign = browser("https://evil.test");
    for (const [name, value] of ada.cookies) foreign.cookies.set(name, value);
    expect((await foreign.ask("DELETE", "/api/me")).status).toBe(403);
    expect((await ada.ask("GET", "/api/me")).status).toBe(200);
  });

  it("takes everything with it, and hands everything out", async () => {
    const ada = await dreamer("leaving");
    await ada.ask("POST", "/api/dreams", { title: "Stairs", body: "without an end" });
    const { value } = await ada.ask("GET", "/api/me/export");
    expect(value).toMatchObject({ person: { email: ada.email }, dreams: [{ body: "without an end" }] });
    expect((await ada.ask("DELETE", "/api/me")).status).toBe(204);
    const [row] = await app.world.admin("select audit_traces_of($1) as traces", [ada.id]);
    expect(Number(row?.traces)).toBe(0);
  });
});

describe("a sign-in elsewhere", () => {
  it.each(["github", "slack", "google"])("leads through %s and back, once", async (name) => {
    const ada = browser();
    const { to } = await ada.ask("GET", `/sign-in/${name}`);
    const page = new URL(to);
    expect(page.searchParams.get("redirect_uri")).toBe(`${app.url}/sign-in/${name}/callback`);
    const answer = await fetch(page.origin + page.pathname, {
      method: "POST",
      redirect: "manual",
      body: new URLSearchParams({ ...Object.fromEntries(page.searchParams), name: "Eve Outside" }),
    });
    const back = answer.headers.get("location") ?? "";
    expect((await browser().ask("GET", back)).status).toBe(400);
    expect((await ada.ask("GET", back)).status).toBe(303);
    expect((await ada.ask("GET", "/api/me")).value.displayName).toBe("Eve Outside");
    expect((await ada.ask("GET", back)).status).toBe(400);
  });
});

describe("a dream", () => {
  it("is its owner's until it is shared, and then written together", async () => {
    const [ada, eve] = [await dreamer("owner"), await dreamer("friend")];
    const { value } = await ada.ask("POST", "/api/dreams", { title: "Sea", body: "We swam." });
    const path = `/api/dreams/${value.id}`;
    expect((await eve.ask("GET", path)).status).toBe(404);
    expect((await eve.ask("PUT", path, { title: "Mine" })).status).toBe(404);
    expect((await eve.ask("POST", `${path}/shares`, { email: eve.email })).status).toBe(404);
    expect((await ada.ask("POST", `${path}/shares`, { email: eve.email })).status).toBe(204);
    const { value: live } = await ada.ask("POST", "/api/live-token", {});
    const socket = new WebSocket(`${app.url.replace("http", "ws")}/live?token=${live.token}`, {
      origin: app.url,
    });
    const heard = await new Promise<Json>((resolve, reject) => {
      socket.on("error", reject);
      socket.on("message", (data) => {
        const message = JSON.parse(String(data)) as Json;
        if (message.kind === "dream") resolve(message);
        else void eve.ask("PUT", path, { title: "Sea", body: "We swam to the ship." });
      });
    });
    socket.terminate();
    expect(heard).toEqual({ kind: "dream", dreamId: value.id, revision: 2 });
    expect((await ada.ask("GET", path)).value.body).toBe("We swam to the ship.");
    expect((await eve.ask("DELETE", path)).status).toBe(404);
    expect((await ada.ask("DELETE", path)).status).toBe(204);
  });

  it("is asked about by the assistant, so often a month", async () => {
    const ada = await dreamer("asking");
    const { value } = await ada.ask("POST", "/api/dreams", { title: "A door" });
    const reflect = () => ada.ask("POST", `/api/dreams/${value.id}/reflections`, {});
    expect((await reflect()).value.words).toMatch(/\?$/);
    await app.world.admin(
      "insert into reflection (dream_id, person_id, words, tokens) select $1, $2, 'x', 1 from generate_series(1, 19)",
      [value.id, ada.id],
    );
    expect((await reflect()).status).toBe(402);
  });
});

describe("a subscription", () => {
  const event = (id: string, happening: string, person: string) => ({
    id,
    type: `customer.subscription.${happening}`,
    data: { object: { id: `sub_${person}`, status: "active", metadata: { person, tier: "plus" } } },
  });

  it("opens the tier once, and closes it for good in either order", async () => {
    const [ada, eve] = [await dreamer("paying"), await dreamer("leaver")];
    const tier = async ({ ask }: typeof ada) => (await ask("GET", "/api/me")).value.tier;
    expect((await app.deliver(event("evt_1", "created", ada.id), 600)).status).toBe(400);
    const twice = [event("evt_1", "created", ada.id), event("evt_1", "created", ada.id)].map((each) =>
      app.deliver(each),
    );
    expect((await Promise.all(twice)).map(({ status }) => status)).toEqual([200, 200]);
    expect(await tier(ada)).toBe("plus");
    await app.deliver(event("evt_2", "deleted", ada.id));
    expect(await tier(ada)).toBe("free");
    await app.deliver(event("evt_4", "deleted", eve.id));
    await app.deliver(event("evt_3", "created", eve.id));
    expect(await tier(eve)).toBe("free");
  });
});

describe("what it says", () => {
  it("only answers to its own names, and keeps every secret to itself", async () => {
    expect((await fetch(`${app.url}/`, { headers: { "x-forwarded-host": "evil.test" } })).status).toBe(421);
    expect((await fetch(`${app.url}/probe/broken`)).status).toBe(500);
    expect(app.lines.filter((line) => /canary|whsec|__Host|eleven grey/.test(line))).toEqual([]);
    for (const line of app.lines) expect(JSON.parse(line)).toHaveProperty("message");
  });
});
