import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStandInErrors } from "../../../examples/snuggles/stand-ins/errors.ts";
import { subjectFor } from "../../../test/fixtures/subject.ts";
import { answersOf } from "../../../test/fixtures/web-subject.ts";
import type { Doors } from "../../model/doors.ts";
import type { Outcome } from "../../model/outcome.ts";
import { openDoors } from "../../system/doors.ts";
import { errors } from "./errors.ts";
import { type ErrorsOptions, errorsOptions } from "./options.ts";

const KEY = "0123456789abcdef0123456789abcdef";
const TOKEN = "canary-of-the-tracker";
let doors: Doors & AsyncDisposable;
let tracker: Server;
let trackerUrl: string;

beforeAll(async () => {
  doors = openDoors();
  tracker = createStandInErrors({ dsn: `http://${KEY}@127.0.0.1/1`, token: TOKEN });
  trackerUrl = await listening(tracker);
});
afterAll(async () => {
  tracker.closeAllConnections();
  tracker.close();
  await doors[Symbol.asyncDispose]();
});

interface Told {
  readonly key?: string;
  readonly release?: string | undefined;
  readonly environment?: string | undefined;
  /** Sends the whole request along. */
  readonly leaky?: boolean;
}

/** An application whose every request fails, and which tells the tracker in Sentry's envelope. */
async function answersFor(
  { key = KEY, leaky = false, ...told }: Told,
  variables: Readonly<Record<string, string>> = {},
): Promise<Record<string, Outcome>> {
  const given = { release: "r7", environment: "staging", ...told };
  const app = createServer(async (message, response) => {
    const id = "1".repeat(32);
    const tags = { requestId: message.headers["x-request-id"] };
    const request = leaky ? { url: message.url, headers: message.headers } : undefined;
    const exception = { values: [{ type: "Error", value: "broken on purpose" }] };
    const event = { event_id: id, platform: "node", ...given, tags, exception, request };
    await fetch(`${trackerUrl}/api/1/envelope/`, {
      method: "POST",
      headers: { "x-sentry-auth": `Sentry sentry_version=7, sentry_key=${key}, sentry_client=test/1` },
      body: [{ event_id: id }, { type: "event" }, event].map((each) => JSON.stringify(each)).join("\n"),
    });
    response.writeHead(500).end();
  });
  const url = await listening(app);
  try {
    const subject = subjectFor<ErrorsOptions>({
      component: "errors",
      options: errorsOptions.parse({
        provoke: "/broken",
        project: "snuggles/api",
        within: "50ms",
        environmentTag: "staging",
      }),
      address: { url },
      release: { id: "r7", commit: "0123456789abcdef", createdAt: 0, configuration: "c" },
      variables: {
        SENTRY_DSN: `${trackerUrl.replace("//", `//${KEY}@`)}/1`,
        SENTRY_AUTH_TOKEN: TOKEN,
        SENTRY_URL: trackerUrl,
        ...variables,
      },
    });
    return await answersOf(doors, subject, errors.definition.checks);
  } finally {
    app.closeAllConnections();
    app.close();
  }
}

describe("an error that was provoked", () => {
  it("arrives with release and environment, and without what is nobody's business", async () => {
    expect(await answersFor({})).toMatchObject({
      "errors.tracking.receives": { status: "pass", summary: expect.stringContaining("r7") },
      "errors.tracking.scrubbed": { status: "pass" },
    });
  });

  it.each([
    ["by a wrong key does not arrive", { key: "f".repeat(32) }, "an error does not arrive"],
    ["without a release", { release: undefined }, "events do not name their release"],
    ["of another release", { release: "r6" }, "events name another release"],
    ["without an environment", { environment: undefined }, "events do not name their environment"],
    ["of another environment", { environment: "production" }, "events do not name their environment"],
  ])("%s", async (_, told, summary) => {
    expect(await answersFor(told)).toMatchObject({ "errors.tracking.receives": { status: "fail", summary } });
  });

  it("that brings the request along tells on it", async () => {
    const answers = await answersFor({ leaky: true });
    const findings = ["a password of the query", "a cookie", "a token"];
    expect(answers).toMatchObject({ "errors.tracking.scrubbed": { status: "fail", findings } });
    expect(JSON.stringify(answers)).not.toContain("canary-");
  });
});

describe("a tracker", () => {
  it("that refuses the token is unknown, one nobody may look into does not apply", async () => {
    const refused = await answersFor({}, { SENTRY_AUTH_TOKEN: "another" });
    expect(refused).toMatchObject({
      "errors.tracking.receives": {
        status: "unknown",
        reason: expect.stringContaining("SENTRY_AUTH_TOKEN: 401"),
      },
      "errors.tracking.scrubbed": { status: "unknown" },
    });
    const subject = subjectFor<ErrorsOptions>({
      options: errorsOptions.parse({ provoke: "/broken", project: "a/b" }),
      address: { url: "http://127.0.0.1:1" },
      variables: { SENTRY_DSN: "http://0123456789abcdef@127.0.0.1/1" },
    });
    expect(await answersOf(doors, subject, errors.definition.checks)).toMatchObject({
      "errors.tracking.receives": { status: "not applicable" },
      "errors.tracking.scrubbed": { status: "not applicable" },
    });
  });

  it("that does not answer is unknown", async () => {
    expect(await answersFor({}, { SENTRY_URL: "http://127.0.0.1:1" })).toMatchObject({
      "errors.tracking.receives": { status: "unknown" },
      "errors.tracking.scrubbed": { status: "unknown" },
    });
  });
});

describe("the address errors are sent to", () => {
  const pattern = errors.definition
    .variables(errorsOptions.parse({ provoke: "/broken", project: "a/b" }), "errors")
    .find(({ name }) => name === "SENTRY_DSN")?.is;
  const shape = new RegExp(pattern?.type === "string" ? (pattern.pattern ?? "never") : "never", "u");

  it.each([
    "https://0123456789abcdef0123456789abcdef@o1.ingest.sentry.io/42",
    "https://0123456789abcdef@errors.example/path/1",
  ])("may be %s", (dsn) => expect(dsn).toMatch(shape));

  it.each(["https://sentry.io/42", "https://key@sentry.io/42", "https://0123456789abcdef@sentry.io/"])(
    "may not be %s",
    (dsn) => expect(dsn).not.toMatch(shape),
  );
});

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
